import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CampaignResult } from './campaign-result.ts';
import { frenchDate } from './french.ts';
import { readManifest } from './open-campaign.ts';
import { resultText } from './result-text.ts';

const DepartmentCounts = z.object({ departments: z.record(z.string(), z.object({ listed: z.number() })) });

function departmentsOf(folder: string): Record<string, number> {
  const path = join(folder, 'summary.json');
  if (!existsSync(path)) return {};
  const { departments } = DepartmentCounts.parse(JSON.parse(readFileSync(path, 'utf8')));
  return Object.fromEntries(Object.entries(departments).map(([code, { listed }]) => [code, listed]));
}

/** What a finished campaign contains: the same figures as when it ran, with its dates and versions. */
export function showCampaign(folder: string): { text: string; json: CampaignResult } {
  const manifest = readManifest(folder);
  const count = (name: string) => manifest.counts[name] ?? 0;
  const json: CampaignResult = {
    campaign: manifest.campaign,
    asOf: manifest.asOf,
    ruleSet: manifest.ruleSet.id,
    listed: count('listed'),
    persons: count('persons'),
    records: count('records'),
    rows: count('rows'),
    rejects: count('rejects'),
    removedUnder16: count('removedUnder16'),
    deaths: count('deaths'),
    outOfScope: count('outOfScope'),
    deceased: count('deceased'),
    deathsToCheck: count('deathsToCheck'),
    files: manifest.inputs.length,
    rejectedFiles: count('rejectedFiles'),
    litiges: count('litiges'),
    lookAlikes: manifest.counts.lookAlikes ?? null,
    decisions:
      manifest.decisions === undefined
        ? null
        : { given: manifest.decisions.given, applied: manifest.decisions.applied },
    toFollow: count('toFollow'),
    departments: departmentsOf(folder),
    missing: manifest.missing,
    withheld: manifest.withheld,
    out: folder,
  };
  const made = `Scellée le ${frenchDate(manifest.finishedAt)} par ${manifest.product.name} ${manifest.product.version} (${manifest.engine.name} ${manifest.engine.version}), ${manifest.outputs.length} fichiers.`;
  return { text: `${resultText(json)}\n\n  ${made}`, json };
}
