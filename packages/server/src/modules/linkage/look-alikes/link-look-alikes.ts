import {
  asEngine,
  clusterPairs,
  type LinkSession,
  type Model,
  openSession,
  scorePairs,
  type TermFrequencyTable,
  type TrainingWarningCode,
  trainModel,
  writeModelFile,
} from '@raccroche/linkage';
import { atOnce } from '../../../platform/duckdb/at-once.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step, type StepListener } from '../../../platform/duckdb/step.ts';
import { affectedSteps, findAffected } from '../incremental/affected-persons.ts';
import { type PreviousLinkage, SHOWN } from '../incremental/previous-linkage.ts';
import { TOUCHED_SOURCES } from '../incremental/touched-rows.ts';
import { ALL_SOURCES } from '../input.ts';
import { carriedWaySteps, comparedWaySteps, dropCarriedWaysStep } from './carried-ways.ts';
import { changedVariantsStep, comparedPairsStep, wholePairsStep } from './compared-pairs.ts';
import { decisionSteps, dropComparedStep, dropLookAlikeWorkStep } from './decision-steps.ts';
import { engineStep } from './engine-step.ts';
import { type HeldModel, heldModel } from './held-model.ts';
import { dropVariantsStep, dropVariantWorkStep, identityVariantSteps } from './identity-variants.ts';
import { carriedPairsStep } from './kept-ways.ts';
import { FIRST_NAME_COMPARISON, patternPlaceOf } from './pattern-place.ts';
import { personPairSteps } from './person-pairs.ts';
import { carriedTraitsStep, personTraitSteps } from './person-traits.ts';
import { shippedModel } from './shipped-model.ts';
import { SIEI_MODEL } from './siei-model.ts';
import { CLUSTER_OPTIONS, LOOK_ALIKE_THRESHOLDS, SCORED_FROM } from './thresholds.ts';
import { dropContactsStep } from './variant-contacts.ts';
import { asVariants, heldTermsStep, termCountsStep, termFrequencies, waysStep } from './ways.ts';

/** Pairs drawn at random to learn how often different people agree: a level that one in 100,000 pairs reaches is seen ten times. */
const RANDOM_PAIRS = 1_000_000;
/** Pairs of look-alikes that estimation looks at, at most: patterns of a million tell as much as those of a whole country. */
const TRAINING_PAIRS = 1_000_000;

/**
 * With fewer ways of writing people than this, neither how rare a name is nor how often two records are of one person can
 * be told: the model is used as shipped, and joins nobody.
 */
export const LEAST_VARIANTS = 2000;

/** What training says of a model that may have learned another thing than who is the same person: it is not used. */
const UNSAFE: ReadonlySet<TrainingWarningCode> = new Set([
  'label_switched',
  'too_many_matches',
  'few_matches',
]);

export interface LookAlikeSummary {
  /** Ways of writing persons that were compared. */
  readonly variants: number;
  /**
   * `estimated` on these records, or on those of the campaign whose model is held over; `shipped` when there were too few, or when what was estimated could not be trusted: then
   * look-alikes are asked about, and none is joined.
   */
  readonly judgedBy: 'estimated' | 'shipped';
  /** Ways of writing persons that the estimated model was estimated on. */
  readonly estimatedOn: number;
  /** Whether that was in an earlier campaign. */
  readonly held: boolean;
  /** Whether pairs that the earlier campaign compared were carried over. */
  readonly carried: boolean;
  readonly model: Model;
  /** The same as a file. */
  readonly modelText: string;
  /** Links that rest on resemblance. */
  readonly links: number;
}

/** Every step in order; what the engine does itself is told by a step whose text is a comment. */
export function lookAlikeSteps(model: Model = SIEI_MODEL): readonly Step[] {
  return [...preparingSteps(model), ...pairSteps(model), CLUSTERING, ...closingSteps(model)];
}

const RECORDS = engineStep('linkage_look_alike_records', 'openSession, trainModel', {
  reads: ['linkage.variants', 'linkage.ways', 'linkage.compared_ways', 'linkage.term_counts'],
  writes: ['linkage.look_alike_records'],
});
const SCORING = engineStep('linkage_look_alike_scores', 'scorePairs', {
  reads: ['linkage.look_alike_records', 'linkage.changed_variants'],
  writes: ['linkage.look_alike_scores'],
});
const CLUSTERING = engineStep('linkage_person_clusters', 'clusterPairs', {
  reads: [
    'linkage.paired_persons',
    'linkage.person_pairs',
    'linkage.person_traits',
    'linkage.person_clashes',
  ],
  writes: ['linkage.person_clusters'],
});

