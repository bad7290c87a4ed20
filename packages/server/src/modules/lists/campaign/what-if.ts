import { cpSync, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type CheckCode, CheckLabels } from '@raccroche/contract';
import { z } from 'zod';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { Progress } from '../../../platform/terminal/progress.ts';
import { LOCK_FILE } from '../registry/registry.ts';
import type { CampaignResult } from './campaign-result.ts';
import type { Manifest } from './manifest.ts';
import { openCampaign, readManifest } from './open-campaign.ts';
import { type CampaignOptions, parseAllowMissing } from './options.ts';
import { requireDecisions } from './require-decisions.ts';
import { runCampaign } from './run-campaign.ts';
import { openTrialFolder } from './trial-folder.ts';

/**
 * Which finished campaign to compare with, and what would be different. Of the campaign: its deliveries, its registry and its
 * file of decisions. Nothing of them is changed.
 */
export interface WhatIfRequest
  extends Pick<CampaignOptions, 'deliveries' | 'registry' | 'decisions' | 'memoryBytes' | 'threads'> {
  /** Folder of the campaign. */
  readonly campaign: string;
  readonly asOf?: CivilDate | undefined;
  readonly ruleSetId?: string | undefined;
}

/** Somebody who would enter or leave, and the condition that keeps them out on the other side. */
export interface WhatIfMove {
  readonly siei: string;
  readonly department: string;
  /** First condition not met, in the order of its rule set; null when the person is in no record on that side. */
  readonly check: CheckCode | null;
  readonly label: string;
}

export interface WhatIfSide {
  readonly campaign: string;
  readonly asOf: CivilDate;
  readonly ruleSet: string;
  readonly listed: number;
}

export interface WhatIf {
  readonly campaign: WhatIfSide;
  readonly trial: WhatIfSide;
  /** False when the files (decisions too) are no longer those of the campaign: part of the difference is theirs. */
  readonly sameFiles: boolean;
  readonly stay: number;
  readonly enter: readonly WhatIfMove[];
  readonly leave: readonly WhatIfMove[];
  readonly move: readonly { readonly siei: string; readonly from: string; readonly to: string }[];
}

const Difference = z.object({
  counts: z.looseObject({ maintenus: z.number() }),
  nouveaux: z.array(z.object({ siei: z.string(), department: z.string() })),
  sortis: z.array(
    z.object({
      siei: z.string(),
      department: z.string(),
      check: z.enum(Object.keys(CheckLabels) as CheckCode[]).nullable(),
    }),
  ),
  transférés: z.array(z.object({ siei: z.string(), from: z.string(), to: z.string() })),
});

const ABSENT = 'n’est dans aucun enregistrement retenu';

/**
 * The same deliveries under another rule set or reference date, beside a finished campaign: who would enter, who would
 * leave, and by which condition. It is a whole campaign, run in a folder of its own on a copy of the registry, and thrown
 * away: what it says is what a campaign would do. Throws a RaccrocheError when there is nothing to compare.
 */
export async function whatIf(request: WhatIfRequest, progress: Progress): Promise<WhatIf> {
  const manifest = readManifest(request.campaign);
  const asOf = request.asOf ?? manifest.asOf;
  const ruleSetId = request.ruleSetId ?? manifest.ruleSet.id;
  refuseSame(manifest, asOf, ruleSetId);
  requireRegistry(request.registry);
  requireDecisions(manifest, request.decisions);
  const { folder, remove } = openTrialFolder(request.campaign);
  try {
    const registry = join(folder, 'registre');
    // The lock of a campaign that is running now is not ours.
    cpSync(request.registry, registry, { recursive: true, filter: (path) => basename(path) !== LOCK_FILE });
    const out = join(folder, 'campagne');
    const { deliveries, decisions, memoryBytes, threads } = request;
    const previous = request.campaign;
    const allowMissing = manifest.missing.flatMap((family) => parseAllowMissing(family, []));
    const result = await runCampaign(
      { deliveries, decisions, asOf, ruleSetId, previous, registry, memoryBytes, threads, out, allowMissing },
      progress,
    );
    return await compare(manifest, request.campaign, result);
  } finally {
    remove();
  }
}

function refuseSame(manifest: Manifest, asOf: CivilDate, ruleSetId: string): void {
  if (asOf !== manifest.asOf || ruleSetId !== manifest.ruleSet.id) return;
  throw new RaccrocheError(
    'what_if_same',
    `La campagne est déjà au ${asOf} avec les règles ${ruleSetId}. Donnez une autre date à --as-of ou d’autres règles à --rules.`,
    EXIT_CODES.usage,
  );
}

function requireRegistry(folder: string): void {
  if (existsSync(folder)) return;
  throw new RaccrocheError(
    'no_registry',
    `Pas de registre dans « ${folder} » : sans lui, personne ne serait reconnu. Donnez avec --registry celui de la campagne.`,
    EXIT_CODES.usage,
  );
}

async function compare(manifest: Manifest, campaign: string, trial: CampaignResult): Promise<WhatIf> {
  if (trial.withheld) {
    throw new RaccrocheError(
      'what_if_withheld',
      `Il manque des sources que la campagne avait : ${trial.missing.join(', ')}. Donnez à --deliveries ses fichiers.`,
      EXIT_CODES.usage,
    );
  }
  const difference = Difference.parse(JSON.parse(readFileSync(join(trial.out, 'difference.json'), 'utf8')));
  const told = (check: CheckCode | null) => ({ check, label: check === null ? ABSENT : CheckLabels[check] });
  const kept = await conditionsNotMet(
    campaign,
    difference.nouveaux.map(({ siei }) => siei),
  );
  return {
    campaign: {
      campaign: manifest.campaign,
      asOf: manifest.asOf,
      ruleSet: manifest.ruleSet.id,
      listed: manifest.counts.listed ?? 0,
    },
    trial: { campaign: trial.campaign, asOf: trial.asOf, ruleSet: trial.ruleSet, listed: trial.listed },
    sameFiles: sameInputs(manifest, readManifest(trial.out)),
    stay: difference.counts.maintenus,
    enter: difference.nouveaux.map((entry) => ({ ...entry, ...told(kept.get(entry.siei) ?? null) })),
    leave: difference.sortis.map(({ siei, department, check }) => ({ siei, department, ...told(check) })),
    move: difference.transférés,
  };
}

/** Of each of these persons in the campaign, the first condition not met. */
async function conditionsNotMet(
  folder: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, CheckCode>> {
  const { database } = await openCampaign(folder);
  try {
    const rows = await database.all<{ siei: string; check_code: CheckCode }>(
      `SELECT n.siei, arg_min(c.check_code, c.ordinal) AS check_code
       FROM (SELECT unnest($1::JSON::VARCHAR[]) AS siei) JOIN lists.numbers n USING (siei)
       JOIN eligibility.checks c ON c.person_id = n.person_id AND NOT c.passed
       GROUP BY n.siei`,
      [JSON.stringify(numbers)],
    );
    return new Map(rows.map(({ siei, check_code }) => [siei, check_code]));
  } finally {
    database.close();
  }
}

function sameInputs(one: Manifest, other: Manifest): boolean {
  const hashes = ({ inputs, decisions }: Manifest) =>
    JSON.stringify([inputs.map(({ sha256 }) => sha256).sort(), decisions?.sha256]);
  return hashes(one) === hashes(other);
}
