import type { Row } from '../expression/expression.ts';
import { pairOf } from '../levels/gamma-twin.ts';
import { columnsOfLevels, gammas, type Model } from '../model/model.ts';
import { compilePairTwin, type PairScore } from './score-twin.ts';

/** One bar of the waterfall. It names columns, never what they hold. */
export interface ExplanationStep {
  readonly comparison: string;
  /** Columns of the records that the comparison reads. */
  readonly columns: readonly string[];
  /** −1 (missing values), or 0 to k − 1. */
  readonly gamma: number;
  /** Label of the level that the pair reached. */
  readonly label: string;
  /** log2(m / u) of the level. */
  readonly weight: number;
  /** What the frequency of the value adds to it, log2. */
  readonly termFrequency: number;
  /** Sum up to and with this step, the prior included. */
  readonly runningTotal: number;
}

/** Why a pair weighs what it weighs: the prior, then each comparison in the model's order, up to the total. */
export interface PairExplanation {
  readonly priorWeight: number;
  readonly steps: readonly ExplanationStep[];
  /** Match weight, log2: the running total of the last step. */
  readonly weight: number;
  /** 0 to 1. */
  readonly probability: number;
}

/** The waterfall of a score. */
export function explainScore(model: Model, score: PairScore): PairExplanation {
  let runningTotal = score.priorWeight;
  const steps = model.comparisons.map((comparison, index) => {
    const { gamma = -1, weight = 0, termFrequency = 0 } = score.comparisons[index] ?? {};
    runningTotal += weight + termFrequency;
    // Several null levels share γ = −1: the first one's label stands for them.
    const reached = gammas(comparison).find((one) => one.gamma === gamma);
    return {
      comparison: comparison.name,
      columns: [...new Set([...comparison.columns, ...columnsOfLevels(comparison.levels)])],
      gamma,
      label: reached?.level.label ?? '',
      weight,
      termFrequency,
      runningTotal,
    };
  });
  return { priorWeight: score.priorWeight, steps, weight: score.weight, probability: score.probability };
}

/**
 * Scores and explains one pair of prepared records at once, without the engine. `left` is the record that comes first in
 * the order of source and id: levels may be asymmetrical. Both hold the model's columns, derived ones included, and
 * `tf_<column>` for adjusted columns (a share, or absent). Throws a TypeError for a level that only the engine can read.
 */
export function explainPair(model: Model, left: Row, right: Row): PairExplanation {
  return explainScore(model, compilePairTwin(model).score(pairOf(left, right)));
}
