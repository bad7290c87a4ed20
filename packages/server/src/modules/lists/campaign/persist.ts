import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { atOnce } from '../../../platform/duckdb/at-once.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { dropTable } from '../registry/registry.ts';
import type { DataFile } from './data-files.ts';
import { givenBackSql, keptRowsSql } from './left-out.ts';

/**
 * Looking for repeats among more than a few values costs a third of the writing, and leaves larger files. The lengths of texts of the
 * second version come together: a sixth less to read.
 */
const PARQUET = 'FORMAT parquet, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1000';

/**
 * What is kept. To look less far back for repeats costs a tenth less to write, and nothing to read: records are a twenty-fifth
 * larger, the other tables no larger or smaller.
 */
const KEPT = `(${PARQUET}, COMPRESSION zstd, COMPRESSION_LEVEL 1)`;

/** What else is made of the tables while they are written, on a connection that nothing else uses meanwhile. */
export type Meanwhile = (beside: Database) => Promise<void>;

/**
 * Writes tables as Parquet and puts a view over the file in the place of each: memory is free for the next stage. What stood
 * there of an earlier run goes first. `meanwhile` is over when the first view is made.
 */
export async function persistTables(
  database: Database,
  folder: string,
  files: readonly DataFile[],
  meanwhile?: Meanwhile,
): Promise<void> {
  await writeTables(database, folder, files, meanwhile);
  await openPersisted(database, folder, files);
}

/** As `persistTables`; the tables stay as they are. */
export async function writeTables(
  database: Database,
  folder: string,
  files: readonly DataFile[],
  meanwhile?: Meanwhile,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const { file } of files)
    for (const part of partNames(file)) rmSync(join(folder, part), { force: true });
  await writeAsTheyCome(
    database,
    folder,
    files.filter(({ asItComes }) => asItComes),
    meanwhile,
  );
  for (const { table, file, orderBy, asItComes } of files)
    if (!asItComes) await writeSorted(database, partsOf(folder, file).base, `FROM ${table}`, orderBy);
}

/**
 * Writes all rows that `query`, over many files and joins, gives as the whole table `file`, sorted, in two moves: to sort what
 * it gives as it comes would hold, for a country, more memory than there is; one file sorts within any limit. What stood there
 * of an earlier run goes first.
 */
export async function writeWhole(
  database: Database,
  folder: string,
  { file, orderBy }: DataFile,
  query: string,
): Promise<void> {
  const { base, second, gone, fresh } = partsOf(folder, file);
  const unsorted = `${base}.tmp`;
  await database.run(`COPY (${query}) TO ${literal(unsorted)} (${PARQUET}, COMPRESSION lz4_raw)`);
  for (const part of [base, second, gone, fresh]) rmSync(part, { force: true });
  await writeSorted(database, base, `FROM read_parquet(${literal(unsorted)})`, orderBy);
  rmSync(unsorted);
}

/** No limit at all, but one that the engine must keep the order for. */
const ALL_ROWS = 1_000_000_000_000;

/**
 * Writes each table to a Parquet file, or two, in the order in which its rows come, each on one thread: whichever of two is free takes the next. A
 * sort would cost a third more, and a country's records do not sort in memory. The engine gives the rows of a join in the order of
 * what stands left, as long as one thread reads that and it looks them up in what stands right: its views number the rows of each scan,
 * which is work for one thread, and the limit has one scan wait for the other. Where what stands right is larger the engine would
 * turn the two round, and must not.
 */
async function writeAsTheyCome(
  database: Database,
  folder: string,
  files: readonly DataFile[],
  meanwhile?: Meanwhile,
): Promise<void> {
  if (files.length === 0) return meanwhile?.(database);
  const writes = files.flatMap((data) => {
    const { base, second } = partsOf(folder, data.file);
    const write = (rows: string, index: number) => (on: Database) =>
      on.run(`COPY (${rows} LIMIT ${ALL_ROWS}) TO ${literal(index === 0 ? base : second)} ${KEPT}`);
    // The second is the larger.
    return keptRowsSql(data.table, data).map(write).reverse();
  });
  const left = oneAfterTheOther([...writes, ...(meanwhile === undefined ? [] : [meanwhile])]);
  const takeTurns = async (on: Database) => {
    for (const work of left) await work(on);
  };
  await asWritten(database, () => atOnce(database, takeTurns, takeTurns));
}

