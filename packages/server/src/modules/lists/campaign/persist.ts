import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { CHECKS_VIEW_SQL } from '../../eligibility/index.ts';
import { dropTable } from '../registry/registry.ts';

/**
 * A table of a stage as it stands in OUT/data: `table` of the engine, `file` without extension, and the order of its rows.
 * The order is total, so that the bytes do not depend on threads. A table with `key` (columns, never NULL) may be kept as what
 * differs from an earlier campaign's (`persistDifference`): rows of one key go together, and a key may have several.
 */
export interface DataFile {
  readonly table: string;
  readonly file: string;
  readonly orderBy: string;
  readonly key?: readonly string[];
  /** Statement of a view over the table, which shows it otherwise. */
  readonly view?: string;
}

export const READ_DATA: readonly DataFile[] = [
  { table: 'sources.files', file: 'files', orderBy: 'file_no' },
  { table: 'sources.records', file: 'records', orderBy: 'record_id', key: ['record_id'] },
  {
    table: 'sources.identifiers',
    file: 'identifiers',
    orderBy: 'record_id, type, value',
    key: ['record_id'],
  },
  { table: 'sources.spells', file: 'spells', orderBy: 'record_id, spell_no', key: ['record_id'] },
  { table: 'sources.contracts', file: 'contracts', orderBy: 'record_id, contract_no', key: ['record_id'] },
  { table: 'sources.awards', file: 'awards', orderBy: 'record_id, award_no', key: ['record_id'] },
  {
    table: 'sources.accompaniments',
    file: 'accompaniments',
    orderBy: 'record_id, accompaniment_no',
    key: ['record_id'],
  },
  { table: 'sources.deaths', file: 'deaths', orderBy: 'death_id', key: ['death_id'] },
  {
    table: 'sources.issues',
    file: 'issues',
    orderBy: 'file_no, ordinal NULLS FIRST, field NULLS FIRST, code, position, severity',
    key: ['file_no'],
  },
];

export const LINK_DATA: readonly DataFile[] = [
  { table: 'linkage.memberships', file: 'memberships', orderBy: 'record_id', key: ['record_id'] },
  {
    table: 'linkage.links',
    file: 'links',
    orderBy: 'record_id_l, record_id_r, rule, identifier_type NULLS FIRST',
    key: ['record_id_l', 'record_id_r'],
  },
  {
    table: 'linkage.litiges',
    file: 'litiges',
    orderBy: 'person_id_l, person_id_r NULLS FIRST, reason, record_ids',
    key: ['person_id_l'],
  },
  { table: 'linkage.decisions', file: 'decisions', orderBy: 'line' },
  { table: 'linkage.deaths', file: 'deceased', orderBy: 'person_id', key: ['person_id'] },
];

/** What only the campaign that follows reads, and only of the same version. */
export const LINK_KEPT_DATA: readonly DataFile[] = [
  { table: 'linkage.ways', file: 'ways-of-writing', orderBy: 'record_id', key: ['record_id'] },
  {
    table: 'linkage.look_alike_patterns',
    file: 'look-alike-patterns',
    orderBy: 'record_id_l, record_id_r',
    key: ['record_id_l', 'record_id_r'],
  },
  { table: 'linkage.traits', file: 'person-traits', orderBy: 'person_id, trait, value', key: ['person_id'] },
  { table: 'linkage.person_ties', file: 'person-ties', orderBy: 'kind, person_id_l, person_id_r' },
  { table: 'linkage.first_persons', file: 'first-persons', orderBy: 'record_id' },
  {
    table: 'linkage.first_litiges',
    file: 'first-litiges',
    orderBy: 'person_id_l, person_id_r NULLS FIRST, reason, record_ids',
  },
  { table: 'linkage.record_marks', file: 'record-marks', orderBy: 'record_id' },
  {
    table: 'linkage.crowded_tellings',
    file: 'crowded-tellings',
    orderBy: 'record_id, kind, value',
    key: ['record_id'],
  },
  { table: 'linkage.term_counts', file: 'term-counts', orderBy: 'term, value' },
];

