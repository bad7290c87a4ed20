import type { Caller } from './caller.ts';

/** Who may act on the cases of a platform that the caller may read, by name; nobody of another platform. */
export async function listColleagues(
  { transaction }: Caller,
  platform: string | null,
): Promise<{ personId: string; displayName: string }[]> {
  const { rows } = await transaction.query<{ person_id: string; display_name: string }>(
    'SELECT person_id, display_name FROM access.colleagues($1) ORDER BY display_name, person_id',
    [platform],
  );
  return rows.map((row) => ({ personId: row.person_id, displayName: row.display_name }));
}
