import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../../../platform/duckdb/database.ts';
import {
  eligibilityVersion,
  mayHoldOver,
  type PreviousAssessment,
  type RuleSet,
} from '../../eligibility/index.ts';
import { type HeldModel, linkageVersion, type PreviousLookAlikes } from '../../linkage/index.ts';
import { type PreviousReading, readingVersion } from '../../sources/index.ts';
import { engineVersion } from './engine-version.ts';
import { hashFile, type Manifest } from './manifest.ts';
import { readManifest } from './open-campaign.ts';
import type { CampaignOptions } from './options.ts';
import { type DataFile, LINK_KEPT_DATA, partNames, READ_DATA } from './persist.ts';

/** The model that judged resemblances, estimated or as shipped, beside the tables: `raccroche-linkage` reads it. */
export const LINKAGE_MODEL_FILE = 'linkage-model.json';

/** What of an earlier campaign may be taken over, or why nothing is: for people, in French. */
export type Reusable<Kept> = { readonly kept: Kept } | { readonly because: string };

/**
 * What the previous campaign left of its reading. Nothing is taken from one that another program read, nor from tables whose
 * bytes are no longer those that were sealed: everything is then read again, which gives the same.
 */
export async function previousReading(
  database: Database,
  { previous, incremental }: CampaignOptions,
): Promise<Reusable<PreviousReading> | undefined> {
  if (previous === undefined || incremental === false) return undefined;
  if (!existsSync(join(previous, 'manifest.json'))) return { because: 'elle n’a pas de manifest.json' };
  const manifest = readManifest(previous);
  const sameProgram = manifest.program?.reading === readingVersion();
  if (!sameProgram || manifest.engine.version !== (await engineVersion(database)))
    return { because: 'elle a été lue par une autre version' };
  const damaged = await findDamaged(previous, manifest, READ_DATA.map(tableFile));
  return damaged === undefined
    ? { kept: { folder: join(previous, 'data'), asOf: manifest.asOf } }
    : { because: `${damaged} y est abîmé` };
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
  if (manifest.model === undefined || manifest.program?.linkage !== linkageVersion()) return undefined;
  if ((await findDamaged(previous, manifest, [LINKAGE_MODEL_FILE])) !== undefined) return undefined;
  const text = readFileSync(join(previous, 'data', LINKAGE_MODEL_FILE), 'utf8');
  return { text, variants: manifest.model.variants };
}

/**
 * What the previous campaign left of its comparing for resemblance. It holds for the model that judged there: nothing is
 * taken from it where that is not held over.
 */
export async function previousLookAlikes(
  database: Database,
  { previous, incremental, retrain }: CampaignOptions,
): Promise<Reusable<PreviousLookAlikes> | undefined> {
  if (previous === undefined || incremental === false) return undefined;
  if (retrain === true) return { because: 'le modèle est à estimer de nouveau' };
  if (!existsSync(join(previous, 'manifest.json'))) return { because: 'elle n’a pas de manifest.json' };
  const manifest = readManifest(previous);
  const sameProgram = manifest.program?.linkage === linkageVersion();
  if (!sameProgram || manifest.engine.version !== (await engineVersion(database)))
    return { because: 'elle a été croisée par une autre version' };
  const files = LINK_KEPT_DATA.map(tableFile);
  const damaged = await findDamaged(previous, manifest, files);
  if (damaged !== undefined) return { because: `${damaged} y est abîmé` };
  const [ways = '', patterns = ''] = files.map((file) => join(previous, 'data', file));
  return { kept: { ways, patterns } };
}

/** What the previous campaign decided of everybody: it holds for whom nothing changed, under the same rules. */
export async function previousAssessment(
  database: Database,
  { previous, incremental, asOf }: CampaignOptions,
  ruleSet: RuleSet,
): Promise<Reusable<PreviousAssessment> | undefined> {
  if (previous === undefined || incremental === false) return undefined;
  if (!existsSync(join(previous, 'manifest.json'))) return { because: 'elle n’a pas de manifest.json' };
  const manifest = readManifest(previous);
  const { program, engine } = manifest;
  const sameProgram = program?.eligibility === eligibilityVersion() && program.reading === readingVersion();
  if (!sameProgram || engine.version !== (await engineVersion(database)))
    return { because: 'une autre version a jugé la campagne précédente' };
  const { id, version, parameters } = ruleSet;
  if (!isDeepStrictEqual(manifest.ruleSet, { id, version, parameters }))
    return { because: 'la campagne précédente suivait d’autres règles' };
  if (!mayHoldOver(ruleSet, manifest.asOf, asOf))
    return {
      because: 'la campagne précédente regardait d’autres années scolaires, ou une date qui vient après',
    };
  const damaged = await findDamaged(
    previous,
    manifest,
    Object.values(JUDGED).map((file) => `${file}.parquet`),
  );
  if (damaged !== undefined) return { because: `${damaged} y est abîmé` };
  const path = (file: keyof typeof JUDGED) => join(previous, 'data', `${JUDGED[file]}.parquet`);
  return {
    kept: {
      asOf: manifest.asOf,
      files: path('files'),
      memberships: path('memberships'),
      litiges: path('litiges'),
      deaths: path('deaths'),
      persons: path('persons'),
      checks: path('checks'),
    },
  };
}

/** Files of data of what was judged, and of what was decided. */
const JUDGED = {
  files: 'files',
  memberships: 'memberships',
  litiges: 'litiges',
  deaths: 'deceased',
  persons: 'persons',
  checks: 'assessments',
} as const;

const tableFile = ({ file }: DataFile) => `${file}.parquet`;

/**
 * The first of the files of data whose bytes are not those that the manifest tells; of a table, also of the files that tell
 * what differs from its base, where they were sealed or stand there.
 */
async function findDamaged(
  folder: string,
  { outputs }: Manifest,
  files: readonly string[],
): Promise<string | undefined> {
  for (const file of files) {
    const table = file.replace(/\.parquet$/, '');
    for (const part of new Set([file, ...(table === file ? [] : partNames(table))])) {
      const path = `data/${part}`;
      const sealed = outputs.find((output) => output.path === path);
      const onDisk = join(folder, path);
      const there = existsSync(onDisk);
      if (part !== file && sealed === undefined && !there) continue;
      if (sealed === undefined || !there || (await hashFile(onDisk)) !== sealed.sha256) return path;
    }
  }
  return undefined;
}