/** Everybody stays who they are. */
const NOBODY_JOINED: Step = {
  name: 'linkage_persons_as_they_are',
  reads: ['linkage.paired_persons'],
  writes: ['linkage.person_clusters'],
  sql: `CREATE OR REPLACE TABLE linkage.person_clusters AS SELECT rid, rid AS cluster FROM linkage.paired_persons`,
};

function preparingSteps(model: Model): readonly Step[] {
  return [
    ...identityVariantSteps(ALL_SOURCES),
    ...identityVariantSteps(TOUCHED_SOURCES, false),
    ...carriedWaySteps(SHOWN),
    heldTermsStep({ terms: "read_parquet('term-counts.parquet')" }),
    carriedPairsStep(SHOWN),
    ...comparedWaySteps(model),
    RECORDS,
    dropVariantsStep(),
    waysStep(),
    termCountsStep(),
    carriedTraitsStep(SHOWN),
    changedVariantsStep(),
    SCORING,
  ];
}

function pairSteps(model: Model): readonly Step[] {
  return [
    comparedPairsStep(patternPlaceOf(model, FIRST_NAME_COMPARISON)),
    wholePairsStep(SHOWN, LOOK_ALIKE_THRESHOLDS),
    ...affectedSteps(),
    dropComparedStep(),
    ...personPairSteps(true),
    ...personPairSteps(),
    ...personTraitSteps(),
  ];
}

function closingSteps(model: Model): readonly Step[] {
  return [
    ...decisionSteps(model, LOOK_ALIKE_THRESHOLDS, SHOWN),
    dropLookAlikeWorkStep(),
    dropCarriedWaysStep(),
  ];
}

export interface LookAlikeOptions {
  /** Model of an earlier campaign: used as it is, if it fits these records. */
  readonly held?: HeldModel | undefined;
  /**
   * What an earlier campaign left: then the tables of the first stage are of touched persons alone, and everybody else is written
   * as there. If its model judges, only pairs of which a side changed are compared anew, and only who hangs together with such a pair is
   * judged anew.
   */
  readonly before?: PreviousLinkage | undefined;
  /** Where estimation starts from: the model as shipped, by default. */
  readonly startFrom?: Model | undefined;
  /** What is to be done with `COMPARED_TABLES`, beside the judging of persons. */
  readonly compared?: ((beside: Database) => Promise<void>) | undefined;
  readonly onStep?: StepListener | undefined;
}

/**
 * Second stage: who is the same person although no identifier says so and something is written differently. Estimates the
 * model on the records themselves, without labels, scores, and joins the persons of the first stage. Needs `tellingSteps` and the views of
 * `inputSteps`; leaves `linkage.ways`, how rare their values are in `linkage.term_counts`, and whom each person became in
 * `linkage.person_moves`, to who comes next. What is sure and what is doubtful: `LOOK_ALIKE_THRESHOLDS`.
 */
