import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RequiredFamily } from '@raccroche/contract';
import { atOnce } from '../../../platform/duckdb/at-once.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import { writeLitiges } from '../decisions/write-litiges.ts';
import { writeDifference } from '../difference.ts';
import { exportListsAfter } from '../export-after.ts';
import type { ListContext } from '../export-context.ts';
import { type ExportOptions, exportLists, readListContext } from '../export-lists.ts';
import { missingRequiredFamilies } from '../freshness.ts';
import { buildEntries, buildTouchedEntries } from '../steps.ts';
import { type Summary, summarise, writeSummary } from '../summary.ts';
import { type CampaignContext, dataFolder, emptyFolder, tellSteps } from './campaign-context.ts';
import { LIST_KEPT_DATA } from './data-files.ts';
import { hashAhead } from './hash-file.ts';
import { listFiles } from './manifest.ts';
import { persistTables } from './persist.ts';
import { persistAsked } from './persist-asked.ts';
import { previousListing } from './previous-listing.ts';
import { StageLabels } from './stage-journal.ts';
import { touchedJudgements } from './touched-judgements.ts';

/** What the last stage says: the figures of the campaign, and which sources were missing. */
export interface ListResult {
  readonly listed: number;
  readonly persons: number;
  readonly litiges: number;
  readonly toFollow: number;
  readonly departments: Readonly<Record<string, number>>;
  readonly missing: readonly RequiredFamily[];
  readonly withheld: boolean;
  /** Entries of each list's files, by path. */
  readonly entries: Readonly<Record<string, number>>;
}

/** The last stage: from assessed and numbered persons to what is published. */
export async function list(context: CampaignContext): Promise<ListResult> {
  const { database, options, output, ruleSet, campaign, progress } = context;
  emptyFolder(output.final, 'lists');
  const missing = await missingRequiredFamilies(database);
  const withheld = missing.some((family) => !options.allowMissing.includes(family));
  const takenOver = await makeEntries(context, missing);
  emptyFolder(output.final, 'litiges');
  const exporting: ExportOptions = {
    folder: output.final,
    campaign,
    asOf: options.asOf,
    ruleSet,
    missing,
    threads: options.threads,
    onList: (_code, done, total) =>
      progress.update({ stage: 'list', label: StageLabels.list, done, total, unit: 'listes' }),
  };
  const listContext = await readListContext(database, exporting);
  // Lists are the work of this thread, what the campaign found that of the engine.
  const [exported, summary] = await atOnce(
    database,
    async () => (withheld ? [] : await exportAll(context, exporting, takenOver)),
    (beside) => tellFindings(context, listContext, { on: beside, withheld }),
  );
  return {
    listed: summary.national.listed,
    persons: summary.national.persons,
    litiges: summary.national.litiges,
    toFollow: summary.national.toFollow,
    departments: Object.fromEntries(
      Object.entries(summary.departments).map(([code, { listed }]) => [code, listed]),
    ),
    missing,
    withheld,
    entries: Object.fromEntries(exported.map(({ path, entries }) => [path, entries])),
  };
}

/** Writes what is to be decided, the figures, and what is otherwise than in the campaign before: reads what lists are made of. */
async function tellFindings(
  { options, output, decisions }: CampaignContext,
  listContext: ListContext,
  { on, withheld }: { readonly on: Database; readonly withheld: boolean },
): Promise<Summary> {
  await writeLitiges(on, join(output.final, 'litiges'), decisions !== undefined);
  const summary = await summarise(on, listContext);
  writeSummary(join(output.final, 'summary.json'), summary);
  if (options.previous !== undefined && !withheld) {
    const path = join(output.final, 'difference.json');
    await writeDifference(on, { path, previousOut: options.previous, context: listContext });
  }
  return summary;
}

/** Fills `lists.places`, `lists.listed` and `lists.entries`; whether the entries are but of those whose may have changed. */
async function makeEntries(context: CampaignContext, missing: readonly RequiredFamily[]): Promise<boolean> {
  const { database, options, progress } = context;
  const folder = dataFolder(context);
  const onStep = tellSteps(context, 'list');
  const before = await previousListing(database, options, { folder, missing });
  if (before === undefined || 'because' in before) {
    if (before !== undefined)
      progress.note(`  Toutes les listes sont établies de nouveau : ${before.because}`);
    await buildEntries(database, onStep);
    await persistTables(database, folder, LIST_KEPT_DATA);
    return false;
  }
  await database.run(
    `CREATE OR REPLACE TABLE lists.touched_persons AS ${before.kept.touched}; DROP TABLE lists.still_records`,
  );
  const asked = 'FROM lists.touched_persons';
  await buildTouchedEntries(
    database,
    {
      keepPlaces: () => persistAsked(database, folder, LIST_KEPT_DATA, { previous: options.previous, asked }),
      fetched: context.fetched,
      members: context.members,
      judged: await touchedJudgements(database, folder),
    },
    onStep,
  );
  await database.run('DROP TABLE lists.touched_persons');
  return true;
}

/** Meanwhile tables and rejects are hashed for the seal: they are whole by now, and lists are the work of one thread. The lists are, as soon as they are whole. */
async function exportAll(context: CampaignContext, exporting: ExportOptions, takenOver: boolean) {
  const { database, options, output, errands } = context;
  const hashing = hashAhead([...filesOf(output.final, 'data'), ...filesOf(output.final, 'rejects')]);
  try {
    const exported =
      takenOver && options.previous !== undefined
        ? await exportListsAfter(database, exporting, options.previous)
        : await exportLists(database, exporting);
    errands.begin(hashAhead(filesOf(output.final, 'lists')));
    return exported;
  } finally {
    await hashing;
  }
}

/** What one of its folders holds; nothing when it is not there. */
function filesOf(final: string, name: string): readonly string[] {
  const folder = join(final, name);
  return existsSync(folder) ? listFiles(folder).map((path) => join(folder, path)) : [];
}
