import type { JudgedPairs } from './judged-pairs.ts';
import type { SeededRandom } from './seeded-random.ts';
import { type LinkCounts, type ThresholdCriterion, worthOf } from './thresholds.ts';

/** What every threshold gives on some draw of the entities. Steps go from the highest weight to the lowest. */
export interface Resample {
  /** Counts at a threshold. */
  at(weight: number): LinkCounts;
  /** The threshold that meets a criterion best on this draw; undefined when none does. */
  best(criterion: ThresholdCriterion): number | undefined;
}

/**
 * Makes draws from judged pairs: a pair counts as often as both its entities were drawn (as often as its entity, for a
 * pair inside one). `times` says how often each entity is there; all once when absent.
 */
export function resampler(judged: JudgedPairs, leaveOutUnscored: boolean): (times?: Int32Array) => Resample {
  const { weights, same, left, right, matchesOf } = judged;
  const ends: number[] = [];
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] !== weights[index + 1]) ends.push(index);
  }
  return (times = new Int32Array(matchesOf.length).fill(1)) => {
    const truePositives = new Float64Array(ends.length);
    const falsePositives = new Float64Array(ends.length);
    let [tp, fp, index] = [0, 0, 0];
    for (const [step, end] of ends.entries()) {
      for (; index <= end; index++) {
        const [a, b] = [left[index] ?? 0, right[index] ?? 0];
        const count = (times[a] ?? 0) * (a === b ? 1 : (times[b] ?? 0));
        if (same[index] === 1) tp += count;
        else fp += count;
      }
      truePositives[step] = tp;
      falsePositives[step] = fp;
    }
    const matches = leaveOutUnscored
      ? tp
      : matchesOf.reduce((sum, own, entity) => sum + own * (times[entity] ?? 0), 0);
    const countsAt = (step: number): LinkCounts => {
      const found = truePositives[step] ?? 0;
      return {
        truePositives: found,
        falsePositives: falsePositives[step] ?? 0,
        falseNegatives: matches - found,
      };
    };
    const weightAt = (step: number): number => weights[ends[step] ?? -1] ?? Number.NEGATIVE_INFINITY;
    return {
      at: (weight) => countsAt(lastStep(ends.length, (step) => weightAt(step) >= weight)),
      best(criterion) {
        let [best, worth] = [-1, Number.NEGATIVE_INFINITY];
        for (let step = 0; step < ends.length; step++) {
          const own = worthOf(criterion, countsAt(step));
          if (own > worth) [best, worth] = [step, own];
        }
        return best < 0 ? undefined : weightAt(best);
      },
    };
  };
}

/** The last of `count` steps that still satisfies; −1 when the first does not. */
function lastStep(count: number, satisfies: (step: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (satisfies(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** How often each of `count` entities comes when as many are drawn with replacement. */
export function drawEntities(count: number, random: SeededRandom): Int32Array {
  const times = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    const entity = random.integer(count);
    times[entity] = (times[entity] ?? 0) + 1;
  }
  return times;
}
