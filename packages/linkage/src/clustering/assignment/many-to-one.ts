import type { PairList } from '../graph/pair-list.ts';

export interface BestRights {
  /** Pair of each left record with its best right one, in ascending order of left. */
  readonly chosen: Int32Array;
  /** Right record that comes second; −1 when the record has one pair only. */
  readonly second: Int32Array;
  /** Weight above the second; NaN when there is none. Infinite weights that tie have margin 0. */
  readonly margin: Float64Array;
}

/**
 * Best right record of each left record whose best weighs `threshold` or more; the second best counts whatever it
 * weighs. Ties go to the smaller right. `pairs` must be sorted by left, then right, each once.
 */
export function bestRights(pairs: PairList, leftCount: number, threshold: number): BestRights {
  const best = new Int32Array(leftCount).fill(-1);
  const second = new Int32Array(leftCount).fill(-1);
  const weightOf = (pair: number): number => pairs.weight[pair] as number;
  for (let pair = 0; pair < pairs.weight.length; pair++) {
    const left = pairs.left[pair] as number;
    const first = best[left] as number;
    const other = second[left] as number;
    if (first < 0 || weightOf(pair) > weightOf(first)) {
      best[left] = pair;
      second[left] = first;
    } else if (other < 0 || weightOf(pair) > weightOf(other)) second[left] = pair;
  }
  const chosen = best.filter((pair) => pair >= 0 && weightOf(pair) >= threshold);
  const seconds = chosen.map((pair) => second[pairs.left[pair] as number] as number);
  return {
    chosen,
    second: seconds.map((pair) => (pair < 0 ? -1 : (pairs.right[pair] as number))),
    margin: Float64Array.from(chosen, (pair, index) => {
      const next = seconds[index] as number;
      if (next < 0) return Number.NaN;
      return weightOf(pair) === weightOf(next) ? 0 : weightOf(pair) - weightOf(next);
    }),
  };
}
