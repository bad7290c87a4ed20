import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { RequiredFamily } from '@raccroche/contract';
import type { Database } from '../../../platform/duckdb/database.ts';
import { listPaths } from '../list-files.ts';
import { LIST_CODES } from '../place-departments.ts';
import { findDamaged, tableFile } from './damaged-files.ts';
import { type DataFile, dataOf, LIST_KEPT_DATA } from './data-files.ts';
import { hashFile } from './hash-file.ts';
import type { Manifest } from './manifest.ts';
import { movedSince } from './moved-persons.ts';
import { changedKeysSql, freshRowsSql } from './moved-records.ts';
import type { CampaignOptions } from './options.ts';
import { persistedSql } from './persist.ts';
import { type Reusable, sameProgram } from './previous-data.ts';

/** The entries of the previous campaign, which hold but of some. */
export interface PreviousListing {
  /** Query of the persons, of then and of today, whose entry or place may be otherwise: `person_id`. */
  readonly touched: string;
}

/**
 * Which entries of the previous campaign hold: those of persons of whom everything that an entry is made of is as it was. That is
 * known where the tables of both are told against the same base. `folder`: of data, of this campaign; `missing`: required
 * families without a file, which every line of a CSV tells.
 */
export async function previousListing(
  database: Database,
  { previous, incremental }: CampaignOptions,
  { folder, missing }: { readonly folder: string; readonly missing: readonly RequiredFamily[] },
): Promise<Reusable<PreviousListing> | undefined> {
  if (previous === undefined || incremental === false) return undefined;
  const otherwise = 'une autre version a établi celles de la campagne précédente';
  const sealed = await sameProgram(database, previous, ['reading', 'listing'], otherwise);
  if ('because' in sealed) return sealed;
  const manifest = sealed.kept;
  if (manifest.withheld || !isDeepStrictEqual(manifest.missing, missing))
    return { because: 'il ne manque plus les mêmes sources' };
  const damaged =
    (await findDamaged(
      previous,
      manifest,
      [...TOLD, ...LIST_KEPT_DATA.map(({ table }) => table)].map(fileOf),
    )) ?? (await findDamagedList(previous, manifest));
  if (damaged !== undefined) return { because: `${damaged} y est abîmé` };
  const touched = await touchedSql(database, join(previous, 'data'), folder);
  return touched === undefined ? { because: 'trop de choses ont changé' } : { kept: { touched } };
}

const BY_RECORD = ['sources.records', 'sources.spells'] as const;
const BY_PERSON = ['eligibility.persons', 'eligibility.assessments', 'lists.numbers'] as const;
const MEMBERSHIPS = 'linkage.memberships';
/** Made where somebody asks whose entries hold; whoever took the answer may drop it. */
const STILL_RECORDS = 'lists.still_records';
/** What entries are made of, beside the program, its referential and the reference date, by which persons are judged. */
const TOLD = ['sources.files', ...BY_RECORD, MEMBERSHIPS, ...BY_PERSON];

const fileOf = (table: string) => tableFile(dataOf(table));

/** Undefined when a table was written whole, and nothing says what of it is otherwise. */
async function touchedSql(database: Database, previous: string, folder: string): Promise<string | undefined> {
  const changed = (table: string) => changedKeysSql(previous, folder, dataOf(table));
  const [records, persons] = [BY_RECORD.map(changed), BY_PERSON.map(changed)];
  if ([...records, ...persons, changed(MEMBERSHIPS)].includes(undefined)) return undefined;
  const moved = await movedFilesSql(database, persistedSql(previous, dataOf('sources.files')));
  const still = await holdStill(database, previous, folder);
  return `${persons.join(' UNION ')}
    UNION SELECT person_id FROM ${await movedSince(database, previous, folder)}
    UNION SELECT person_id FROM linkage.memberships SEMI JOIN (
      FROM (${[...records, ...moved].join(' UNION ')}) ANTI JOIN ${still} still USING (record_id)) told USING (record_id)`;
}

/**
 * `lists.still_records`: of the records that are told otherwise, those that say what they said, for they kept their ids (ADR 0023), at the place where they said it: in
 * a file of the same path that came again, and that no entry tells from the one of then. Likewise SYGNE schoolings, which are read again whatever
 * they tell: what they have of other files is names, which an entry takes of `persons`, and a date, by which nobody comes before another here,
 * for a schooling tells neither where somebody lives nor how to reach them.
 */
async function holdStill(database: Database, previous: string, folder: string): Promise<string> {
  const [records, files] = ['sources.records', 'sources.files'].map(dataOf) as [DataFile, DataFile];
  const [fresh, now, then] = [
    freshRowsSql(folder, records),
    persistedSql(folder, files),
    persistedSql(previous, files),
  ];
  const told = (rows: string, of: string) =>
    `SELECT record_id, path, position FROM ${rows} r JOIN ${of} f USING (file_no)`;
  // Of then only files that are no more, or of which a row is told anew, hold such records: the others' ids need not be looked up. They are told
  // as a list, by which the engine passes over whole groups of rows; of a join it would read the ids of everybody.
  const ofThen = `(FROM ${persistedSql(previous, records)} WHERE file_no IN getvariable('lists_told_files'))`;
  await database.run(`CREATE SCHEMA IF NOT EXISTS lists;
    SET VARIABLE lists_told_files = (SELECT list(file_no) FROM ${then} one
      WHERE file_no IN (SELECT file_no FROM ${fresh}) OR file_no NOT IN (SELECT file_no FROM ${now}));
    CREATE OR REPLACE TABLE ${STILL_RECORDS} AS
    SELECT record_id FROM (${told(fresh, now)}) JOIN (${told(ofThen, then)}) USING (record_id, path, position);
    RESET VARIABLE lists_told_files`);
  return STILL_RECORDS;
}

/** Records of files that both read and that lie elsewhere today, or bear another name: their entries tell it. Mostly none. */
async function movedFilesSql(database: Database, before: string): Promise<string[]> {
  const one = (one: string, other: string) =>
    `(SELECT file_no, path FROM ${one} EXCEPT SELECT file_no, path FROM ${other})`;
  const moved = `SELECT file_no FROM (${one('sources.files', before)} UNION ALL ${one(before, 'sources.files')})
    SEMI JOIN (SELECT file_no FROM sources.files) USING (file_no) SEMI JOIN (SELECT file_no FROM ${before}) USING (file_no)`;
  const [first] = await database.all(`${moved} LIMIT 1`);
  return first === undefined
    ? []
    : [`SELECT record_id FROM sources.records SEMI JOIN (${moved}) moved USING (file_no)`];
}

/** The first file of a list that is not as it was sealed. */
async function findDamagedList(folder: string, { outputs }: Manifest): Promise<string | undefined> {
  const sealed = new Map(outputs.map(({ path, sha256 }) => [path, sha256]));
  for (const path of LIST_CODES.flatMap((code) => Object.values(listPaths(code)))) {
    const file = join(folder, path);
    if (!existsSync(file) || (await hashFile(file)) !== sealed.get(path)) return path;
  }
  return undefined;
}
