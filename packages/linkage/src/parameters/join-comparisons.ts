import { expressionSql } from '../expression/compile.ts';
import { and, type Expression } from '../expression/expression.ts';
import { defaultParameters } from '../model/defaults.ts';
import {
  type Comparison,
  type ComparisonLevel,
  ELSE,
  gammas,
  isElse,
  levelsByGamma,
} from '../model/model.ts';

export interface JoinOptions {
  /** Name of the comparison; both names by default. */
  readonly name?: string;
  /** Levels at most, the null level apart; 40 by default. */
  readonly maxLevels?: number;
}

/** Share of pairs where one side is missing, before anything is known. */
const MISSING = 0.1;

/**
 * One comparison whose levels are the combinations of the levels of two, for comparisons that say the same: what they say
 * together is then told once. It is trained like any other; m and u start as if both were independent. A pair where both
 * are missing says nothing; where one is, its own level. Term frequencies of its parts are not carried over: a frequent
 * value of one says little of both. Throws a RangeError beyond `maxLevels`: merge levels of the parts first.
 */
export function joinComparisons<A extends string, B extends string>(
  a: Comparison<A>,
  b: Comparison<B>,
  { name = `${a.name} and ${b.name}`, maxLevels = 40 }: JoinOptions = {},
): Comparison<A | B> {
  const levels = parts(a).flatMap((one) => parts(b).map((other) => combined(one, other)));
  const [nulls, others] = [levels.filter(({ isNull }) => isNull), levels.filter(({ isNull }) => !isNull)];
  if (others.length > maxLevels) {
    throw new RangeError(
      `${name} would have ${others.length} levels, more than ${maxLevels}: merge levels of its parts`,
    );
  }
  const columns = [...new Set<A | B>([...a.columns, ...b.columns])];
  return { name, columns, levels: [...nulls, ...others] };
}

interface Part {
  readonly level: ComparisonLevel;
  readonly m: number;
  readonly u: number;
}

/** Levels in their order, with m and u as given or by default, together 1. */
function parts(comparison: Comparison): readonly Part[] {
  const byGamma = levelsByGamma(comparison);
  const known = byGamma.map(({ m, u }, gamma) => {
    const fallback = defaultParameters(gamma, byGamma.length);
    return { m: m ?? fallback.m, u: u ?? fallback.u };
  });
  const total = (key: 'm' | 'u'): number => known.reduce((sum, one) => sum + one[key], 0);
  const [allM, allU] = [total('m'), total('u')];
  return gammas(comparison).map(({ gamma, level }) => {
    const { m, u } = known[gamma] ?? { m: MISSING * allM, u: MISSING * allU };
    return { level, m: m / allM, u: u / allU };
  });
}

/**
 * Levels of one are asked in their order, and within each those of the other: the first combination that holds is that
 * of the first level of each that holds.
 */
function combined(one: Part, other: Part): ComparisonLevel {
  const label = `${one.level.label} / ${other.level.label}`;
  const condition = conditionOf([one.level, other.level].filter((level) => !isElse(level)));
  if (one.level.isNull === true && other.level.isNull === true) return { label, ...condition, isNull: true };
  return { label, ...condition, m: one.m * other.m, u: one.u * other.u };
}

/** All of these conditions at once; with a tree where each has one. */
export function conditionOf(levels: readonly ComparisonLevel[]): Pick<ComparisonLevel, 'sql' | 'condition'> {
  if (levels.length === 0) return { sql: ELSE };
  const conditions = levels.flatMap(({ condition }): Expression[] =>
    condition === undefined ? [] : [condition],
  );
  if (conditions.length < levels.length) return { sql: levels.map(({ sql }) => `(${sql})`).join(' AND ') };
  const [first, ...others] = conditions;
  const condition = first !== undefined && others.length === 0 ? first : and(...conditions);
  return { sql: expressionSql(condition), condition };
}
