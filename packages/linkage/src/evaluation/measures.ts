/** Pairs counted by what is true and what was decided. */
export interface PairCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** Measures of a decision, each from 0 to 1 but `mcc`, from −1 to 1. */
export interface Measures {
  /** Share of the links that are right; 1 when there is no link. */
  readonly precision: number;
  /** Share of the matches that are linked; 1 when there is no match. */
  readonly recall: number;
  /** Share of the other pairs that are left apart; 1 when there is none. */
  readonly specificity: number;
  readonly f1: number;
  /** Recall counts twice as much as precision. */
  readonly f2: number;
  /** Precision counts twice as much as recall. */
  readonly fHalf: number;
  /** Matthews correlation; 0 when one of the four margins is empty. */
  readonly mcc: number;
}

/** All measures of the same four counts. */
export function measuresOf(counts: PairCounts): Measures {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn } = counts;
  return {
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    specificity: share(tn, tn + fp),
    f1: fMeasure(counts, 1),
    f2: fMeasure(counts, 2),
    fHalf: fMeasure(counts, 0.5),
    mcc: matthews(tp, fp, fn, tn),
  };
}

/** F measure, 0 to 1, in which recall counts `beta` times as much as precision; 1 when nothing was to be found or was. */
export function fMeasure(
  { truePositives: tp, falsePositives: fp, falseNegatives: fn }: Omit<PairCounts, 'trueNegatives'>,
  beta: number,
): number {
  const square = beta * beta;
  return share((1 + square) * tp, (1 + square) * tp + square * fn + fp);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function matthews(tp: number, fp: number, fn: number, tn: number): number {
  // Roots first: the product of four counts of pairs is beyond what a double holds exactly.
  const spread = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  if (spread === 0) return 0;
  const agreement = tp * (tn / spread) - fp * (fn / spread);
  return Math.min(1, Math.max(-1, agreement));
}
