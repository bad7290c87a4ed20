import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { EntryDetails } from './full-entry.ts';
import { LENS_COMMUNE, SCHOOL } from './test-world.ts';

/** Somebody on a list of a made-up campaign. */
export interface Listed {
  readonly siei: string;
  readonly familyName: string;
  readonly firstName: string;
  readonly birthDate?: string;
  readonly minor?: boolean;
  readonly commune?: string | null;
  readonly department?: string;
  /** UAI of the last establishment. */
  readonly school?: string;
  readonly lastTraining?: { readonly mef: string | null; readonly leadsTo: number | null };
  readonly missionLocale?: 'active' | 'known';
}

/** More than the few that every test needs. */
export interface CampaignOptions {
  readonly withheld?: boolean;
  /** What entries tell besides who somebody is, by their place in `listed`; a line or two when absent. */
  readonly detailsOf?: (place: number, minor: boolean) => EntryDetails;
}

/** The folder of a campaign that was made of these entries: a manifest and its lists, without the tables behind them. */
export function writeCampaign(
  folder: string,
  asOf: string,
  listed: readonly Listed[],
  { withheld = false, detailsOf }: CampaignOptions = {},
): string {
  const departments = [...new Set(listed.map((one) => one.department ?? '62'))].sort();
  const outputs = departments.map((department) => {
    const path = `lists/${department}/liste-${department}.json`;
    mkdirSync(join(folder, 'lists', department), { recursive: true });
    return { path, ...writeList(join(folder, path), department, listed, detailsOf) };
  });
  const manifest = {
    format: 'raccroche-campaign/1',
    campaign: `campagne-${asOf}`,
    asOf,
    ruleSet: { id: 'siei-2011', version: '1', parameters: {} },
    product: { name: 'raccroche', version: '0' },
    engine: { name: 'duckdb', version: '0' },
    allowMissing: [],
    missing: [],
    withheld,
    counts: {},
    inputs: [],
    outputs,
    startedAt: '2025-11-15T00:00:00.000Z',
    finishedAt: '2025-11-15T00:00:00.000Z',
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/** Entries written together: more than a small list has, less than a country's would need of memory. */
const WRITTEN_AT_ONCE = 2_000;

function writeList(
  path: string,
  department: string,
  listed: readonly Listed[],
  detailsOf: CampaignOptions['detailsOf'],
): { sha256: string; bytes: number } {
  const hash = createHash('sha256');
  const file = openSync(path, 'w');
  let [bytes, count] = [0, 0];
  const write = (text: string) => {
    hash.update(text);
    bytes += writeSync(file, text);
  };
  let lines: string[] = [];
  const writeLines = (end: string) => {
    write(lines.join(',\n') + end);
    lines = [];
  };
  write(`{\n"department": "${department}",\n"entries": [\n`);
  for (const [place, one] of listed.entries()) {
    if ((one.department ?? '62') !== department) continue;
    if (lines.length === WRITTEN_AT_ONCE) writeLines(',\n');
    const entry = entryOf(one);
    lines.push(JSON.stringify(detailsOf ? { ...entry, ...detailsOf(place, entry.minor) } : entry));
    count += 1;
  }
  writeLines(`\n],\n"count": ${count}\n}\n`);
  closeSync(file);
  return { sha256: hash.digest('hex'), bytes };
}

/** Awa, Bilal, … in the order of the alphabet; SIEI numbers that look like some. */
export function people(count: number, from = 0): Listed[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(from + index).padStart(6, '0');
    return { siei: `TEST${number}AA`, familyName: `NOM${number}`, firstName: 'Awa' };
  });
}

function entryOf(one: Listed) {
  return {
    siei: one.siei,
    familyName: one.familyName,
    usageName: null,
    firstNames: [one.firstName],
    sex: null,
    birthDate: one.birthDate ?? '2005-03-04',
    age: 20,
    minor: one.minor ?? false,
    address: {
      lines: ['1 rue inventée'],
      postalCode: '62300',
      commune: one.commune === undefined ? LENS_COMMUNE : one.commune,
      communeName: 'Lens',
      country: null,
    },
    phones: ['0321000000'],
    email: null,
    legalRepresentatives: [],
    lastSchool: { uai: one.school ?? SCHOOL },
    lastTraining: { diplomaCode: null, ...(one.lastTraining ?? { mef: null, leadsTo: 4 }) },
    leftOn: '2025-06-30',
    reason: 'left',
    missionLocale: one.missionLocale ?? 'unknown',
    knownSituations: [],
    flags: [],
    checks: [],
    records: [],
  };
}
