import { parametersByGamma } from '../model/defaults.ts';
import { levelsByGamma, type Model } from '../model/model.ts';
import type { PatternCount } from './pattern-counts.ts';

/** How much two comparisons say the same. */
export interface Correlation {
  readonly a: string;
  readonly b: string;
  /** Among pairs expected to be of one person, or of two. */
  readonly among: 'matches' | 'others';
  /** Expected number of pairs that this was measured on. */
  readonly pairs: number;
  /** Bits that knowing the level of one tells of the other; evidence counted twice, on average. */
  readonly mutualInformation: number;
  /** The same as a share of what there is to know, 0 (independent) to 1 (one is the other). */
  readonly strength: number;
}

export interface CorrelationOptions {
  /** Below this many expected pairs nothing is said; 50 by default. */
  readonly leastPairs?: number;
}

/**
 * Dependence between every two comparisons that is left once it is known whether a pair matches, strongest first: among
 * expected matches of the candidate pairs, and among expected others of the random pairs (blocking would tie those
 * together that its rules read), as the remaining comparisons tell them apart. The model takes comparisons as independent: where `strength` is high, their evidence is
 * counted twice, and `joinComparisons` makes one of both. What chance alone would give is taken off.
 * Among matches, pairs that do not match after all leave up to 0.3 between honest comparisons.
 */
export function correlations(
  model: Model,
  {
    counts,
    randomCounts,
  }: { readonly counts: readonly PatternCount[]; readonly randomCounts: readonly PatternCount[] },
  { leastPairs = 50 }: CorrelationOptions = {},
): readonly Correlation[] {
  const found: Correlation[] = [];
  const honest = [...model.comparisons.entries()].filter(([, { corrects }]) => corrects === undefined);
  for (const [i, first] of honest) {
    for (const [j, second] of honest) {
      if (j <= i) continue;
      for (const [among, pairs] of [
        ['matches', weighted(model, counts, [i, j], (probability) => probability)],
        ['others', weighted(model, randomCounts, [i, j], (probability) => 1 - probability)],
      ] as const) {
        const measured = dependence(jointCounts(model, pairs, i, j));
        if (measured.pairs >= leastPairs) found.push({ a: first.name, b: second.name, among, ...measured });
      }
    }
  }
  return found.toSorted((x, y) => y.strength - x.strength || y.mutualInformation - x.mutualInformation);
}

/** Expected pairs, as the other comparisons tell: those in question must not say themselves which pairs match. */
function weighted(
  model: Model,
  counts: readonly PatternCount[],
  leftOut: readonly number[],
  share: (probability: number) => number,
): readonly PatternCount[] {
  const parameters = model.comparisons.map(parametersByGamma);
  const names = leftOut.map((index) => model.comparisons[index]?.name);
  /** What takes back the evidence of one of them would tell of it. */
  const isLeftOut = (index: number): boolean => {
    const corrects = model.comparisons[index]?.corrects;
    return leftOut.includes(index) || (corrects !== undefined && names.includes(corrects));
  };
  return counts.map(({ gammas, pairs }) => {
    let odds = model.prior / (1 - model.prior);
    for (const [index, gamma] of gammas.entries()) {
      const level = isLeftOut(index) ? undefined : parameters[index]?.[gamma];
      if (level !== undefined) odds *= level.m / level.u;
    }
    return { gammas, pairs: pairs * share(odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds)) };
  });
}

/** Expected pairs by the levels of both comparisons; pairs where either is missing are left out. */
function jointCounts(
  model: Model,
  counts: readonly PatternCount[],
  i: number,
  j: number,
): readonly number[][] {
  const sizes = [i, j].map((index) => {
    const comparison = model.comparisons[index];
    return comparison === undefined ? 0 : levelsByGamma(comparison).length;
  });
  const table = Array.from({ length: sizes[0] ?? 0 }, () => Array.from({ length: sizes[1] ?? 0 }, () => 0));
  for (const { gammas, pairs } of counts) {
    const [row, column] = [table[gammas[i] ?? -1], gammas[j] ?? -1];
    if (row !== undefined && column >= 0) row[column] = (row[column] ?? 0) + pairs;
  }
  return table;
}

function dependence(
  table: readonly (readonly number[])[],
): Pick<Correlation, 'pairs' | 'mutualInformation' | 'strength'> {
  const rows = table.map((row) => row.reduce((sum, value) => sum + value, 0));
  const columns = (table[0] ?? []).map((_, column) =>
    table.reduce((sum, row) => sum + (row[column] ?? 0), 0),
  );
  const pairs = rows.reduce((sum, value) => sum + value, 0);
  if (pairs === 0) return { pairs, mutualInformation: 0, strength: 0 };
  const entropy = Math.min(entropyOf(rows, pairs), entropyOf(columns, pairs));
  const joint = entropyOf(table.flat(), pairs);
  const seen = (values: readonly number[]): number => values.filter((value) => value > 0).length;
  // Even independent counts share some information, about (rows − 1)(columns − 1) / 2n nats.
  const chance = ((seen(rows) - 1) * (seen(columns) - 1)) / (2 * pairs * Math.LN2);
  const information = Math.max(0, entropyOf(rows, pairs) + entropyOf(columns, pairs) - joint - chance);
  return {
    pairs,
    mutualInformation: information,
    strength: entropy <= 0 ? 0 : Math.min(1, information / entropy),
  };
}

function entropyOf(counts: readonly number[], total: number): number {
  return counts.reduce(
    (sum, count) => (count > 0 ? sum - (count / total) * Math.log2(count / total) : sum),
    0,
  );
}
