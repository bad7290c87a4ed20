import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** The folder of a campaign that was made of these entries: a manifest and its lists, without the tables behind them. */
export function writeCampaign(
  folder: string,
  asOf: string,
  listed: readonly Listed[],
  withheld = false,
): string {
  const departments = [...new Set(listed.map((one) => one.department ?? '62'))].sort();
  const outputs = departments.map((department) => {
    const path = `lists/${department}/liste-${department}.json`;
    const lines = listed
      .filter((one) => (one.department ?? '62') === department)
      .map((one) => JSON.stringify(entryOf(one)));
    const text = `{\n"department": "${department}",\n"entries": [\n${lines.join(',\n')}\n],\n"count": ${lines.length}\n}\n`;
    mkdirSync(join(folder, 'lists', department), { recursive: true });
    writeFileSync(join(folder, path), text);
    return { path, sha256: createHash('sha256').update(text).digest('hex'), bytes: text.length };
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
