import {
  asEngine,
  clusterPairs,
  type Model,
  openSession,
  patternFactors,
  scorePairs,
  trainModel,
} from '@raccroche/linkage';
import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step } from '../../../platform/duckdb/step.ts';
import { decisionSteps, dropLookAlikeWorkStep } from './decision-steps.ts';
import { identityVariantStep } from './identity-variants.ts';
import { type PatternPlace, personPairSteps, type Thresholds } from './person-pairs.ts';
import { personTraitSteps } from './person-traits.ts';
import { FIRST_NAME_COMPARISON, SIEI_MODEL } from './siei-model.ts';

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

export interface LookAlikeSummary {
  /** Ways of writing persons that were compared. */
  readonly variants: number;
  /** The model as estimated on these records; absent when there were too few. */
  readonly model?: Model;
  /** Pairs that the blocking rules found. */
  readonly candidatePairs: number;
}

/** Steps around the engine's own, in order. */
export function lookAlikeSteps(model: Model = SIEI_MODEL): readonly Step[] {
  return [...preparingSteps(), ...decidingSteps(model), dropLookAlikeWorkStep()];
}

function preparingSteps(): readonly Step[] {
  return [identityVariantStep()];
}

function decidingSteps(model: Model): readonly Step[] {
  return [
    ...personPairSteps(placeOf(model, FIRST_NAME_COMPARISON)),
    ...personTraitSteps(),
    ...decisionSteps(model, LOOK_ALIKE_THRESHOLDS),
  ];
}

/**
 * Second stage: who is the same person although no identifier says so and something is written differently. Estimates the
 * model on the records themselves, without labels, scores, and joins the persons of the first stage. Needs the views of
 * `inputSteps`. What is sure and what is doubtful: `LOOK_ALIKE_THRESHOLDS`.
 */
export async function linkLookAlikes(database: Database): Promise<LookAlikeSummary> {
  const engine = asEngine(database.connection, () => undefined);
  try {
    await runSteps(database, preparingSteps());
    const session = await openSession(engine, {
      inputs: [{ relation: 'linkage.variants' }],
      model: { ...SIEI_MODEL, retainColumns: ['person_id'] },
      prefix: 'linkage.look_alike_',
    });
    if (session.recordCount < LEAST_VARIANTS) return { variants: session.recordCount, candidatePairs: 0 };
    const { model, candidatePairs } = await trainModel(session, SIEI_MODEL, { maxRandomPairs: RANDOM_PAIRS });
    await scorePairs(session, model, { threshold: SCORED_FROM });
    const steps = decidingSteps(model);
    const split = steps.findIndex(({ name }) => name === 'linkage_person_moves');
    await runSteps(database, steps.slice(0, split));
    await clusterPairs(engine, {
      nodes: 'linkage.person_numbers',
      pairs: 'linkage.person_pairs',
      into: 'linkage.person_clusters',
      threshold: { weight: LOOK_ALIKE_THRESHOLDS.upper },
      floor: SCORED_FROM,
      cap: MOST_THAT_COUNTS,
      constraints: { traits: 'linkage.person_traits', cannotLink: 'linkage.person_clashes' },
    });
    await runSteps(database, steps.slice(split));
    return { variants: session.recordCount, model, candidatePairs };
  } finally {
    await runSteps(database, [dropLookAlikeWorkStep()]);
  }
}

function placeOf(model: Model, index: number): PatternPlace {
  const levels = model.comparisons[index]?.levels ?? [];
  const radix = levels.filter(({ isNull }) => isNull !== true).length + 1;
  return { factor: patternFactors(model)[index] ?? 1, radix };
}
