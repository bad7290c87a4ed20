import { columnsOf, type Expression } from '../expression/expression.ts';
import { parametersByGamma } from '../model/defaults.ts';
import {
  type Comparison,
  type ComparisonLevel,
  levelsByGamma,
  type TermFrequencyAdjustment,
} from '../model/model.ts';

/** log2(λ / (1 − λ)). */
export function priorWeight(prior: number): number {
  return Math.log2(prior / (1 - prior));
}

/** Probability of a match weight, in [0, 1]; written so that neither end overflows. */
export function probabilityOf(weight: number): number {
  return weight >= 0 ? 1 / (1 + 2 ** -weight) : 2 ** weight / (1 + 2 ** weight);
}

/** Match weight at which the probability is reached. */
export function weightOf(probability: number): number {
  return Math.log2(probability / (1 - probability));
}

/** How a level's weight moves with the frequency of the value: `weight · (log2 base − log2 max(tf_l, tf_r, minimumU))`. */
export interface TermFrequencyTerm extends TermFrequencyAdjustment {
  /** log2 of the u that the adjustment replaces. */
  readonly log2Base: number;
}

/** Weight of one level. */
export interface LevelWeight {
  readonly gamma: number;
  readonly label: string;
  readonly m: number;
  readonly u: number;
  /** ω = log2(m / u). */
  readonly weight: number;
  readonly termFrequency?: TermFrequencyTerm;
}

/** Weights of a comparison's levels, by γ from 0; the null level weighs 0. */
export function comparisonWeights(comparison: Comparison): readonly LevelWeight[] {
  const parameters = parametersByGamma(comparison);
  const levels = levelsByGamma(comparison);
  return levels.map((level, gamma) => {
    const { m, u } = parameters[gamma] ?? { m: 1, u: 1 };
    const plain = { gamma, label: level.label, m, u, weight: Math.log2(m / u) };
    const adjustment = level.termFrequency;
    if (adjustment === undefined || adjustment.weight === 0 || gamma === 0) return plain;
    const base = adjustment.ownU ? u : parameters[exactGamma(comparison, adjustment.column)]?.u;
    return { ...plain, termFrequency: { ...adjustment, log2Base: Math.log2(base ?? u) } };
  });
}

/**
 * γ of the comparison's level that is the plain equality of the column: its u is what term frequencies replace, at
 * whatever level. Throws a TypeError when there is none. The first listed counts, as in Splink.
 */
export function exactGamma(comparison: Comparison, column: string): number {
  const gamma = levelsByGamma(comparison).findLastIndex(
    (level) => exactColumns(level)?.join() === column.toLowerCase(),
  );
  if (gamma >= 0) return gamma;
  throw new TypeError(
    `${comparison.name} adjusts by the frequency of ${column}, but none of its levels is the plain equality of it`,
  );
}

/**
 * Columns that a level wants equal and nothing else, sorted; undefined when its condition is anything else.
 * `a_l = a_r AND b_l = b_r` gives a, b.
 */
export function exactColumns(level: ComparisonLevel): readonly string[] | undefined {
  if (level.condition === undefined) return undefined;
  const columns = equalColumns(level.condition);
  return columns === undefined ? undefined : [...new Set(columns)].sort();
}

function equalColumns(condition: Expression): readonly string[] | undefined {
  if (condition.kind !== 'call') return undefined;
  if (condition.name === 'and') {
    const parts = condition.args.map(equalColumns);
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  const [a, b] = condition.args;
  if (condition.name === 'not' && a?.kind === 'call' && a.name === '<>') {
    return equalColumns({ ...a, name: '=' });
  }
  if (condition.name !== '=' || a?.kind !== 'column' || b?.kind !== 'column') return undefined;
  const [x, y] = columnsOf(condition).map((name) => name.toLowerCase());
  if (x === undefined || y === undefined || x === y) return undefined;
  return x.slice(0, -2) === y.slice(0, -2) ? [x.slice(0, -2)] : undefined;
}

/** Most that a level can weigh, when the rarest value of a column has the frequency `rarest(column)`. */
export function highestWeight(
  { weight, termFrequency }: LevelWeight,
  rarest: (column: string) => number,
): number {
  if (termFrequency === undefined) return weight;
  const { column, weight: share, minimumU, log2Base } = termFrequency;
  return weight + Math.max(0, share * (log2Base - Math.log2(Math.max(rarest(column), minimumU))));
}
