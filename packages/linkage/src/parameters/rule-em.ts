import type { ComparisonParameters, EmStart } from './expectation-maximisation.ts';
import type { FrequencyCount } from './pattern-counts.ts';

/** How a level is adjusted by term frequency: T = (u of the base level / frequency)^weight. */
export interface AdjustedLevel {
  readonly weight: number;
  /** γ of the level whose u the frequency replaces. */
  readonly baseGamma: number;
}

export interface RuleEmOptions {
  /** By trained comparison, then γ. */
  readonly adjusted: readonly (readonly (AdjustedLevel | undefined)[])[];
  readonly fixM: boolean;
  readonly fixU: boolean;
  readonly fixPrior: boolean;
  /** Levels that keep theirs, as `comparison:gamma`. */
  readonly fixedM: ReadonlySet<string>;
  readonly fixedU: ReadonlySet<string>;
  readonly convergence: number;
  readonly maxIterations: number;
}

export interface RuleEmResult extends EmStart {
  readonly iterations: number;
  readonly converged: boolean;
  /** By trained comparison, then γ: some pair shows the level. */
  readonly seen: readonly (readonly boolean[])[];
}

/** What a level that no pair shows counts as while training goes on. */
const UNSEEN = 1e-6;

/**
 * Expectation–maximisation on the pairs of one training rule, as Splink 4 does it: λ is that of these pairs, nulls
 * included; m and u of a comparison are among the pairs where it says something; it stops when no m, u or λ moves by
 * `convergence`, or after `maxIterations`. Sums run in the order of the counts.
 */
export function trainOnRule(
  counts: readonly FrequencyCount[],
  start: EmStart,
  options: RuleEmOptions,
): RuleEmResult {
  const seen = start.comparisons.map(({ m }, index) =>
    m.map((_, gamma) => counts.some(({ gammas }) => gammas[index] === gamma)),
  );
  let current = start;
  for (let iteration = 1; iteration <= options.maxIterations; iteration++) {
    const next = oneRound(counts, current, seen, options);
    const change = largestChange(current, next);
    current = next;
    if (change < options.convergence) return { ...current, iterations: iteration, converged: true, seen };
  }
  return { ...current, iterations: options.maxIterations, converged: false, seen };
}

function oneRound(
  counts: readonly FrequencyCount[],
  current: EmStart,
  seen: readonly (readonly boolean[])[],
  options: RuleEmOptions,
): EmStart {
  const matching = current.comparisons.map(({ m }) => m.map(() => 0));
  const other = current.comparisons.map(({ u }) => u.map(() => 0));
  let [matches, pairs] = [0, 0];
  for (const count of counts) {
    const probability = probabilityOfCount(count, current, options);
    matches += count.pairs * probability;
    pairs += count.pairs;
    for (const [index, gamma] of count.gammas.entries()) {
      const [yes, no] = [matching[index], other[index]];
      if (gamma < 0 || yes === undefined || no === undefined) continue;
      yes[gamma] = (yes[gamma] ?? 0) + count.pairs * probability;
      no[gamma] = (no[gamma] ?? 0) + count.pairs * (1 - probability);
    }
  }
  const comparisons = current.comparisons.map(({ m, u }, index) => {
    const isSeen = seen[index] ?? [];
    const key = (gamma: number): string => `${index}:${gamma}`;
    return {
      m: m.map((old, gamma) =>
        options.fixM || options.fixedM.has(key(gamma)) ? old : share(matching[index], gamma, isSeen),
      ),
      u: u.map((old, gamma) =>
        options.fixU || options.fixedU.has(key(gamma)) ? old : share(other[index], gamma, isSeen),
      ),
    };
  });
  return { prior: options.fixPrior ? current.prior : matches / pairs, comparisons };
}

function share(expected: readonly number[] = [], gamma: number, seen: readonly boolean[]): number {
  if (seen[gamma] !== true) return UNSEEN;
  return (expected[gamma] ?? 0) / expected.reduce((sum, value) => sum + value, 0);
}

function probabilityOfCount(count: FrequencyCount, current: EmStart, { adjusted }: RuleEmOptions): number {
  let weight = Math.log2(current.prior / (1 - current.prior));
  for (const [index, gamma] of count.gammas.entries()) {
    const parameters: ComparisonParameters | undefined = current.comparisons[index];
    if (gamma < 0 || parameters === undefined) continue;
    weight += Math.log2((parameters.m[gamma] ?? 1) / (parameters.u[gamma] ?? 1));
    const [level, frequency] = [adjusted[index]?.[gamma], count.frequencies[index] ?? null];
    if (level === undefined || frequency === null) continue;
    weight += level.weight * Math.log2((parameters.u[level.baseGamma] ?? 1) / frequency);
  }
  // Undecided (0 · ∞) counts as certain, as everywhere.
  return Number.isNaN(weight) ? 1 : 1 / (1 + 2 ** -weight);
}

function largestChange(before: EmStart, after: EmStart): number {
  let largest = Math.abs(before.prior - after.prior);
  for (const [index, { m, u }] of after.comparisons.entries()) {
    const old = before.comparisons[index];
    for (const [gamma, value] of m.entries())
      largest = Math.max(largest, Math.abs(value - (old?.m[gamma] ?? 0)));
    for (const [gamma, value] of u.entries())
      largest = Math.max(largest, Math.abs(value - (old?.u[gamma] ?? 0)));
  }
  return largest;
}