/**
 * Does `work` while the engine neither turns joins round nor gathers once what several branches scan: rows come in the order of what stands left, and
 * what stands right is gathered to be looked up. Of views over rows that were read it believes that few come, and would gather these,
 * which are wide, to look up their ids, which are narrow.
 */
export async function asWritten(database: Database, work: () => Promise<unknown>): Promise<void> {
  await database.run("SET disabled_optimizers = 'join_order,build_side_probe_side,common_subplan'");
  try {
    await work();
  } finally {
    await database.run('RESET disabled_optimizers');
  }
}

/** What two loops share: an error in one of them ends it for both. */
function* oneAfterTheOther<Each>(all: readonly Each[]): Generator<Each> {
  yield* all;
}

/** Writes what `query` gives to one Parquet file, in a total order. */
export async function writeSorted(
  database: Database,
  path: string,
  query: string,
  orderBy: string,
): Promise<void> {
  // A base may be the very file of an earlier campaign under a second name: never written into.
  rmSync(path, { force: true });
  await database.run(`COPY (SELECT * FROM (${query}) ORDER BY ${orderBy}) TO ${literal(path)} ${KEPT}`);
}

/**
 * The files of a table: `base`, of some with `second`, the other rows of it; alone, or with what differs from the two, `gone` keys and
 * `fresh` rows, always both.
 */
export function partsOf(
  folder: string,
  file: string,
): Readonly<Record<'base' | 'second' | 'gone' | 'fresh', string>> {
  const [path, ending] = [join(folder, file), 'parquet'];
  return {
    base: `${path}.${ending}`,
    second: `${path}.2.${ending}`,
    gone: `${path}.gone.${ending}`,
    fresh: `${path}.new.${ending}`,
  };
}

const baseFiles = ({ base, second }: ReturnType<typeof partsOf>) =>
  existsSync(second) ? [base, second] : [base];

/** The rows of the base of a table, to stand after FROM; all, or those of `which` (`givenBackSql`). */
export const baseSql = (folder: string, data: DataFile, which?: string): string =>
  givenBackSql(baseFiles(partsOf(folder, data.file)), data, which);

/** How many rows the base of a table has, as an expression: its files say it, nothing else of them is read. */
export const baseCountSql = (folder: string, { file }: DataFile): string =>
  `(SELECT sum(num_rows) FROM parquet_file_metadata([${baseFiles(partsOf(folder, file)).map(literal).join(', ')}]))`;

/** Every name that a table may have among the files of data. */
export const partNames = (file: string): readonly string[] => Object.values(partsOf('', file));

/**
 * The rows of a table as a relation of SQL, to stand after FROM: what is kept of it in `folder`, whole or as a difference.
 */
export function persistedSql(folder: string, data: DataFile): string {
  const { file, key = [] } = data;
  const parts = partsOf(folder, file);
  const base = baseSql(folder, data);
  const [gone, fresh] = [parts.gone, parts.fresh].map((path) => `read_parquet(${literal(path)})`);
  if (!existsSync(parts.gone) && !existsSync(parts.fresh)) return base;
  return `(SELECT * FROM ${base} base ANTI JOIN ${gone} gone USING (${key.join(', ')}) UNION ALL SELECT * FROM ${fresh})`;
}

/**
 * Query of the rows of a table, kept in `folder`, whose key is among `keys`, a query of few: each of the base is looked up in those alone,
 * and not in all keys that are gone. Columns of the key stand in all its files as they are.
 */
export function rowsAmongSql(folder: string, data: DataFile, keys: string): string {
  const { file, key = [] } = data;
  const [parts, column] = [partsOf(folder, file), key.join(', ')];
  const asked = `SEMI JOIN (${keys}) asked USING (${column})`;
  const base = `SELECT * FROM ${baseSql(folder, data, asked)}`;
  if (!existsSync(parts.gone) && !existsSync(parts.fresh)) return base;
  return `${base} base ANTI JOIN read_parquet(${literal(parts.gone)}) gone USING (${column})
    UNION ALL SELECT * FROM read_parquet(${literal(parts.fresh)}) ${asked}`;
}

/** Views over the Parquet files of a finished stage, under the names of its tables and in their place. */
export async function openPersisted(
  database: Database,
  folder: string,
  files: readonly DataFile[],
): Promise<void> {
  for (const data of files) {
    const [schema = ''] = data.table.split('.');
    await dropTable(database, data.table);
    await database.run(
      `CREATE SCHEMA IF NOT EXISTS ${schema}; CREATE VIEW ${data.table} AS FROM ${persistedSql(folder, data)}; ${data.view ?? ''}`,
    );
  }
}
