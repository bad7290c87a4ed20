import type { Database } from '../../../platform/duckdb/database.ts';
import { createListsTablesSql } from '../tables.ts';

/** Entries of the lists told, so many each, with nothing in them but their numbers; inserted from the last place to the first. */
export async function fillLists(database: Database, lists: Readonly<Record<string, number>>): Promise<void> {
  await database.run(createListsTablesSql());
  for (const [department, count] of Object.entries(lists))
    await database.run(
      `INSERT INTO lists.entries BY NAME
      SELECT $1 AS department, i AS place, $1 || '-' || i AS person_id, $1 || '-' || i AS siei, [] AS first_names,
        DATE '2008-01-01' AS birth_date, 17 AS age, true AS minor, [] AS phones, [] AS representatives,
        'unknown' AS mission_locale, [] AS known_situations, [] AS flags, [] AS checks, [] AS records
      FROM range(1, $2::BIGINT + 1) r(i) ORDER BY i DESC`,
      [department, count],
    );
}
