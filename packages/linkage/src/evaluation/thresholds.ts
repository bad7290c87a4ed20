import { fMeasure, type PairCounts } from './measures.ts';

/** What a threshold is chosen for. */
export type ThresholdCriterion =
  /** The highest F measure, recall counting `beta` times as much as precision. */
  | { readonly kind: 'f'; readonly beta: number }
  /** The most recall at a precision of at least this, 0 to 1. */
  | { readonly kind: 'precision'; readonly atLeast: number }
  /** The least cost, a wrong link costing `falsePositive` and a missed one `falseNegative`, in any unit. */
  | { readonly kind: 'cost'; readonly falsePositive: number; readonly falseNegative: number };

/** The four usual ones: best F1, best F2, precision of 99 %, a wrong link as dear as five missed ones. */
export const USUAL_CRITERIA: readonly ThresholdCriterion[] = [
  { kind: 'f', beta: 1 },
  { kind: 'f', beta: 2 },
  { kind: 'precision', atLeast: 0.99 },
  { kind: 'cost', falsePositive: 5, falseNegative: 1 },
];

export type LinkCounts = Omit<PairCounts, 'trueNegatives'>;

/** How well a criterion is met, the more the better; −∞ when it is not. */
export function worthOf(criterion: ThresholdCriterion, counts: LinkCounts): number {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = counts;
  switch (criterion.kind) {
    case 'f':
      return fMeasure(counts, criterion.beta);
    case 'precision':
      return tp + fp > 0 && tp / (tp + fp) >= criterion.atLeast ? tp : Number.NEGATIVE_INFINITY;
    case 'cost':
      return -(criterion.falsePositive * fp + criterion.falseNegative * fn);
  }
}

/**
 * The best of points ordered from the highest weight; the highest of those that are equally good. Undefined when no point
 * meets the criterion.
 */
export function bestPoint<Point extends LinkCounts>(
  points: readonly Point[],
  criterion: ThresholdCriterion,
): Point | undefined {
  let best: Point | undefined;
  let worth = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    const own = worthOf(criterion, point);
    if (own > worth) [best, worth] = [point, own];
  }
  return best;
}
