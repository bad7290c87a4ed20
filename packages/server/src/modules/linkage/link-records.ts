import {
  type ExactLinkageSpec,
  exactLinkageSteps,
  LINK_RULES,
  linkExact,
  type Model,
} from '@raccroche/linkage';
import { parseCivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { runSteps, type Step, type StepListener } from '../../platform/duckdb/step.ts';
import { FETCHED_RECORDS, type FetchedRecords } from '../sources/index.ts';
import { deathSteps, linkDeaths } from './deaths/link-deaths.ts';
import { applyDecisions, type DecisionSummary } from './decisions/apply-decisions.ts';
import type { DecisionInput, RecognisedNumber } from './decisions/decision.ts';
import { allDecisionSteps, closeDecidedStep, dropDecidedStep } from './decisions/decision-steps.ts';
import { recogniseDecided } from './decisions/write-decisions.ts';
import {
  ASKED_RECORDS,
  touchMore,
  touchMoreSteps,
  withEverybody,
  writeAsked,
} from './incremental/asked-people.ts';
import { recordMarksStep } from './incremental/changed-records.ts';
import { allOverSteps, takeAllOver } from './incremental/nothing-touched.ts';
import { type PreviousLinkage, SHOWN } from './incremental/previous-linkage.ts';
import { findTouched, touchedSteps } from './incremental/touched-persons.ts';
import { dropTouchedStep, TOUCHED_SOURCES, touchedRowSteps } from './incremental/touched-rows.ts';
import {
  carriedLitigesStep,
  differencesOf,
  dropDifferencesStep,
  firstMembersStep,
  tiesStep,
  wholeResultSteps,
} from './incremental/whole-results.ts';
import {
  ALL_SOURCES,
  dropInputStep,
  INPUT_VIEWS,
  inputSteps,
  type LinkagePeriod,
  type LinkedSources,
} from './input.ts';
import { keepTellingsStep } from './kept-tellings.ts';
import type { LinkageSummary } from './linkage-summary.ts';
import { DEDUCED_RULE } from './links-of-persons.ts';
import {
  recountContacts,
  recountedContactsStep,
  UNCROWDED_RECORDS,
  uncrowdedRecordsStep,
} from './look-alikes/carried-contacts.ts';
import type { HeldModel } from './look-alikes/held-model.ts';
import { linkLookAlikes, lookAlikeSteps } from './look-alikes/link-look-alikes.ts';
import { createLinkageTablesSql } from './tables.ts';
import { recordResultSteps, TELLING_RESULTS, tellingMembersStep } from './telling-results.ts';
import { decidedTellingsStep, dropTellingsStep, tellingSteps } from './tellings.ts';

export interface LinkageOptions extends LinkagePeriod {
  /** What people decided of litiges of former campaigns; nothing by default. */
  readonly decisions?: DecisionInput | undefined;
  /** The model that an earlier campaign estimated, to judge resemblances; without one, it is estimated on the records. */
  readonly held?: HeldModel | undefined;
  /** What an earlier campaign left: only persons whom something touches are linked anew, which gives the same. */
  readonly before?: PreviousLinkage | undefined;
  /** Where rows of touched records are held for the stages that follow; without it they are read of `sources`. */
  readonly fetched?: FetchedRecords | undefined;
  /** Share of all records above which, those of touched persons, nothing is taken over; a third by default. */
  readonly mostTouched?: number | undefined;
  /** Where the estimation of resemblances starts from: the model as shipped, by default. */
  readonly startFrom?: Model | undefined;
  /**
   * Told, where everybody is linked, when `COMPARED_TABLES` are what they will be: done beside the judging of persons, of which much is work for one core.
   */
  readonly compared?: ((beside: Database) => Promise<void>) | undefined;
  /** Folder to leave `keptTellings` in, where everybody is linked; they are left nowhere by default. */
  readonly tellings?: string | undefined;
  readonly onStep?: StepListener | undefined;
}

/** Tables for the campaign that follows, which nothing changes any more once ways of writing everybody have been compared. */
export const COMPARED_TABLES: ReadonlySet<string> = new Set([
  'linkage.ways',
  'linkage.look_alike_pairs',
  'linkage.traits',
  'linkage.record_marks',
  'linkage.crowded_contacts',
  'linkage.term_counts',
]);

const SPEC: ExactLinkageSpec = {
  input: INPUT_VIEWS,
  output: TELLING_RESULTS,
  toldRules: LINK_RULES.filter((rule) => rule !== DEDUCED_RULE),
  workPrefix: 'linkage.exact_',
};

/** Every step of the stage, in order, for whoever checks which tables are read and written. */
export function linkageSteps(period: LinkagePeriod): readonly Step[] {
  return [
    recordMarksStep(),
    ...touchedSteps(period, SHOWN),
    ...allOverSteps(SHOWN),
    ...touchedRowSteps(),
    ...tellingSteps(period, TOUCHED_SOURCES),
    ...inputSteps(period, TOUCHED_SOURCES),
    ...tellingSteps(period, ALL_SOURCES),
    ...inputSteps(period),
    ...exactLinkageSteps(SPEC),
    ...recordResultSteps(),
    carriedLitigesStep(SHOWN),
    ASKED,
    ...touchMoreSteps(SHOWN, ASKED_RECORDS),
    firstMembersStep(),
    ...allDecisionSteps(),
    recountedContactsStep(SHOWN),
    uncrowdedRecordsStep(),
    ...touchMoreSteps(SHOWN, UNCROWDED_RECORDS),
    ...tellingSteps(period, TOUCHED_SOURCES),
    tellingMembersStep(),
    decidedTellingsStep(),
    keepTellingsStep('.'),
    ...lookAlikeSteps(),
    closeDecidedStep(),
    tiesStep(),
    ...deathSteps(period.asOf),
    ...wholeResultSteps(SHOWN, true),
    dropDecidedStep(),
    dropInputStep(),
    dropTellingsStep(),
    dropTouchedStep(),
    dropDifferencesStep(),
  ];
}

const ASKED: Step = {
  name: 'linkage_asked_records',
  reads: [],
  writes: ['linkage.asked_records'],
  sql: '-- recognise: to linkage.asked_records',
};

/**
 * Works out who is the same person among `sources.records`, and whose deaths `sources.deaths` tells: fills
 * `linkage.memberships`, `links`, `litiges`, `decisions` and `deaths`, and what the campaign that follows goes on from,
 * replacing what was there. What people decided outweighs
 * both stages. The result depends on the content of the tables only: going on from an earlier campaign changes nothing.
 * Throws when a date is not civil, or with the name of the step that failed.
 * Source: rules §7, §8 (Litige, Place).
 */
export async function linkRecords(database: Database, options: LinkageOptions): Promise<LinkageSummary> {
  for (const date of [options.asOf, options.windowStart]) {
    if (parseCivilDate(date) !== date) throw new TypeError('linkage needs civil dates, yyyy-mm-dd');
  }
  await emptyTables(database);
  const touched =
    options.before !== undefined &&
    (await findTouched(database, options, options.before, options.mostTouched));
  const before = touched ? options.before : undefined;
  const asBefore = before && (await takeAllOver(database, options, before));
  if (asBefore !== undefined) return asBefore;
  if (before !== undefined) await readTouched(database, options.fetched);
  else await runSteps(database, [recordMarksStep()]);
  const sources = before === undefined ? ALL_SOURCES : TOUCHED_SOURCES;
  try {
    return await link(database, options, before, sources);
  } finally {
    await runSteps(database, [dropDecidedStep(), dropInputStep(), dropTellingsStep(), dropTouchedStep()]);
  }
}

async function readTouched(database: Database, fetched: FetchedRecords | undefined): Promise<void> {
  await fetched?.hold('FROM linkage.touched_records');
  const sources = fetched === undefined ? ALL_SOURCES : { ...ALL_SOURCES, records: FETCHED_RECORDS };
  await runSteps(database, touchedRowSteps(sources));
}

/** `before`: when `sources` are of touched persons alone. */
async function link(
  database: Database,
  options: LinkageOptions,
  before: PreviousLinkage | undefined,
  sources: LinkedSources,
): Promise<LinkageSummary> {
  // One bar for all stages.
  const [second, third] = [lookAlikeSteps().length, deathSteps(options.asOf).length];
  const more = second + third;
  const input = [...tellingSteps(options, sources), ...inputSteps(options, sources)];
  let done = input.length + exactLinkageSteps(SPEC).length;
  await runSteps(database, input, (step, index) => options.onStep?.(step, index, done + more));
  const { links, litiges, persons } = await linkExact(database, SPEC, (step, index, total) => {
    done = input.length + total;
    options.onStep?.(step, input.length + index, done + more);
  });
  await runSteps(database, recordResultSteps());
  const [members] = await database.all('SELECT count(*)::INTEGER AS n FROM linkage.memberships');
  const records = Number(members?.n ?? 0);
  const { answering, ...decisions } = await decide(database, options, before);
  if (before === undefined && options.tellings !== undefined)
    await runSteps(database, [keepTellingsStep(options.tellings)]);
  const resembling = await linkLookAlikes(database, {
    held: options.held,
    before,
    startFrom: options.startFrom,
    compared: before === undefined ? options.compared : undefined,
    onStep: (step, index) => options.onStep?.(step, done + index, done + more),
  });
  await runSteps(database, [closeDecidedStep(), tiesStep()]);
  const { model, judgedBy, estimatedOn, carried } = resembling;
  if (before !== undefined) await runSteps(database, wholeResultSteps(before, carried));
  const [joined] = await database.all("SELECT count(*) AS n FROM linkage.links WHERE rule = 'look_alike'");
  const { decided, ...deaths } = await linkDeaths(database, {
    asOf: options.asOf,
    learned: judgedBy === 'estimated' ? { model, variants: estimatedOn } : undefined,
    before: carried ? before : undefined,
    decided: { answering, ...options.decisions?.deaths },
    onStep: (step, index) => options.onStep?.(step, done + second + index, done + more),
  });
  const all = { given: decisions.given + decided.given, applied: decisions.applied + decided.applied };
  return {
    records,
    persons,
    links,
    litiges,
    carried: before !== undefined,
    differences: before === undefined ? [] : differencesOf(carried),
    decisions: all,
    lookAlikes: { ...resembling, links: Number(joined?.n ?? 0) },
    deaths,
  };
}

/** Between the two stages: who answers to the numbers of all decisions, and what those do. */
async function decide(
  database: Database,
  options: LinkageOptions,
  before: PreviousLinkage | undefined,
): Promise<DecisionSummary & { readonly answering: ReadonlyMap<string, RecognisedNumber> }> {
  const { decisions } = options;
  const recognise = () => recogniseDecided(decisions);
  if (before !== undefined) await runSteps(database, [carriedLitigesStep(before)]);
  const answering = await (before === undefined ? recognise() : withEverybody(database, before, recognise));
  await writeAsked(database, answering);
  const asked = before !== undefined && answering.size > 0;
  if (asked) await touchMore(database, before, ASKED_RECORDS);
  await runSteps(database, [firstMembersStep()]);
  const summary = await applyDecisions(database, decisions?.decisions ?? [], answering);
  const others = before !== undefined && (await recountContacts(database, before));
  if (asked || others)
    await runSteps(database, [...tellingSteps(options, TOUCHED_SOURCES), tellingMembersStep()]);
  await runSteps(database, [decidedTellingsStep()]);
  return { ...summary, answering };
}

/** Results of an earlier run may be tables, or views over what they differ by from another. */
async function emptyTables(database: Database): Promise<void> {
  const views = await database.all<{ view_name: string }>(
    "SELECT view_name FROM duckdb_views() WHERE schema_name = 'linkage' AND NOT internal",
  );
  for (const { view_name } of views) await database.run(`DROP VIEW linkage.${view_name}`);
  await database.run(createLinkageTablesSql());
  await runSteps(database, [dropDifferencesStep()]);
}

/** Drops what `differences` reads, once the tables are kept elsewhere. */
export async function dropDifferences(database: Database): Promise<void> {
  await runSteps(database, [dropDifferencesStep()]);
}
