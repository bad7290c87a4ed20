import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type CivilDate, schoolYearOf } from '../../../kernel/civil-date.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import { mayHoldOver, type PreviousAssessment, type RuleSet } from '../../eligibility/index.ts';
import { type HeldModel, PREVIOUS_TABLES, type PreviousLinkage } from '../../linkage/index.ts';
import type { PreviousReading, ReadTable } from '../../sources/index.ts';
import type { PreviousNumbers } from '../registry/previous-numbers.ts';
import { findDamaged, tableFile } from './damaged-files.ts';
import { ALL_DATA, dataOf, LINK_DATA, LINK_KEPT_DATA, READ_DATA, READ_KEPT_DATA } from './data-files.ts';
import { engineVersion } from './engine-version.ts';
import type { Manifest } from './manifest.ts';
import { movedSince } from './moved-persons.ts';
import { unsureRecordsOf } from './moved-records.ts';
import { readManifest } from './open-campaign.ts';
import type { CampaignOptions } from './options.ts';
import { persistedSql } from './persist.ts';
import { PROGRAM_VERSIONS, type ProgramPart } from './program-versions.ts';
import { retoldPersonsSql } from './retold-records.ts';

/** The model that judged resemblances, estimated or as shipped, beside the tables: `raccroche-linkage` reads it. */
export const LINKAGE_MODEL_FILE = 'linkage-model.json';

/** What of an earlier campaign may be taken over, or why nothing is: for people, in French. */
export type Reusable<Kept> = { readonly kept: Kept } | { readonly because: string };

/**
 * The manifest of the previous campaign, when the same programs made those `parts` of it, on the same engine; else why nothing of
 * them is taken over, `otherwise` if it is for that.
 */
export async function sameProgram(
  database: Database,
  previous: string,
  parts: readonly ProgramPart[],
  otherwise: string,
): Promise<Reusable<Manifest>> {
  if (!existsSync(join(previous, 'manifest.json'))) return { because: 'elle n’a pas de manifest.json' };
  const manifest = readManifest(previous);
  const same = parts.every((part) => manifest.program?.[part] === PROGRAM_VERSIONS[part]());
  return same && manifest.engine.version === (await engineVersion(database))
    ? { kept: manifest }
    : { because: otherwise };
}

/**
 * What the previous campaign left of its reading. Nothing is taken from one that another program read, nor from tables whose
 * bytes are no longer those that were sealed: everything is then read again, which gives the same, and no record keeps its id. Ids are kept
 * also when everything is worked out anew (`incremental`): then they are the same.
 */
export async function previousReading(
  database: Database,
  { previous }: CampaignOptions,
): Promise<Reusable<PreviousReading> | undefined> {
  if (previous === undefined) return undefined;
  const sealed = await sameProgram(database, previous, ['reading'], 'elle a été lue par une autre version');
  if ('because' in sealed) return sealed;
  const manifest = sealed.kept;
  const damaged = await findDamaged(previous, manifest, ALL_READ.map(tableFile));
  return damaged === undefined
    ? { kept: { table: (name) => readTable(join(previous, 'data'), name), asOf: manifest.asOf } }
    : { because: `${damaged} y est abîmé` };
}

const ALL_READ = [...READ_DATA, ...READ_KEPT_DATA];

/** A table of a reading as it is kept in a folder of data, for the next one to take over. */
export function readTable(folder: string, table: ReadTable): string {
  const data = ALL_READ.find((each) => each.table === `sources.${table}`);
  if (data === undefined) throw new Error(`no file of data for sources.${table}`);
  return persistedSql(folder, data);
}

/**
 * The model that the previous campaign estimated, or held over itself: with it this campaign judges resemblances as that one
 * did. Undefined when there is none, when another program estimated it, when its bytes are no longer those that were sealed, and
 * when it is to be estimated anew.
 */
export async function previousModel({ previous, retrain }: CampaignOptions): Promise<HeldModel | undefined> {
  if (previous === undefined || retrain === true || !existsSync(join(previous, 'manifest.json')))
    return undefined;
  const manifest = readManifest(previous);
  if (manifest.model === undefined || manifest.program?.linkage !== PROGRAM_VERSIONS.linkage())
    return undefined;
  const terms = dataOf('linkage.term_counts');
  if ((await findDamaged(previous, manifest, [LINKAGE_MODEL_FILE, tableFile(terms)])) !== undefined)
    return undefined;
  const text = readFileSync(join(previous, 'data', LINKAGE_MODEL_FILE), 'utf8');
  return {
    text,
    variants: manifest.model.variants,
    terms: persistedSql(join(previous, 'data'), terms),
  };
}

/**
 * What the previous campaign left of its linkage. Its pairs hold for the model that judged there: when another is to be
 * estimated, all are compared. `folder`: of data, of this campaign, with what was read.
 */
