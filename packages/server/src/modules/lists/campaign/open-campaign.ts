import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import { type Database, type DatabaseOptions, openDatabase } from '../../../platform/duckdb/database.ts';
import { ASSESS_DATA, LINK_DATA, NUMBER_DATA, READ_DATA } from './data-files.ts';
import { DATA_LAYOUT, Manifest } from './manifest.ts';
import { openPersisted } from './persist.ts';
import { PRODUCT_VERSION } from './version.ts';

const CAMPAIGN_DATA = [...READ_DATA, ...LINK_DATA, ...ASSESS_DATA, ...NUMBER_DATA];

/** A finished campaign, opened for reading: its manifest and its tables under the names they had. */
export interface OpenCampaign {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly database: Database;
}

/** Reads `manifest.json` of a campaign folder. Throws a RaccrocheError when there is none or it is damaged. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) {
    throw new RaccrocheError(
      'no_campaign',
      `« ${folder} » n’est pas une campagne terminée : manifest.json n’y est pas. Donnez le dossier avec --campaign.`,
      EXIT_CODES.usage,
    );
  }
  const parsed = Manifest.safeParse(readJson(path));
  if (!parsed.success) {
    throw new RaccrocheError(
      'manifest_damaged',
      `« ${path} » est abîmé ou d’une autre version.`,
      EXIT_CODES.invalid,
    );
  }
  return parsed.data;
}

/**
 * Why a campaign cannot be read by this version, for people, in French: a table that this version writes was never among
 * its outputs, or its tables are laid out otherwise; another version sealed it. Undefined when all are as they are written
 * here. A table of it that is lost is damage, not age.
 */
export function ofAnotherVersion({ outputs, product, layout = 1 }: Manifest): string | undefined {
  const written = new Set(outputs.map(({ path }) => path));
  const missing = CAMPAIGN_DATA.map(({ file }) => `data/${file}.parquet`).filter(
    (path) => !written.has(path),
  );
  if (missing.length === 0 && layout === DATA_LAYOUT) return undefined;
  const age = layout > DATA_LAYOUT ? 'postérieure' : 'antérieure';
  const why =
    missing.length > 0
      ? `qui n’écrivait pas ${missing.join(', ')}`
      : 'dont les tables sont disposées autrement';
  return (
    `la campagne a été produite par une version ${age} (${product.name} ${product.version}), ` +
    `${why} ; relancez-la sur les mêmes fichiers avec ${product.name} ${PRODUCT_VERSION}`
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A table that has lost the files of what differs from its base would be read as its base. Throws when one is not there. */
function requireSealedData(folder: string, { outputs }: Manifest): void {
  const lost = outputs.find(({ path }) => path.startsWith('data/') && !existsSync(join(folder, path)));
  if (lost !== undefined) throw new Error(`${lost.path} is not there`);
}

/**
 * Opens the tables of a finished campaign. Close `database` when done. Throws a RaccrocheError when one is damaged, and for
 * a campaign of another version, which lacks some or lays them out otherwise.
 */
export async function openCampaign(
  folder: string,
  machine: DatabaseOptions = { memoryLimit: '1GB' },
): Promise<OpenCampaign> {
  const manifest = readManifest(folder);
  const earlier = ofAnotherVersion(manifest);
  if (earlier !== undefined) {
    throw new RaccrocheError('campaign_outdated', `« ${folder} » : ${earlier}.`, EXIT_CODES.invalid);
  }
  const database = await openDatabase(machine);
  try {
    requireSealedData(folder, manifest);
    await openPersisted(database, join(folder, 'data'), CAMPAIGN_DATA);
  } catch {
    database.close();
    throw new RaccrocheError(
      'campaign_damaged',
      `« ${join(folder, 'data')} » est abîmé. « raccroche campaign verify » dit quels fichiers ; relancez la campagne.`,
      EXIT_CODES.invalid,
    );
  }
  return { folder, manifest, database };
}
