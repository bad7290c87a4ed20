import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { atOnce } from '../../../platform/duckdb/at-once.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import { assessPersons } from '../../eligibility/index.ts';
import {
  COMPARED_TABLES,
  dropDifferences,
  keptTellings,
  linkRecords,
  type TableDifference,
} from '../../linkage/index.ts';
import {
  forgetDifferences,
  type IntakeSummary,
  readDeliveries,
  readingDifferences,
  writeDeliveryReports,
  writeRejects,
} from '../../sources/index.ts';
import { assignNumbers } from '../registry/assign-numbers.ts';
import { recogniseDeaths } from '../registry/death-codes.ts';
import { recogniseNumbers } from '../registry/recognise-numbers.ts';
import { type CampaignContext, dataFolder, emptyFolder, tellSteps } from './campaign-context.ts';
import {
  ASSESS_DATA,
  type DataFile,
  LINK_DATA,
  LINK_KEPT_DATA,
  NUMBER_DATA,
  READ_DATA,
  READ_KEPT_DATA,
} from './data-files.ts';
import { list } from './list-stage.ts';
import type { Manifest } from './manifest.ts';
import { type Meanwhile, openPersisted, persistTables, writeTables } from './persist.ts';
import { persistAsked, persistChanged } from './persist-asked.ts';
import { persistDifference } from './persist-difference.ts';
import {
  LINKAGE_MODEL_FILE,
  LIST_KEPT_DATA,
  NUMBER_KEPT_DATA,
  previousAssessment,
  previousLinkage,
  previousModel,
  previousNumbers,
  previousReading,
  tellMoved,
  windowStartOf,
} from './previous-data.ts';
import { type Stage, StageLabels } from './stage-journal.ts';

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

/** What the stage of numbers says. */
export interface NumberResult {
  /** Fingerprint of the registry as it left it. */
  readonly registry: string;
}

/** A stage: its work, and the tables that it leaves in OUT/data. What `run` returns is kept in the journal. */
export interface CampaignStage {
  readonly stage: Exclude<Stage, 'seal'>;
  readonly data: readonly DataFile[];
  run(context: CampaignContext): Promise<unknown>;
}

/** The stages in order. Each can be run again from the Parquet files of those before it. */
export const CAMPAIGN_STAGES: readonly CampaignStage[] = [
  { stage: 'read', data: READ_DATA, run: read },
  { stage: 'link', data: LINK_DATA, run: link },
  { stage: 'assess', data: ASSESS_DATA, run: assess },
  { stage: 'number', data: NUMBER_DATA, run: number },
  { stage: 'list', data: LIST_KEPT_DATA, run: list },
];

async function read(context: CampaignContext): Promise<IntakeSummary> {
  const { database, options, output, progress } = context;
  const workFolder = emptyFolder(output.work, 'intake');
  const previous = await previousReading(database, options);
  if (previous !== undefined && 'because' in previous) {
    const nothing = options.incremental === false ? 'Aucun identifiant n’est repris' : 'Rien n’est repris';
    progress.note(`  ${nothing} de la campagne précédente : ${previous.because}`);
  }
  const summary = await readDeliveries(database, {
    deliveries: options.deliveries,
    asOf: options.asOf,
    workFolder,
    previous: previous !== undefined && 'kept' in previous ? previous.kept : undefined,
    incremental: options.incremental,
    onReceived: (done, total) =>
      progress.update({
        stage: 'receive',
        label: 'Contrôle des fichiers reçus',
        done,
        total,
        unit: 'fichiers',
      }),
    onProgress: ({ rows, bytes, totalBytes }) =>
      progress.update({
        stage: 'read',
        label: StageLabels.read,
        done: rows,
        // Rows to come are told from the bytes read so far.
        total: bytes > 0 ? Math.max(rows, Math.round((rows * totalBytes) / bytes)) : 0,
        unit: 'lignes',
      }),
  });
  const { rows } = summary;
  progress.update({ stage: 'read', label: StageLabels.read, done: rows, total: rows, unit: 'lignes' });
  const [rejects, reports] = [emptyFolder(output.final, 'rejects'), emptyFolder(output.final, 'reports')];
  const kept = options.incremental === false ? undefined : options.previous;
  // Pages are the work of this thread: they come while the engine writes the largest table. Rejects are work of the engine.
  const report = async (beside: Database) => {
    const before = kept && join(kept, 'reports');
    const written = (page: string, bytes: Buffer) => context.written.note(page, bytes);
    await writeDeliveryReports(beside, reports, { before, written });
    await writeRejects(beside, join(rejects, 'rejets.csv'));
  };
  await persistRead(
    database,
    dataFolder(context),
    options.previous && join(options.previous, 'data'),
    report,
  );
  // Its bytes are given back to the machine beside the next stage: a country's are gigabytes, for which this thread and the engine would wait.
  context.errands.begin(rm(workFolder, { recursive: true, force: true }));
  return summary;
}

