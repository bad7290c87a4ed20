import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { dropTable } from '../registry/registry.ts';

/**
 * A table of a stage as it stands in OUT/data: `table` of the engine, `file` without extension, and the order of its rows.
 * The order is total, so that the bytes do not depend on threads.
 */
export interface DataFile {
  readonly table: string;
  readonly file: string;
  readonly orderBy: string;
}

export const READ_DATA: readonly DataFile[] = [
  { table: 'sources.files', file: 'files', orderBy: 'file_no' },
  { table: 'sources.records', file: 'records', orderBy: 'record_id' },
  { table: 'sources.identifiers', file: 'identifiers', orderBy: 'record_id, type, value' },
  { table: 'sources.spells', file: 'spells', orderBy: 'record_id, spell_no' },
  { table: 'sources.contracts', file: 'contracts', orderBy: 'record_id, contract_no' },
  { table: 'sources.awards', file: 'awards', orderBy: 'record_id, award_no' },
  { table: 'sources.accompaniments', file: 'accompaniments', orderBy: 'record_id, accompaniment_no' },
  { table: 'sources.deaths', file: 'deaths', orderBy: 'death_id' },
  {
    table: 'sources.issues',
    file: 'issues',
    orderBy: 'file_no, ordinal NULLS FIRST, field NULLS FIRST, code, position, severity',
  },
];

export const LINK_DATA: readonly DataFile[] = [
  { table: 'linkage.memberships', file: 'memberships', orderBy: 'record_id' },
  {
    table: 'linkage.links',
    file: 'links',
    orderBy: 'record_id_l, record_id_r, rule, identifier_type NULLS FIRST',
  },
  {
    table: 'linkage.litiges',
    file: 'litiges',
    orderBy: 'person_id_l, person_id_r NULLS FIRST, reason, record_ids',
  },
  { table: 'linkage.decisions', file: 'decisions', orderBy: 'line' },
  { table: 'linkage.deaths', file: 'deceased', orderBy: 'person_id' },
];

/** What only the campaign that follows reads, and only of the same version. */
export const LINK_KEPT_DATA: readonly DataFile[] = [
  { table: 'linkage.ways', file: 'ways-of-writing', orderBy: 'record_id' },
  { table: 'linkage.look_alike_patterns', file: 'look-alike-patterns', orderBy: 'record_id_l, record_id_r' },
];

export const ASSESS_DATA: readonly DataFile[] = [
  { table: 'eligibility.persons', file: 'persons', orderBy: 'person_id' },
  { table: 'eligibility.checks', file: 'assessments', orderBy: 'person_id, ordinal' },
];

export const NUMBER_DATA: readonly DataFile[] = [
  { table: 'lists.numbers', file: 'numbers', orderBy: 'person_id' },
  { table: 'lists.number_aliases', file: 'number-aliases', orderBy: 'siei' },
  { table: 'lists.death_codes', file: 'death-codes', orderBy: 'death_id' },
];

/** Looking for repeats among more than a few values costs a third of the writing, and leaves larger files. */
const PARQUET = 'FORMAT parquet, DICTIONARY_SIZE_LIMIT 1000';

/**
 * Writes tables as Parquet and puts a view over the file in the place of each: memory is free for the next stage.
 * In two moves: a table may be a view over many files and joins, and to sort what they give as it comes would hold, for a
 * country, more memory than there is; one file sorts within any limit, and sooner.
 */
export async function persistTables(
  database: Database,
  folder: string,
  files: readonly DataFile[],
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const { table, file, orderBy } of files) {
    const path = join(folder, `${file}.parquet`);
    const unsorted = `${path}.tmp`;
    await database.run(`COPY ${table} TO ${literal(unsorted)} (${PARQUET}, COMPRESSION lz4_raw)`);
    await database.run(
      `COPY (FROM read_parquet(${literal(unsorted)}) ORDER BY ${orderBy}) TO ${literal(path)} (${PARQUET}, COMPRESSION zstd)`,
    );
    rmSync(unsorted);
  }
  await openPersisted(database, folder, files);
}

/** Views over the Parquet files of a finished stage, under the names of its tables and in their place. */
export async function openPersisted(
  database: Database,
  folder: string,
  files: readonly DataFile[],
): Promise<void> {
  for (const { table, file } of files) {
    const [schema = ''] = table.split('.');
    const path = literal(join(folder, `${file}.parquet`));
    await dropTable(database, table);
    await database.run(
      `CREATE SCHEMA IF NOT EXISTS ${schema}; CREATE VIEW ${table} AS FROM read_parquet(${path})`,
    );
  }
}
