import { type Measures, measuresOf, type PairCounts } from './measures.ts';

/** Judged pairs of exactly one match weight. */
export interface WeightCount {
  readonly weight: number;
  readonly matches: number;
  readonly others: number;
}

export interface TruthTotals {
  /** All matching pairs, scored or not. */
  readonly matches: number;
  /** All other pairs, scored or not. */
  readonly others: number;
}

/** What linking every pair of at least this weight gives. */
export interface TruthPoint extends PairCounts, Measures {
  readonly weight: number;
}

/**
 * Matches that were never scored (blocking missed them, or a threshold cut them): `false_negatives` counts them as missed
 * at every weight; `left_out` judges the weights alone, among scored pairs.
 */
export type UnscoredMatches = 'false_negatives' | 'left_out';

export interface TruthCurve {
  /** From the highest weight to the lowest, one for each weight that occurs: recall never falls along it. */
  readonly points: readonly TruthPoint[];
  readonly matches: number;
  readonly others: number;
  readonly unscoredMatches: number;
  readonly unscored: UnscoredMatches;
  /** Area under the precision–recall curve by steps (average precision): 0 to 1. Unscored matches add nothing. */
  readonly areaPrecisionRecall: number;
  /** Area under the ROC curve, 0 to 1: chance that a match weighs more than another pair, ties half. */
  readonly areaRoc: number;
}

/** The curve of all thresholds, from counts by weight (any order, weights once each) and totals. */
export function truthCurve(
  counts: readonly WeightCount[],
  totals: TruthTotals,
  unscored: UnscoredMatches = 'false_negatives',
): TruthCurve {
  const sorted = [...counts].sort((a, b) => b.weight - a.weight);
  const scoredMatches = sorted.reduce((sum, { matches }) => sum + matches, 0);
  const scoredOthers = sorted.reduce((sum, { others }) => sum + others, 0);
  const all = unscored === 'false_negatives';
  const matches = all ? totals.matches : scoredMatches;
  const others = all ? totals.others : scoredOthers;
  const points: TruthPoint[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  for (const count of sorted) {
    truePositives += count.matches;
    falsePositives += count.others;
    points.push(pointAt(count.weight, truePositives, falsePositives, { matches, others }));
  }
  return {
    points,
    matches,
    others,
    unscoredMatches: totals.matches - scoredMatches,
    unscored,
    areaPrecisionRecall: averagePrecision(points),
    areaRoc: rocArea(points),
  };
}

function pointAt(weight: number, tp: number, fp: number, { matches, others }: TruthTotals): TruthPoint {
  const counts: PairCounts = {
    truePositives: tp,
    falsePositives: fp,
    falseNegatives: matches - tp,
    trueNegatives: others - fp,
  };
  return { weight, ...counts, ...measuresOf(counts) };
}

/** The point that a threshold gives: that of the least weight at or above it, or the one without any link. */
export function pointAtThreshold(curve: TruthCurve, threshold: number): TruthPoint {
  const linked = curve.points.filter(({ weight }) => weight >= threshold);
  const last = linked.at(-1);
  return last === undefined ? pointAt(threshold, 0, 0, curve) : { ...last, weight: threshold };
}

function averagePrecision(points: readonly TruthPoint[]): number {
  let area = 0;
  let recall = 0;
  for (const point of points) {
    area += (point.recall - recall) * point.precision;
    recall = point.recall;
  }
  return area;
}

function rocArea(points: readonly TruthPoint[]): number {
  let area = 0;
  let [recall, fallOut] = [0, 0];
  // Unscored pairs are all tied below the last weight: the curve ends with a straight line to the corner.
  for (const point of [...points, { recall: 1, specificity: 0 }]) {
    const next = 1 - point.specificity;
    area += ((next - fallOut) * (point.recall + recall)) / 2;
    [recall, fallOut] = [point.recall, next];
  }
  return area;
}
