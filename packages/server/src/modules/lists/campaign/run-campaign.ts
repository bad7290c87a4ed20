import { existsSync, mkdirSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { systemClock } from '../../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import { openDatabase } from '../../../platform/duckdb/database.ts';
import { isOutOfMemory } from '../../../platform/duckdb/out-of-memory.ts';
import type { Progress } from '../../../platform/terminal/progress.ts';
import { findRuleSet, listRuleSets, type RuleSet } from '../../eligibility/index.ts';
import { openFetchedMembers } from '../../linkage/index.ts';
import { loadReferential, openFetchedRecords } from '../../sources/index.ts';
import { type DecisionFile, readDecisions } from '../decisions/read-decisions.ts';
import { requirePreviousLists } from '../difference-previous.ts';
import type { CampaignContext } from './campaign-context.ts';
import type { CampaignResult } from './campaign-result.ts';
import { CAMPAIGN_STAGES } from './campaign-stages.ts';
import { dataOf, READ_DATA } from './data-files.ts';
import { Errands } from './errands.ts';
import { fingerprintOf, listDeliveredFiles } from './fingerprint.ts';
import { hashAhead, WrittenHashes } from './hash-file.ts';
import { listFiles } from './manifest.ts';
import { type CampaignOptions, engineMemoryLimit } from './options.ts';
import { openOutputFolder, refuseOtherCampaign } from './output-folder.ts';
import { openPersisted, partNames, rowsAmongSql } from './persist.ts';
import { requireDecisionsOfPrevious } from './require-decisions.ts';
import { sealCampaign } from './seal.ts';
import { openStageJournal, STAGES, type StageJournal, StageLabels } from './stage-journal.ts';
import { PRODUCT_VERSION } from './version.ts';

/**
 * Runs a campaign from the deliveries to OUT, or goes on with one that was killed.
 * Throws a RaccrocheError for what a person can mend (no such folder, unknown rule set, OUT taken, decisions of the previous
 * campaign not given, not enough memory).
 */
export async function runCampaign(options: CampaignOptions, progress: Progress): Promise<CampaignResult> {
  const ruleSet = getRuleSet(options);
  const files = listDeliveredFiles(options.deliveries);
  if (files.length === 0) {
    throw new RaccrocheError(
      'no_files',
      `Aucun fichier dans « ${options.deliveries} ». Déposez-y les fichiers reçus, puis relancez.`,
      EXIT_CODES.usage,
    );
  }
  refuseResultsAmongDeliveries(options);
  if (options.previous !== undefined) {
    requirePreviousLists(options.previous);
    requireDecisionsOfPrevious(options.previous, options.decisions);
  }
  const decisions: DecisionFile | undefined =
    options.decisions === undefined ? undefined : await readDecisions(options.decisions);
  const campaign = `${options.asOf}-${ruleSet.id}`;
  refuseOtherCampaign(options.out, { campaign, files });
  const output = openOutputFolder(options.out);
  const journal = openStageJournal(
    output.work,
    fingerprintOf(options, files, PRODUCT_VERSION, decisions?.sha256),
  );
  const result = journal.isDone('seal')
    ? journal.result<CampaignResult>('seal')
    : await workOut({ options, ruleSet, decisions, output, progress, campaign }, journal);
  output.publish();
  journal.forget();
  output.clear();
  return result;
}

/** Runs every stage that is left, up to the seal: what is in the work folder is then whole. */
async function workOut(
  campaign: Omit<CampaignContext, 'database' | 'errands' | 'written'>,
  journal: StageJournal,
): Promise<CampaignResult> {
  const { options, output, progress } = campaign;
  mkdirSync(output.final, { recursive: true });
  const spillFolder = join(output.work, 'spill');
  mkdirSync(spillFolder, { recursive: true });
  const database = await openDatabase({
    memoryLimit: engineMemoryLimit(options.memoryBytes),
    threads: options.threads,
    spillFolder,
  });
  const startedAt = systemClock.now();
  const hashing = hashAhead(keptFilesOf(options));
  const errands = new Errands();
  try {
    const data = join(output.final, 'data');
    const fetched = openFetchedRecords(database, {
      rowsAmong: (ids) => rowsAmongSql(data, dataOf('sources.records'), ids),
    });
    const context: CampaignContext = {
      ...campaign,
      database,
      errands,
      written: new WrittenHashes(),
      fetched,
      members: openFetchedMembers(database),
    };
    await loadReferential(database);
    await runStages(context, journal);
    const result = await sealCampaign(context, journal, startedAt);
    await errands.over();
    journal.done('seal', result);
    return result;
  } catch (error) {
    throw isOutOfMemory(error) ? memoryExhausted(journal, options) : error;
  } finally {
    await hashing;
    // What failed was told above, or less matters than what ended the stages.
    await errands.over().catch(() => undefined);
    database.close();
    progress.stop();
  }
}

/**
 * What of the campaign before, and of the registry, is held against its hashes before anything of it is taken over. Tables of its reading come
 * first: no file is read before these are known to be whole.
 */
function keptFilesOf({ previous, incremental, registry }: CampaignOptions): readonly string[] {
  if (previous === undefined || incremental === false) return [];
  const data = join(previous, 'data');
  const awaited = READ_DATA.flatMap(({ file }) => partNames(file)).map((name) => join(data, name));
  const kept = [data, registry, join(previous, 'lists')].flatMap((folder) =>
    existsSync(folder) ? listFiles(folder).map((path) => join(folder, path)) : [],
  );
  // Not all of them stand there: a name that does not is passed over.
  return [...new Set([...awaited, ...kept])];
}

/** The stages that are done stay so: nothing but the one that failed is worked out again. */
function memoryExhausted(journal: StageJournal, { memoryBytes }: CampaignOptions): RaccrocheError {
  const failed = STAGES.find((stage) => !journal.isDone(stage)) ?? 'seal';
  const given =
    memoryBytes % 2 ** 30 === 0 ? `${memoryBytes / 2 ** 30}GB` : `${Math.floor(memoryBytes / 2 ** 20)}MB`;
  return new RaccrocheError(
    'memory_exhausted',
    `Mémoire insuffisante à l’étape « ${StageLabels[failed]} » : --memory ${given} ne suffit pas à ces fichiers. ` +
      'Relancez la même commande avec une valeur plus grande pour --memory, ou avec --threads 1 ; elle reprend à cette étape.',
    EXIT_CODES.usage,
  );
}

/** Runs the stages that are not done; opens what the others left. */
async function runStages(context: CampaignContext, journal: StageJournal): Promise<void> {
  for (const stage of CAMPAIGN_STAGES) {
    if (journal.isDone(stage.stage)) {
      await openPersisted(context.database, join(context.output.final, 'data'), stage.data);
      context.progress.note(`  ${StageLabels[stage.stage]} : déjà fait, repris tel quel`);
      continue;
    }
    journal.done(stage.stage, await stage.run(context));
  }
}

/** What a campaign writes would be read by the next one as if it had been received. */
function refuseResultsAmongDeliveries({ deliveries, out, registry }: CampaignOptions): void {
  for (const [option, folder] of [
    ['--out', out],
    ['--registry', registry],
  ] as const) {
    const way = relative(deliveries, folder);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) continue;
    throw new RaccrocheError(
      'results_among_deliveries',
      `« ${folder} » est dans le dossier des fichiers reçus, « ${deliveries} ». Donnez à ${option} un dossier ailleurs.`,
      EXIT_CODES.usage,
    );
  }
}

function getRuleSet(options: CampaignOptions): RuleSet {
  const ruleSet = findRuleSet(options.ruleSetId);
  if (ruleSet) return ruleSet;
  const known = listRuleSets().map((each) => each.id);
  throw new RaccrocheError(
    'unknown_rule_set',
    `Règles inconnues : « ${options.ruleSetId} ». Choisissez parmi : ${known.join(', ')}.`,
    EXIT_CODES.usage,
  );
}
