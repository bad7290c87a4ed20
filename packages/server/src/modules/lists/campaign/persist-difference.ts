import { existsSync, mkdirSync, rmSync } from 'node:fs';
import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { giveSecondName } from '../../../platform/files/second-name.ts';
import type { DataFile } from './data-files.ts';
import {
  asWritten,
  baseCountSql,
  baseSql,
  openPersisted,
  partsOf,
  persistedSql,
  writeSorted,
  writeWhole,
} from './persist.ts';

/** What of a table is otherwise than in the campaign before. */
export interface Difference {
  /** Folder of data of the campaign before, whose table is whole and was written by the same program. */
  readonly previous: string;
  /** Query of the keys whose rows of then do not hold any more, those replaced too, as columns named after `key`; repeats do no harm. */
  readonly gone: string;
  /** Whether the table of then has rows of all those keys: then it need not be asked which. */
  readonly isThere?: boolean;
  /** Query of the rows that replace them, or join: columns as those of the table, in any order. */
  readonly fresh: string;
}

/** Above a fifth of its base in keys gone and rows new, a difference costs its readers more than writing the table costs once. */
const LARGEST_SHARE = 5;

/**
 * Keeps a table of a stage as what differs from the campaign before, and puts a view over it in the table's place: base
 * and difference hold the same rows as the whole table that `persistTables` would write. One level only: the base is that of
 * the campaign before, the same file under a second name, and the difference is told anew against it. When it has grown too
 * large, the table is written whole, and is the base of those to come. Both queries may read the table itself.
 */
export async function persistDifference(
  database: Database,
  folder: string,
  data: DataFile,
  difference: Difference,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const [then, now] = [partsOf(difference.previous, data.file), partsOf(folder, data.file)];
  for (const part of [now.gone, now.fresh]) rmSync(part, { force: true });
  await writeDifference(database, folder, data, difference);
  const { rows, differing } = await countRows(database, difference.previous, { data, now });
  if (differing * LARGEST_SHARE > rows)
    await writeAnew(database, folder, data, baseSql(difference.previous, data));
  else {
    takeOver(then.base, now.base);
    takeOver(then.second, now.second);
    if (differing === 0) for (const part of [now.gone, now.fresh]) rmSync(part);
  }
  await openPersisted(database, folder, [data]);
}

/** Told against the base: what was gone and is gone now, what was new and still holds. */
async function writeDifference(
  database: Database,
  folder: string,
  data: DataFile,
  { previous, gone, isThere, fresh }: Difference,
): Promise<void> {
  const { file, orderBy, key = [] } = data;
  const [then, now] = [partsOf(previous, file), partsOf(folder, file)];
  const columns = key.join(', ');
  const base = baseSql(previous, data);
  const differed = persistedSql(previous, data) !== base;
  // Of all that is told as gone, the base may hold hardly anything. What was there, and not among what differed, was in the base.
  const known = `SELECT DISTINCT ${columns} FROM (${gone})`;
  const fromBase =
    isThere === true
      ? differed
        ? `${known} gone ANTI JOIN read_parquet(${literal(then.fresh)}) USING (${columns})`
        : known
      : `SELECT DISTINCT ${columns} FROM ${base} base SEMI JOIN (${gone}) gone USING (${columns})`;
  await writeSorted(
    database,
    now.gone,
    differed ? `${fromBase} UNION SELECT ${columns} FROM read_parquet(${literal(then.gone)})` : fromBase,
    columns,
  );
  const kept = differed
    ? `SELECT * FROM read_parquet(${literal(then.fresh)}) kept ANTI JOIN (${gone}) gone USING (${columns})`
    : `SELECT * FROM ${base} LIMIT 0`;
  const write = () => writeSorted(database, now.fresh, `(${kept}) UNION ALL BY NAME (${fresh})`, orderBy);
  await (data.asItComes === true ? asWritten(database, write) : write());
}

async function countRows(
  database: Database,
  previous: string,
  { data, now }: { readonly data: DataFile; readonly now: ReturnType<typeof partsOf> },
): Promise<{ readonly rows: number; readonly differing: number }> {
  const count = (path: string) => `(SELECT count(*) FROM read_parquet(${literal(path)}))`;
  const [counted] = await database.all<{ rows: number; differing: number }>(
    `SELECT ${baseCountSql(previous, data)}::DOUBLE AS rows, (${count(now.gone)} + ${count(now.fresh)})::DOUBLE AS differing`,
  );
  return counted ?? { rows: 0, differing: 0 };
}

async function writeAnew(database: Database, folder: string, data: DataFile, base: string): Promise<void> {
  const { file, key = [] } = data;
  const [gone, fresh] = [partsOf(folder, file).gone, partsOf(folder, file).fresh].map(literal);
  await writeWhole(
    database,
    folder,
    data,
    `SELECT * FROM ${base} base ANTI JOIN read_parquet(${gone}) gone USING (${key.join(', ')})
     UNION ALL SELECT * FROM read_parquet(${fresh})`,
  );
}

/** Nothing stands there where there is no such file. */
function takeOver(file: string, into: string): void {
  if (existsSync(file)) giveSecondName(file, into);
  else rmSync(into, { force: true });
}
