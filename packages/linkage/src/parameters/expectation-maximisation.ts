import type { PatternCount } from './pattern-counts.ts';

/** m and u of one comparison, by γ from 0. */
export interface ComparisonParameters {
  readonly m: readonly number[];
  readonly u: readonly number[];
}

export interface EmStart {
  /** λ among all pairs, counted or not. */
  readonly prior: number;
  readonly comparisons: readonly ComparisonParameters[];
}

export interface EmOptions {
  /**
   * Number of all possible pairs, when those counted are only some of them (blocked): the others are taken as not
   * matching. The pairs counted, by default.
   */
  readonly totalPairs?: number;
  /** Comparisons to train, by their place; the others are not looked at. */
  readonly trained: readonly number[];
  /** Keep u as given; true by default: u is known better from random pairs. */
  readonly fixU?: boolean;
  readonly fixPrior?: boolean;
  /** Levels that keep their m, as `comparison:gamma`. */
  readonly fixedM?: ReadonlySet<string>;
  /** Levels that keep their u, as `comparison:gamma`. */
  readonly fixedU?: ReadonlySet<string>;
  /** Largest change of a parameter below which it stops. */
  readonly convergence?: number;
  readonly maxIterations?: number;
  /** Pairs that every level is given beforehand, so that no m is ever 0. */
  readonly smoothing?: number;
}

export interface EmResult extends EmStart {
  readonly iterations: number;
  readonly converged: boolean;
  /**
   * Log likelihood (natural) before each round, pairs not counted and smoothing included: it never decreases, unless some
   * levels are fixed.
   */
  readonly logLikelihood: readonly number[];
  /** Expected number of matching pairs. */
  readonly matches: number;
}

/**
 * Expectation–maximisation of the Fellegi–Sunter model on counts of comparison patterns, comparisons being independent
 * given the truth. Sums run in the order of the counts: the same counts give the same digits.
 * Source: Winkler 1988; linkage literature, §EM.
 */
export function maximiseExpectation(
  counts: readonly PatternCount[],
  start: EmStart,
  options: EmOptions,
): EmResult {
  const { convergence = 1e-4, maxIterations = 25 } = options;
  const logLikelihood: number[] = [];
  let current: EmStart = start;
  let matches = 0;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const expected = expectation(counts, current, options.trained);
    logLikelihood.push(expected.logLikelihood + ofTheOthers(current, expected, options));
    matches = expected.matches;
    const next = maximisation(current, expected, options);
    const change = largestChange(current, next, options.trained);
    current = next;
    if (change < convergence) {
      return { ...current, iterations: iteration, converged: true, logLikelihood, matches };
    }
  }
  return { ...current, iterations: maxIterations, converged: false, logLikelihood, matches };
}

interface Expected {
  readonly matches: number;
  readonly pairs: number;
  readonly logLikelihood: number;
  /** Expected matching and other pairs at each level, by comparison and γ. */
  readonly matching: readonly number[][];
  readonly other: readonly number[][];
}

function expectation(counts: readonly PatternCount[], start: EmStart, trained: readonly number[]): Expected {
  const matching = start.comparisons.map(({ m }) => m.map(() => 0));
  const other = start.comparisons.map(({ u }) => u.map(() => 0));
  let matches = 0;
  let pairs = 0;
  let logLikelihood = 0;
  for (const { gammas, pairs: count } of counts) {
    let ifMatch = Math.log(start.prior);
    let ifOther = Math.log(1 - start.prior);
    for (const index of trained) {
      const gamma = gammas[index] ?? -1;
      if (gamma < 0) continue;
      const { m, u } = start.comparisons[index] as ComparisonParameters;
      ifMatch += Math.log(Math.max(m[gamma] ?? 0, Number.MIN_VALUE));
      ifOther += Math.log(Math.max(u[gamma] ?? 0, Number.MIN_VALUE));
    }
    const probability = 1 / (1 + Math.exp(ifOther - ifMatch));
    const top = Math.max(ifMatch, ifOther);
    logLikelihood += count * (top + Math.log(Math.exp(ifMatch - top) + Math.exp(ifOther - top)));
    matches += count * probability;
    pairs += count;
    for (const index of trained) {
      const gamma = gammas[index] ?? -1;
      if (gamma < 0) continue;
      const [yes, no] = [matching[index] as number[], other[index] as number[]];
      yes[gamma] = (yes[gamma] ?? 0) + count * probability;
      no[gamma] = (no[gamma] ?? 0) + count * (1 - probability);
    }
  }
  return { matches, pairs, logLikelihood, matching, other };
}

/** What pairs that were not counted (they do not match) and smoothing add to the log likelihood. */
function ofTheOthers(current: EmStart, { pairs }: Expected, options: EmOptions): number {
  const { totalPairs = pairs, smoothing = 0, trained } = options;
  let sum = (totalPairs - pairs) * Math.log(1 - current.prior);
  if (smoothing === 0) return sum;
  for (const index of trained) {
    for (const share of current.comparisons[index]?.m ?? [])
      sum += smoothing * Math.log(Math.max(share, Number.MIN_VALUE));
  }
  return sum;
}

function maximisation(current: EmStart, expected: Expected, options: EmOptions): EmStart {
  const { fixU = true, fixPrior = false, smoothing = 0 } = options;
  const comparisons = current.comparisons.map((parameters, index) => {
    if (!options.trained.includes(index)) return parameters;
    const m = shares(expected.matching[index] ?? [], smoothing);
    const u = shares(expected.other[index] ?? [], smoothing);
    return {
      m: parameters.m.map((old, gamma) =>
        options.fixedM?.has(`${index}:${gamma}`) ? old : (m[gamma] ?? old),
      ),
      u: parameters.u.map((old, gamma) =>
        fixU || options.fixedU?.has(`${index}:${gamma}`) ? old : (u[gamma] ?? old),
      ),
    };
  });
  const total = options.totalPairs ?? expected.pairs;
  const prior = fixPrior || total === 0 ? current.prior : expected.matches / total;
  return { prior: Math.min(1 - 1e-12, Math.max(1e-12, prior)), comparisons };
}

function shares(expected: readonly number[], smoothing: number): readonly number[] {
  const total = expected.reduce((sum, value) => sum + value + smoothing, 0);
  return total === 0 ? [] : expected.map((value) => (value + smoothing) / total);
}

function largestChange(before: EmStart, after: EmStart, trained: readonly number[]): number {
  let largest = Math.abs(before.prior - after.prior);
  for (const index of trained) {
    const [old, now] = [before.comparisons[index], after.comparisons[index]];
    if (old === undefined || now === undefined) continue;
    for (const key of ['m', 'u'] as const) {
      for (const [gamma, value] of now[key].entries()) {
        largest = Math.max(largest, Math.abs(value - (old[key][gamma] ?? 0)));
      }
    }
  }
  return largest;
}