export async function previousLinkage(
  database: Database,
  { previous, incremental, retrain }: CampaignOptions,
  folder: string,
): Promise<Reusable<PreviousLinkage> | undefined> {
  if (previous === undefined || incremental === false) return undefined;
  const parts = ['reading', 'linkage'] as const;
  const sealed = await sameProgram(database, previous, parts, 'elle a été croisée par une autre version');
  if ('because' in sealed) return sealed;
  const manifest = sealed.kept;
  const { asOf, ruleSet } = manifest;
  const unsure = unsureRecordsOf(join(previous, 'data'), folder, dataOf('sources.records'));
  const kept = [...LINK_DATA, ...LINK_KEPT_DATA];
  // Had one of what was read been damaged, no record would have kept its id: where reading told what differs, none was.
  const wereRead = unsure === undefined ? ALL_READ : [dataOf('sources.files')];
  const damaged = await findDamaged(previous, manifest, [...wereRead, ...kept].map(tableFile));
  if (damaged !== undefined) return { because: `${damaged} y est abîmé` };
  const relation = (table: string) => persistedSql(join(previous, 'data'), dataOf(table));
  const tables = PREVIOUS_TABLES.map((table) => [table, relation(`linkage.${table}`)]);
  return {
    kept: {
      period: { asOf, windowStart: windowStartOf(asOf, Number(ruleSet.parameters.lookbackSchoolYears)) },
      files: relation('sources.files'),
      records: relation('sources.records'),
      deaths: relation('sources.deaths'),
      tables: Object.fromEntries(tables) as PreviousLinkage['tables'],
      sameModel: retrain !== true,
      unsure,
    },
  };
}

/** First day of the window that a campaign looks at. */
export function windowStartOf(asOf: CivilDate, lookbackSchoolYears: number): CivilDate {
  return `${schoolYearOf(asOf) - lookbackSchoolYears}-09-01`;
}

/** What the previous campaign decided of everybody: it holds for whom nothing changed, under the same rules. `folder`: of data, of this campaign. */
export async function previousAssessment(
  database: Database,
  { previous, incremental, asOf }: CampaignOptions,
  { ruleSet, folder }: { readonly ruleSet: RuleSet; readonly folder: string },
): Promise<Reusable<PreviousAssessment> | undefined> {
  if (previous === undefined || incremental === false) return undefined;
  const parts = ['reading', 'eligibility'] as const;
  const sealed = await sameProgram(
    database,
    previous,
    parts,
    'une autre version a jugé la campagne précédente',
  );
  if ('because' in sealed) return sealed;
  const manifest = sealed.kept;
  const { id, version, parameters } = ruleSet;
  if (!isDeepStrictEqual(manifest.ruleSet, { id, version, parameters }))
    return { because: 'la campagne précédente suivait d’autres règles' };
  if (!mayHoldOver(ruleSet, manifest.asOf, asOf))
    return {
      because: 'la campagne précédente regardait d’autres années scolaires, ou une date qui vient après',
    };
  const rows = await wholeTables(previous, manifest, JUDGED);
  if ('because' in rows) return rows;
  const unsure = unsureRecordsOf(join(previous, 'data'), folder, dataOf('sources.records'));
  return {
    kept: {
      asOf: manifest.asOf,
      moved: await movedSince(database, join(previous, 'data'), folder),
      unsure,
      ...rows.kept,
    },
  };
}

/** Which number the previous campaign gave to whom: it holds for whom nothing changed, if the registry is as it left it. `folder`: as above. */
export async function previousNumbers(
  database: Database,
  { previous, incremental }: CampaignOptions,
  folder: string,
): Promise<Reusable<PreviousNumbers> | undefined> {
  if (previous === undefined || incremental === false) return undefined;
  const because = 'une autre version a donné les numéros de la campagne précédente';
  const sealed = await sameProgram(database, previous, ['reading', 'numbering'], because);
  if ('because' in sealed) return sealed;
  const manifest = sealed.kept;
  const { campaign, registry } = manifest;
  if (registry === undefined) return { because };
  const rows = await wholeTables(previous, manifest, NUMBERED);
  if ('because' in rows) return rows;
  const { numbers, sharedKeys } = rows.kept;
  const retold = retoldPersonsSql(join(previous, 'data'), folder, {
    marks: dataOf('linkage.record_marks'),
    memberships: dataOf('linkage.memberships'),
  });
  const moved = await movedSince(database, join(previous, 'data'), folder);
  return { kept: { campaign, registry, moved, retold, numbers, sharedKeys } };
}

/** Tables of what was judged, and of what was decided. */
const JUDGED = {
  records: 'sources.records',
  memberships: 'linkage.memberships',
  litiges: 'linkage.litiges',
  deaths: 'linkage.deaths',
  persons: 'eligibility.persons',
  assessments: 'eligibility.assessments',
} as const;

/** Tables of what numbers rest on, and of the numbers. */
const NUMBERED = {
  memberships: 'linkage.memberships',
  marks: 'linkage.record_marks',
  numbers: 'lists.numbers',
  sharedKeys: 'lists.shared_keys',
} as const;

/** The rows of tables of a campaign, under the names of `tables`, as relations of SQL; or which of them is damaged. */
async function wholeTables<Name extends string>(
  folder: string,
  manifest: Manifest,
  tables: Readonly<Record<Name, string>>,
): Promise<Reusable<Readonly<Record<Name, string>>>> {
  const names = new Set(Object.values(tables));
  const files = ALL_DATA.filter(({ table }) => names.has(table));
  const damaged = await findDamaged(folder, manifest, files.map(tableFile));
  if (damaged !== undefined) return { because: `${damaged} y est abîmé` };
  const sql = new Map(files.map((data) => [data.table, persistedSql(join(folder, 'data'), data)]));
  const rows = Object.entries<string>(tables).map(([name, table]) => [name, sql.get(table) ?? '']);
  return { kept: Object.fromEntries(rows) as Record<Name, string> };
}