export async function linkLookAlikes(
  database: Database,
  { held: offered, before, startFrom, compared, onStep }: LookAlikeOptions = {},
): Promise<Omit<LookAlikeSummary, 'links'>> {
  const engine = asEngine(database.connection, () => undefined);
  const told = lookAlikeSteps().map(({ name }) => name);
  const tell: StepListener = (step) => onStep?.(step, told.indexOf(step.name), told.length);
  const run = (steps: readonly Step[]) => runSteps(database, steps, tell);
  const open = (relation: string, frequencies?: readonly TermFrequencyTable[]) => {
    tell(RECORDS, 0, 0);
    const model = { ...SIEI_MODEL, retainColumns: ['person_id'] };
    // Ways of writing everybody come numbered; others are some of them, or gathered from two campaigns.
    const numbered = relation === ALL_VARIANTS ? { numbered: 'variant' } : {};
    const inputs = [{ relation, ...numbered }];
    return openSession(engine, { inputs, model, prefix: 'linkage.look_alike_', frequencies });
  };
  try {
    const sources = before === undefined ? ALL_SOURCES : TOUCHED_SOURCES;
    await run(identityVariantSteps(sources, before === undefined));
    if (before !== undefined) await run(carriedWaySteps(before));
    const variants = await countOf(database, before === undefined ? ALL_VARIANTS : 'linkage.ways');
    const held = variants < LEAST_VARIANTS ? undefined : heldModel(offered, variants);
    const carried = held !== undefined && before?.sameModel === true ? before : undefined;
    if (held !== undefined && offered !== undefined) await run([heldTermsStep(offered)]);
    if (held !== undefined && carried !== undefined)
      await run([carriedPairsStep(carried), ...comparedWaySteps(held)]);
    const relation = relationOf(before !== undefined, carried !== undefined);
    const frequencies = held === undefined ? undefined : await termFrequencies(database);
    const session = await open(relation, frequencies);
    // What records were made of is no longer read, but by the campaign that follows.
    await run([before === undefined ? waysStep() : dropVariantsStep()]);
    const estimated = held ?? (await estimate(session, startFrom ?? shippedModel(variants)));
    const model = estimated ?? shippedModel(variants);
    await run([
      ...(before === undefined ? [] : [carriedTraitsStep(before)]),
      ...(held === undefined ? [termCountsStep()] : []),
      ...(carried === undefined ? [] : [changedVariantsStep()]),
    ]);
    tell(SCORING, 0, 0);
    await comparePairs(database, session, { model, carried, run });
    await run([dropComparedStep(), ...personPairSteps(carried !== undefined), ...personTraitSteps()]);
    const judge = async (): Promise<void> => {
      tell(CLUSTERING, 0, 0);
      if (estimated === undefined) await run([NOBODY_JOINED]);
      else await clusterPairs(engine, CLUSTER_OPTIONS);
      await run(decisionSteps(model, LOOK_ALIKE_THRESHOLDS, carried));
    };
    await (compared === undefined ? judge() : atOnce(database, judge, compared));
    const judgedBy = estimated === undefined ? 'shipped' : 'estimated';
    const estimatedOn = held === undefined ? variants : (offered?.variants ?? variants);
    const modelText = writeModelFile(model);
    const whence = { held: held !== undefined, carried: carried !== undefined };
    return { variants, judgedBy, estimatedOn, model, modelText, ...whence };
  } finally {
    await run([dropVariantWorkStep(), dropContactsStep(), dropLookAlikeWorkStep(), dropCarriedWaysStep()]);
  }
}

interface Comparing {
  readonly model: Model;
  readonly carried: PreviousLinkage | undefined;
  readonly run: (steps: readonly Step[]) => Promise<void>;
}

/** `linkage.look_alike_pairs`; where those of the earlier campaign are carried, also whom that leaves to be judged anew. */
async function comparePairs(
  database: Database,
  session: LinkSession,
  { model, carried, run }: Comparing,
): Promise<void> {
  await scorePairs(session, model, {
    threshold: SCORED_FROM,
    into: 'linkage.look_alike_scores',
    groupedBy: 'person_id',
    ...(carried === undefined ? {} : { among: 'linkage.changed_variants' }),
  });
  await run([comparedPairsStep(patternPlaceOf(model, FIRST_NAME_COMPARISON))]);
  if (carried === undefined) return;
  await run([wholePairsStep(carried, LOOK_ALIKE_THRESHOLDS)]);
  await findAffected(database);
}

const ALL_VARIANTS = 'linkage.variants';

/** Which ways of writing people the engine compares. */
function relationOf(some: boolean, carried: boolean): string {
  if (!some) return ALL_VARIANTS;
  return asVariants(carried ? 'linkage.compared_ways' : 'linkage.ways');
}

async function countOf(database: Database, table: string): Promise<number> {
  const [row] = await database.all(`SELECT count(*)::INTEGER AS n FROM ${table}`);
  return Number(row?.n ?? 0);
}

/** The model as estimated on the records; undefined when they are too few, or when it may have learned another thing. */
async function estimate(session: LinkSession, start: Model): Promise<Model | undefined> {
  if (session.recordCount < LEAST_VARIANTS) return undefined;
  const { model, warnings } = await trainModel(session, start, {
    maxRandomPairs: RANDOM_PAIRS,
    maxCandidatePairs: TRAINING_PAIRS,
    // The comparisons stay those of the shipped model: people read their names, and the next estimation starts from them.
    repeated: 'kept',
  });
  return warnings.some(({ code }) => UNSAFE.has(code)) ? undefined : model;
}
