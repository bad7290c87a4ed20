import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  COMPARED_TABLES,
  dropDifferences,
  type KeptTellings,
  keptTellings,
  linkRecords,
  type TableDifference,
} from '../../linkage/index.ts';
import { recogniseDeaths } from '../registry/death-codes.ts';
import { recogniseNumbers } from '../registry/recognise-numbers.ts';
import { type CampaignContext, dataFolder, emptyFolder, tellSteps } from './campaign-context.ts';
import { type DataFile, LINK_DATA, LINK_KEPT_DATA } from './data-files.ts';
import type { Manifest } from './manifest.ts';
import { tellMoved } from './moved-persons.ts';
import { openPersisted, persistTables, writeTables } from './persist.ts';
import { persistChanged } from './persist-asked.ts';
import { LINKAGE_MODEL_FILE, previousLinkage, previousModel, windowStartOf } from './previous-data.ts';

/** What the stage of linkage says. */
export interface LinkResult {
  /** Links that rest on resemblance; null when resemblances could not be estimated, and are only asked about. */
  readonly lookAlikes: number | null;
  readonly comparisonsCarried: boolean;
  /** The estimated model: on how many ways of writing persons, and whether in an earlier campaign; null when the shipped one judged. */
  readonly model: Manifest['model'] | null;
  /** Decisions given and those that hold; null without a file of decisions. */
  readonly decisions: { readonly given: number; readonly applied: number } | null;
  /** Persons who died according to INSEE. */
  readonly deceased: number;
  /** Persons of whom somebody must decide whether they died. */
  readonly deathsToCheck: number;
}

/** Folder for what the stage of numbers reads of what linkage told apart: nothing once it has. */
const TELLINGS = 'tellings';

/** What linkage left of tellings for the stage of numbers; undefined where it left nothing. */
export function tellingsOf({ output }: CampaignContext): KeptTellings | undefined {
  return keptTellings(join(output.work, TELLINGS));
}

/** Takes them away. */
export function forgetTellings({ output }: CampaignContext): void {
  emptyFolder(output.work, TELLINGS);
}

/** The second stage: who is the same person, and which deaths INSEE tells of them. */
export async function link(context: CampaignContext): Promise<LinkResult> {
  const { database, options, ruleSet } = context;
  const windowStart = windowStartOf(options.asOf, ruleSet.parameters.lookbackSchoolYears);
  const registry = { registryFolder: options.registry, key: options.registryKey };
  const before = await previousLinkage(database, options, dataFolder(context));
  const written: DataFile[] = [];
  const { carried, differences, lookAlikes, decisions, deaths } = await linkRecords(database, {
    asOf: options.asOf,
    windowStart,
    decisions: context.decisions && {
      decisions: context.decisions.decisions,
      recognise: (numbers) => recogniseNumbers(database, registry, numbers),
      deaths: {
        decisions: context.decisions.deathDecisions,
        recognise: (codes) => recogniseDeaths(database, registry, codes),
      },
    },
    held: await previousModel(options),
    before: before !== undefined && 'kept' in before ? before.kept : undefined,
    fetched: context.fetched,
    compared: async (beside) => {
      written.push(...LINK_KEPT_DATA.filter(({ table }) => COMPARED_TABLES.has(table)));
      await writeTables(beside, dataFolder(context), written);
    },
    tellings: emptyFolder(context.output.work, TELLINGS),
    onStep: tellSteps(context, 'link'),
  });
  if (before !== undefined && !carried) {
    const because = 'because' in before ? before.because : 'trop de personnes sont à revoir';
    context.progress.note(`  Tout le monde est croisé de nouveau : ${because}`);
  } else if (before !== undefined && !lookAlikes.carried) {
    const because =
      options.retrain === true
        ? 'le modèle est à estimer de nouveau'
        : 'son modèle ne vaut pas pour ces fichiers';
    context.progress.note(`  Les ressemblances sont toutes comparées de nouveau : ${because}`);
  }
  await persistLinked(context, differences, written);
  await dropDifferences(database);
  const model = join(dataFolder(context), LINKAGE_MODEL_FILE);
  writeFileSync(model, lookAlikes.modelText);
  const estimated = lookAlikes.judgedBy === 'estimated';
  return {
    lookAlikes: estimated ? lookAlikes.links : null,
    comparisonsCarried: lookAlikes.carried,
    model: estimated ? { variants: lookAlikes.estimatedOn, held: lookAlikes.held } : null,
    decisions: context.decisions === undefined ? null : decisions,
    deceased: deaths.deceased,
    deathsToCheck: deaths.toCheck,
  };
}

/**
 * Keeps what linkage left, but what is `written` already; where it went on from the campaign before, the large tables as what differs
 * from that.
 */
async function persistLinked(
  context: CampaignContext,
  differences: readonly TableDifference[],
  written: readonly DataFile[],
): Promise<void> {
  const { database, options } = context;
  const folder = dataFolder(context);
  await openPersisted(database, folder, written);
  const members = differences.find(({ table }) => table === 'linkage.memberships');
  if (members?.left !== undefined) await tellMoved(database, { left: members.left, fresh: members.fresh });
  for (const data of [...LINK_DATA, ...LINK_KEPT_DATA]) {
    if (written.includes(data)) continue;
    const difference = differences.find(({ table }) => table === data.table);
    if (options.previous === undefined || difference === undefined)
      await persistTables(database, folder, [data]);
    else {
      const previous = join(options.previous, 'data');
      await persistChanged(database, folder, data, { previous, ...difference });
    }
  }
}
