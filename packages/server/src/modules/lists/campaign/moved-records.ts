import { existsSync, statSync } from 'node:fs';
import { literal } from '../../../platform/duckdb/sql.ts';
import { type DataFile, partsOf, persistedSql } from './persist.ts';

/**
 * Persons of whom a record came, went, or is of somebody else than in an earlier campaign, as a relation of SQL with the column
 * `person_id`: ids of then and of today. `data`: the table of memberships, as it is kept in the folder of data of each campaign.
 */
export function movedPersonsSql(previous: string, folder: string, data: DataFile): string {
  const [then, now] = [partsOf(previous, data.file), partsOf(folder, data.file)];
  if (!isSameFile(then.base, now.base))
    return `(SELECT unnest([now.person_id, before.person_id]) AS person_id
      FROM ${persistedSql(folder, data)} now FULL JOIN ${persistedSql(previous, data)} before ON before.record_id = now.record_id
      WHERE now.person_id IS DISTINCT FROM before.person_id)`;
  // Of one base: what differs from it tells what differs between the two.
  const [goneThen, goneNow] = [then.gone, now.gone].map((path) => rows(path, 'record_id'));
  const [freshThen, freshNow] = [then.fresh, now.fresh].map((path) => rows(path, 'record_id, person_id'));
  return `(SELECT person_id FROM (${freshNow} EXCEPT ${freshThen})
      UNION SELECT person_id FROM (${freshThen} EXCEPT ${freshNow})
      UNION SELECT person_id FROM read_parquet(${literal(now.base)}) base
        SEMI JOIN ((${goneNow} EXCEPT ${goneThen}) UNION ALL (${goneThen} EXCEPT ${goneNow})) USING (record_id))`;
}

/** No file: the table is its base, and nothing differs. */
function rows(path: string, columns: string): string {
  if (existsSync(path)) return `SELECT ${columns} FROM read_parquet(${literal(path)})`;
  const none = columns.split(', ').map((column) => `NULL::VARCHAR AS ${column}`);
  return `SELECT ${none.join(', ')} WHERE false`;
}

/** Two names of one file. */
function isSameFile(one: string, other: string): boolean {
  const [a, b] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
  return a.dev === b.dev && a.ino === b.ino;
}
