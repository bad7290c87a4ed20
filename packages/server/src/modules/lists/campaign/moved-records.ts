import { existsSync, statSync } from 'node:fs';
import { literal } from '../../../platform/duckdb/sql.ts';
import type { UnsureRecords } from '../../linkage/index.ts';
import type { DataFile } from './data-files.ts';
import { baseSql, partsOf, persistedSql } from './persist.ts';

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
      UNION SELECT person_id FROM ${baseSql(folder, data)} base
        SEMI JOIN ((${goneNow} EXCEPT ${goneThen}) UNION ALL (${goneThen} EXCEPT ${goneNow})) USING (record_id))`;
}

/**
 * Of the records that reading kept in `folder` as what differs from the campaign before: rows of today and ids of then, all
 * that are of a file that only one of the two read, and those that went or came in a month before. Undefined when the table was written whole. Files with names of
 * other files, and dated ones at another date, are read anew: theirs are among them, but for schoolings that are what they were (`sources.still_schoolings`), and so is
 * a record that kept the id of one of then.
 */
export function unsureRecordsOf(
  previous: string,
  folder: string,
  records: DataFile,
): UnsureRecords | undefined {
  const [then, now] = [partsOf(previous, records.file), partsOf(folder, records.file)];
  if (!isSameFile(then.base, now.base)) return undefined;
  const before = `(${rows(then.fresh, 'record_id')} UNION ${rows(now.gone, 'record_id')})`;
  return { records: freshRowsSql(folder, records), before };
}

/**
 * Keys of rows of a table that are not in both of two campaigns, or are told otherwise, as a query. Undefined when the two are
 * not told against one base: everything may then be otherwise.
 */
export function changedKeysSql(previous: string, folder: string, data: DataFile): string | undefined {
  const [then, now] = [partsOf(previous, data.file), partsOf(folder, data.file)];
  if (!isSameFile(then.base, now.base)) return undefined;
  const columns = data.key?.join(', ') ?? '';
  const differing = [...eitherRows(then.fresh, now.fresh, '*'), ...eitherRows(then.gone, now.gone, columns)];
  const keys = differing.map((each) => `SELECT ${columns} FROM (${each})`);
  return keys.length > 0 ? keys.join(' UNION ') : rows(now.fresh, columns);
}

/** Rows of a table of today that its base does not hold, to stand after FROM; none where the table is its base. */
export function freshRowsSql(folder: string, data: DataFile): string {
  const { fresh } = partsOf(folder, data.file);
  return existsSync(fresh) ? parquet(fresh) : `(FROM ${baseSql(folder, data)} LIMIT 0)`;
}

/** Queries of the rows of one of two files alone; of a file that is not there there are none. */
function eitherRows(one: string, other: string, columns: string): string[] {
  const [left, right] = [one, other]
    .filter((path) => existsSync(path))
    .map((path) => `SELECT ${columns} FROM ${parquet(path)}`);
  if (left === undefined) return [];
  return right === undefined ? [left] : [`${left} EXCEPT ALL ${right}`, `${right} EXCEPT ALL ${left}`];
}

const parquet = (path: string) => `read_parquet(${literal(path)})`;

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
