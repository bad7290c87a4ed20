import { type Comparison, levelsByGamma, type Model } from '../model/model.ts';
import type { PatternCount } from './pattern-counts.ts';

/** A probability for each level of one comparison, by γ; undefined where the level was never seen. */
export type LevelShares = readonly (number | undefined)[];

/**
 * A model, and all that was estimated for its levels on the way: a level's m is the median of its estimates of m,
 * likewise u. Levels of one comparison therefore need not add up to 1. Source: Splink 4.
 */
export interface Estimates {
  readonly model: Model;
  /** Estimates by comparison, then γ, in the order in which they were made. */
  readonly m: readonly (readonly (readonly number[])[])[];
  readonly u: readonly (readonly (readonly number[])[])[];
}

/** Nothing estimated yet. */
export function startEstimates(model: Model): Estimates {
  const none = model.comparisons.map((comparison) => levelsByGamma(comparison).map(() => []));
  return { model, m: none, u: none };
}

/** With one more estimate of m or u; `shares` by comparison, undefined for those not trained. Fixed levels keep theirs. */
export function addEstimates(
  estimates: Estimates,
  kind: 'm' | 'u',
  shares: readonly (LevelShares | undefined)[],
): Estimates {
  const lists = estimates[kind].map((levels, index) =>
    levels.map((known, gamma) => {
      const value = shares[index]?.[gamma];
      return value === undefined ? known : [...known, value];
    }),
  );
  const comparisons = estimates.model.comparisons.map((comparison, index) =>
    withMedians(comparison, kind, lists[index] ?? []),
  );
  return { ...estimates, [kind]: lists, model: { ...estimates.model, comparisons } };
}

function withMedians(
  comparison: Comparison,
  kind: 'm' | 'u',
  lists: readonly (readonly number[])[],
): Comparison {
  const byGamma = levelsByGamma(comparison);
  const levels = comparison.levels.map((one) => {
    const value = median(lists[byGamma.indexOf(one)] ?? []);
    const fixed = kind === 'm' ? one.fixM : one.fixU;
    return value === undefined || fixed === true ? one : { ...one, [kind]: value };
  });
  return { ...comparison, levels };
}

/** The middle number, or the mean of both; undefined for none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/**
 * Share of the counted pairs at each level, among those where the comparison says something. `smoothing` pairs are given
 * to every level beforehand; without any, a level that no pair shows has no share.
 */
export function sharesOf(
  model: Model,
  counts: readonly PatternCount[],
  smoothing = 0,
): readonly LevelShares[] {
  return model.comparisons.map((comparison, index) => {
    const seen = levelsByGamma(comparison).map(() => smoothing);
    for (const { gammas, pairs } of counts) {
      const gamma = gammas[index] ?? -1;
      if (gamma >= 0) seen[gamma] = (seen[gamma] ?? 0) + pairs;
    }
    const total = seen.reduce((sum, pairs) => sum + pairs, 0);
    return seen.map((pairs) => (pairs === 0 ? undefined : pairs / total));
  });
}