export const ASSESS_DATA: readonly DataFile[] = [
  { table: 'eligibility.persons', file: 'persons', orderBy: 'person_id', key: ['person_id'] },
  {
    table: 'eligibility.assessments',
    file: 'assessments',
    orderBy: 'person_id',
    key: ['person_id'],
    view: CHECKS_VIEW_SQL,
  },
];

export const NUMBER_DATA: readonly DataFile[] = [
  { table: 'lists.numbers', file: 'numbers', orderBy: 'person_id', key: ['person_id'] },
  { table: 'lists.number_aliases', file: 'number-aliases', orderBy: 'siei', key: ['siei'] },
  { table: 'lists.death_codes', file: 'death-codes', orderBy: 'death_id', key: ['death_id'] },
];

/** Looking for repeats among more than a few values costs a third of the writing, and leaves larger files. */
const PARQUET = 'FORMAT parquet, DICTIONARY_SIZE_LIMIT 1000';

/** Rows of a view, in how many at most they are sorted as they come. */
const SORTED_AS_THEY_COME = 4_000_000;

/**
 * Writes tables as Parquet and puts a view over the file in the place of each: memory is free for the next stage.
 * `rows`: how many a table has at most, where that is known. The same bytes are written however that is done.
 */
export async function persistTables(
  database: Database,
  folder: string,
  files: readonly DataFile[],
  rows = Number.POSITIVE_INFINITY,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const data of files) {
    const atOnce = rows <= SORTED_AS_THEY_COME || (await isTable(database, data.table));
    await writeWhole(database, folder, data, `FROM ${data.table}`, atOnce);
  }
  await openPersisted(database, folder, files);
}

/** Whether its rows stand in the engine, ready to be sorted; a view works them out first. */
async function isTable(database: Database, table: string): Promise<boolean> {
  const found = await database.all(
    "SELECT 1 FROM duckdb_tables() WHERE schema_name || '.' || table_name = $1",
    [table],
  );
  return found.length > 0;
}

/**
 * Writes all rows that `query` gives as the whole table `file`, sorted. What stood there of an earlier run goes first.
 * Unless `atOnce`, in two moves: a query may be over many files and joins, and to sort what they give as it comes would hold,
 * for a country, more memory than there is; one file sorts within any limit.
 */
export async function writeWhole(
  database: Database,
  folder: string,
  { file, orderBy }: DataFile,
  query: string,
  atOnce = false,
): Promise<void> {
  const { base, gone, fresh } = partsOf(folder, file);
  if (atOnce) {
    for (const part of [gone, fresh]) rmSync(part, { force: true });
    await writeSorted(database, base, query, orderBy);
    return;
  }
  const unsorted = `${base}.tmp`;
  await database.run(`COPY (${query}) TO ${literal(unsorted)} (${PARQUET}, COMPRESSION lz4_raw)`);
  for (const part of [base, gone, fresh]) rmSync(part, { force: true });
  await writeSorted(database, base, `FROM read_parquet(${literal(unsorted)})`, orderBy);
  rmSync(unsorted);
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
  await database.run(
    `COPY (SELECT * FROM (${query}) ORDER BY ${orderBy}) TO ${literal(path)} (${PARQUET}, COMPRESSION zstd)`,
  );
}

/** The files of a table: `base` alone, or with what differs from it, `gone` keys and `fresh` rows, always both. */
export function partsOf(folder: string, file: string): { base: string; gone: string; fresh: string } {
  const path = join(folder, file);
  return { base: `${path}.parquet`, gone: `${path}.gone.parquet`, fresh: `${path}.new.parquet` };
}

/** Every name that a table may have among the files of data. */
export const partNames = (file: string): readonly string[] => Object.values(partsOf('', file));

/**
 * The rows of a table as a relation of SQL, to stand after FROM: what is kept of it in `folder`, whole or as a difference.
 */
export function persistedSql(folder: string, { file, key = [] }: DataFile): string {
  const parts = partsOf(folder, file);
  const [base, gone, fresh] = [parts.base, parts.gone, parts.fresh].map(
    (path) => `read_parquet(${literal(path)})`,
  );
  if (!existsSync(parts.gone) && !existsSync(parts.fresh)) return base ?? '';
  return `(SELECT * FROM ${base} base ANTI JOIN ${gone} gone USING (${key.join(', ')}) UNION ALL SELECT * FROM ${fresh})`;
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
