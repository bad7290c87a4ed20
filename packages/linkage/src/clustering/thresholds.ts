import { numberSql } from '../scoring/weight-sql.ts';
import { weightOf } from '../scoring/weights.ts';

/** Where a line is drawn: a match weight (log2) or a probability in [0, 1]; one of them, never both. */
export interface Threshold {
  readonly weight?: number;
  readonly probability?: number;
}

/**
 * The match weight that must be reached (inclusive). Probability 0 gives −∞ (everything), 1 gives +∞.
 * Throws a TypeError when both or none are given, a RangeError for what is no weight or no probability.
 */
export function thresholdWeight({ weight, probability }: Threshold): number {
  if (weight !== undefined && probability !== undefined) {
    throw new TypeError('give a threshold by weight or by probability, not both');
  }
  if (weight !== undefined) {
    if (Number.isNaN(weight)) throw new RangeError('the weight of a threshold is not a number');
    return weight;
  }
  if (probability === undefined) throw new TypeError('give a threshold, by weight or by probability');
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError('the probability of a threshold must be between 0 and 1');
  }
  return weightOf(probability);
}

/** What is concluded of a pair: one person; somebody must look; different persons as far as is known. */
export const OUTCOMES = ['same', 'review', 'apart'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface OutcomeThresholds {
  /** From here on, `same`. */
  readonly upper: Threshold;
  /** From here to `upper`, `review`; below, `apart`. */
  readonly lower: Threshold;
}

/** Both lines as weights. Throws a RangeError when the lower is above the upper. */
export function outcomeWeights({ upper, lower }: OutcomeThresholds): {
  readonly upper: number;
  readonly lower: number;
} {
  const weights = { upper: thresholdWeight(upper), lower: thresholdWeight(lower) };
  if (weights.lower > weights.upper) throw new RangeError('the lower threshold is above the upper one');
  return weights;
}

/** Outcome of one match weight. */
export function outcomeOf(weight: number, thresholds: OutcomeThresholds): Outcome {
  const { upper, lower } = outcomeWeights(thresholds);
  if (weight >= upper) return 'same';
  return weight >= lower ? 'review' : 'apart';
}

/** The same as SQL over a column of match weights (`weight` is SQL text); a missing weight is `apart`. */
export function outcomeSql(weight: string, thresholds: OutcomeThresholds): string {
  const { upper, lower } = outcomeWeights(thresholds);
  return `CASE WHEN ${weight} >= ${numberSql(upper)} THEN 'same' WHEN ${weight} >= ${numberSql(lower)} THEN 'review' ELSE 'apart' END`;
}
