import type { Database } from '../../../platform/duckdb/database.ts';
import { dataOf } from './data-files.ts';
import { movedPersonsSql } from './moved-records.ts';

const MOVED_PERSONS = 'lists.moved_persons';

/**
 * Persons as `movedPersonsSql` tells them, as a table that the first stage to ask makes for all: they are looked for among everybody's
 * memberships. Both folders are of data; `folder` is that of this campaign, whose database it is.
 */
export async function movedSince(database: Database, previous: string, folder: string): Promise<string> {
  const moved = movedPersonsSql(previous, folder, dataOf('linkage.memberships'));
  await database.run(`CREATE SCHEMA IF NOT EXISTS lists;
    CREATE TABLE IF NOT EXISTS ${MOVED_PERSONS} AS SELECT person_id FROM ${moved} moved WHERE person_id IS NOT NULL`);
  return MOVED_PERSONS;
}

/**
 * Makes that table where linkage tells which rows of memberships are otherwise: the rows of then that do not hold (`left`) and those that join or replace
 * them (`fresh`) are few, and say the same as all rows of both campaigns.
 */
export async function tellMoved(
  database: Database,
  { left, fresh }: { readonly left: string; readonly fresh: string },
): Promise<void> {
  const rows = (query: string) => `(SELECT record_id, person_id FROM (${query}))`;
  await database.run(`CREATE SCHEMA IF NOT EXISTS lists;
    CREATE OR REPLACE TABLE ${MOVED_PERSONS} AS SELECT DISTINCT person_id FROM (
      (${rows(left)} EXCEPT ${rows(fresh)}) UNION ALL (${rows(fresh)} EXCEPT ${rows(left)}))`);
}
