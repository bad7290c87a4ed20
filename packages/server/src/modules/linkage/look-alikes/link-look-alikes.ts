import {
  asEngine,
  type ClusterOptions,
  clusterPairs,
  type Model,
  openSession,
  scorePairs,
  type TrainingWarningCode,
  trainModel,
  writeModelFile,
} from '@raccroche/linkage';
import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step, type StepListener } from '../../../platform/duckdb/step.ts';
import { decisionSteps, dropLookAlikeWorkStep } from './decision-steps.ts';
import { engineStep } from './engine-step.ts';
import { identityVariantStep } from './identity-variants.ts';
import { FIRST_NAME_COMPARISON, patternPlaceOf } from './pattern-place.ts';
import { personPairSteps, type Thresholds } from './person-pairs.ts';
import { personTraitSteps } from './person-traits.ts';
import { SIEI_MODEL } from './siei-model.ts';

/**
 * From `upper` on, one person; from `lower`, for a person to decide. Fixed on synthetic regions before any campaign, where
 * 2 of 894 pairs from 12 on were wrong, and the band below held 82 right pairs for 24 wrong ones. See docs/adr/0005.
 */
export const LOOK_ALIKE_THRESHOLDS: Thresholds = { lower: 6, upper: 12 };

/** Pairs below this are not kept; within a cluster they count as this. */
const SCORED_FROM = 0;
/** Nothing a pair shows can outweigh more than this against it. */
const MOST_THAT_COUNTS = 30;

/** Pairs drawn at random to learn how often different people agree: a level that one in 100,000 pairs reaches is seen ten times. */
const RANDOM_PAIRS = 1_000_000;

/**
 * With fewer ways of writing people than this, neither how rare a name is nor how often two records are of one person can
 * be told: the first stage stands alone.
 */
export const LEAST_VARIANTS = 2000;

/** What training says of a model that may have learned another thing than who is the same person: it joins nobody. */
const UNSAFE: ReadonlySet<TrainingWarningCode> = new Set([
  'label_switched',
  'too_many_matches',
  'few_matches',
]);

export type LookAlikeSummary =
  | { readonly variants: number; readonly model?: undefined }
  | {
      /** Ways of writing persons that were compared. */
      readonly variants: number;
      /** The model as estimated on these records; absent when there were too few. */
      readonly model: Model;
      /** The same as a file. */
      readonly modelText: string;
      /** Pairs that the blocking rules found. */
      readonly candidatePairs: number;
      /** Links that rest on resemblance. */
      readonly links: number;
    };

/** Every step in order; what the engine does itself is told by a step whose text is a comment. */
export function lookAlikeSteps(model: Model = SIEI_MODEL): readonly Step[] {
  return [...preparingSteps(), ...pairSteps(model), CLUSTERING, ...closingSteps(model)];
}

const SCORING = engineStep('linkage_look_alike_scores', 'openSession, trainModel, scorePairs', {
  reads: ['linkage.variants'],
  writes: ['linkage.look_alike_records', 'linkage.look_alike_pairs'],
});
const CLUSTERING = engineStep('linkage_person_clusters', 'clusterPairs', {
  reads: [
    'linkage.person_numbers',
    'linkage.person_pairs',
    'linkage.person_traits',
    'linkage.person_clashes',
  ],
  writes: ['linkage.person_clusters'],
});

function preparingSteps(): readonly Step[] {
  return [identityVariantStep(), SCORING];
}

function pairSteps(model: Model): readonly Step[] {
  return [...personPairSteps(patternPlaceOf(model, FIRST_NAME_COMPARISON)), ...personTraitSteps()];
}

function closingSteps(model: Model): readonly Step[] {
  return [...decisionSteps(model, LOOK_ALIKE_THRESHOLDS), dropLookAlikeWorkStep()];
}

/**
 * Second stage: who is the same person although no identifier says so and something is written differently. Estimates the
 * model on the records themselves, without labels, scores, and joins the persons of the first stage. Needs the views of
 * `inputSteps`; leaves `linkage.variants` to who comes next. What is sure and what is doubtful: `LOOK_ALIKE_THRESHOLDS`.
 */
export async function linkLookAlikes(database: Database, onStep?: StepListener): Promise<LookAlikeSummary> {
  const engine = asEngine(database.connection, () => undefined);
  const told = lookAlikeSteps().map(({ name }) => name);
  const tell: StepListener = (step) => onStep?.(step, told.indexOf(step.name), told.length);
  try {
    await runSteps(database, [identityVariantStep()], tell);
    tell(SCORING, 0, 0);
    const session = await openSession(engine, {
      inputs: [{ relation: 'linkage.variants' }],
      model: { ...SIEI_MODEL, retainColumns: ['person_id'] },
      prefix: 'linkage.look_alike_',
    });
    if (session.recordCount < LEAST_VARIANTS) return { variants: session.recordCount };
    const training = await trainModel(session, SIEI_MODEL, { maxRandomPairs: RANDOM_PAIRS });
    const { model, candidatePairs } = training;
    if (training.warnings.some(({ code }) => UNSAFE.has(code))) return { variants: session.recordCount };
    await scorePairs(session, model, { threshold: SCORED_FROM });
    await runSteps(database, pairSteps(model), tell);
    tell(CLUSTERING, 0, 0);
    await clusterPairs(engine, CLUSTER_OPTIONS);
    await runSteps(database, decisionSteps(model, LOOK_ALIKE_THRESHOLDS), tell);
    const [row] = await database.all("SELECT count(*) AS n FROM linkage.links WHERE rule = 'look_alike'");
    const links = Number(row?.n ?? 0);
    return { variants: session.recordCount, model, modelText: writeModelFile(model), candidatePairs, links };
  } finally {
    await runSteps(database, [dropLookAlikeWorkStep()], tell);
  }
}

const CLUSTER_OPTIONS: ClusterOptions = {
  nodes: 'linkage.person_numbers',
  pairs: 'linkage.person_pairs',
  into: 'linkage.person_clusters',
  threshold: { weight: LOOK_ALIKE_THRESHOLDS.upper },
  floor: SCORED_FROM,
  cap: MOST_THAT_COUNTS,
  constraints: { traits: 'linkage.person_traits', cannotLink: 'linkage.person_clashes' },
};
