import { type CountedShare, type Interval, normalQuantile } from './intervals.ts';

/** Two shares of one stratum: the same question, asked of people who have that stratum in common. */
export interface Stratum {
  readonly one: CountedShare;
  readonly other: CountedShare;
}

export interface StratifiedDifference {
  /** The first share less the second, from −1 to 1, as it is within strata; null when no stratum has both. */
  readonly difference: number | null;
  /** [−1, 1] when there is no difference to tell. */
  readonly interval: Interval;
}

/**
 * How much the first share is above the second once the stratum is the same: weighted by n₁n₀/(n₁ + n₀), so that a stratum where
 * one of the two has nobody tells nothing. The interval holds for few large strata and for many small ones, and wants some
 * five cases on both sides. Source: Mantel and Haenszel 1959; variance of Sato 1989, Biometrics 45, 1323.
 */
export function stratifiedDifference(strata: readonly Stratum[], confidence = 0.95): StratifiedDifference {
  let [weight, weighted, p, q] = [0, 0, 0, 0];
  for (const { one, other } of strata) {
    const [a, n1, b, n0] = [one.count, one.of, other.count, other.of];
    if (n1 === 0 || n0 === 0) continue;
    const n = n1 + n0;
    weight += (n1 * n0) / n;
    weighted += (a * n0 - b * n1) / n;
    p += (n1 * n1 * b - n0 * n0 * a + (n1 * n0 * (n0 - n1)) / 2) / (n * n);
    q += (a * (n0 - b) + b * (n1 - a)) / (2 * n);
  }
  if (weight === 0) return { difference: null, interval: { low: -1, high: 1 } };
  const difference = weighted / weight;
  const half = (normalQuantile((1 + confidence) / 2) * Math.sqrt(Math.max(0, difference * p + q))) / weight;
  return {
    difference,
    interval: { low: Math.max(-1, difference - half), high: Math.min(1, difference + half) },
  };
}
