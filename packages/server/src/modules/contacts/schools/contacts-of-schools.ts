import type { Caller } from '../../access/index.ts';

/** The address of each school that the caller answers for. */
export async function readSchoolContacts({
  transaction,
}: Caller): Promise<{ uai: string; name: string; email: string | null }[]> {
  const { rows } = await transaction.query<{ uai: string; name: string; email: string | null }>(
    'SELECT uai, name, email FROM contacts.school_contacts()',
  );
  return rows.map(({ uai, name, email }) => ({ uai, name, email }));
}

/** Gives or takes away the address of a school. Throws `not_allowed` when it is not the caller's. */
export async function setSchoolContact(
  { transaction }: Caller,
  { uai, email }: { readonly uai: string; readonly email: string | null },
): Promise<void> {
  await transaction.query('SELECT contacts.set_school_contact($1, $2)', [uai, email]);
}
