import type { Database } from './database.ts';

/** Whether the login of a base owns it; undefined of a base that nobody made yet, which has no owner to be. */
export async function ownsBase(database: Database): Promise<boolean | undefined> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ owns: boolean }>(
      "SELECT pg_has_role(nspowner, 'MEMBER') AS owns FROM pg_namespace WHERE nspname = 'raccroche'",
    ),
  );
  return rows[0]?.owns;
}