/**
 * Keeps what was read; where the data of the campaign before, in `previous`, hold most of it, as what differs from those. `meanwhile`
 * reads tables of which files stand in the place by then, or not yet: both hold the same rows.
 */
export async function persistRead(
  database: Database,
  folder: string,
  previous: string | undefined,
  meanwhile?: Meanwhile,
): Promise<void> {
  const differences = previous === undefined ? {} : await readingDifferences(database);
  const kept = READ_DATA.flatMap((data) => {
    const difference = differences[data.file];
    return previous === undefined || difference === undefined ? [] : [{ data, ...difference, previous }];
  });
  const whole = [...READ_DATA.filter(({ file }) => differences[file] === undefined), ...READ_KEPT_DATA];
  if (kept.length === 0) await persistTables(database, folder, whole, meanwhile);
  else {
    const keep = async (on: Database): Promise<void> => {
      for (const { data, ...difference } of kept) await persistDifference(on, folder, data, difference);
    };
    await (meanwhile === undefined ? keep(database) : atOnce(database, keep, meanwhile));
    await persistTables(database, folder, whole);
  }
  await forgetDifferences(database);
}

/** Folder for what the stage of numbers reads of what linkage told apart. */
const TELLINGS = 'tellings';

async function link(context: CampaignContext): Promise<LinkResult> {
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

async function assess(context: CampaignContext): Promise<void> {
  const { database, options, ruleSet } = context;
  const folder = dataFolder(context);
  const before = await previousAssessment(database, options, { ruleSet, folder });
  if (before !== undefined && 'because' in before)
    context.progress.note(`  Tout le monde est jugé de nouveau : ${before.because}`);
  const kept = before !== undefined && 'kept' in before ? before.kept : undefined;
  const onStep = tellSteps(context, 'assess');
  const { fetched, members } = context;
  const asked = await assessPersons(database, {
    ...{ asOf: options.asOf, ruleSet, before: kept, fetched, members, onStep },
  });
  await persistAsked(database, folder, ASSESS_DATA, { previous: options.previous, asked });
}

/** The registry is committed here, before anything is published: a number that went out must be found again. */
async function number(context: CampaignContext): Promise<NumberResult> {
  const { database, options, output, campaign, progress } = context;
  const folder = dataFolder(context);
  const before = await previousNumbers(database, options, folder);
  const assignment = await assignNumbers(database, {
    registryFolder: options.registry,
    campaign,
    key: options.registryKey,
    before: before !== undefined && 'kept' in before ? before.kept : undefined,
    fetched: context.fetched,
    members: context.members,
    told: keptTellings(join(output.work, TELLINGS)),
    onStep: tellSteps(context, 'number'),
  });
  if (before !== undefined && !assignment.held) {
    const because = 'because' in before ? before.because : 'le registre n’est pas celui qu’elle a laissé';
    progress.note(`  Les numéros de tout le monde sont cherchés de nouveau : ${because}`);
  }
  try {
    const [numbers, others] = [NUMBER_DATA.slice(0, 1), NUMBER_DATA.slice(1)];
    const asked = assignment.held ? 'SELECT person_id FROM lists.numbers_asked' : undefined;
    // Narrow: to compare costs next to nothing, and who kept their number has nothing to be listed anew for.
    await persistAsked(database, folder, numbers, { previous: options.previous, asked, hardlyAny: 0 });
    await persistTables(database, folder, [...others, ...NUMBER_KEPT_DATA]);
  } catch (error) {
    assignment.abandon();
    throw error;
  }
  assignment.commit();
  emptyFolder(output.work, TELLINGS);
  return { registry: assignment.registry };
}
