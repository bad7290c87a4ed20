import type { Expression } from '../expression/expression.ts';
import { and, equal, left, not, or, right } from '../expression/expression.ts';
import { parseSqlExpression } from '../expression/parse-sql.ts';
import { type ComparisonLevel, isElse, level } from '../model/model.ts';
import type { SqlRunner } from '../runner.ts';

/** What a level may have beside its condition. */
export type LevelSettings = Partial<Omit<ComparisonLevel, 'label' | 'sql' | 'condition'>>;

function conditionOf(one: ComparisonLevel): Expression {
  if (one.condition === undefined || isElse(one)) {
    throw new TypeError(`«${one.label}» has no condition that can be put together with others`);
  }
  return one.condition;
}

/** All of the levels hold. Throws a TypeError for ELSE and for levels that run in SQL only. */
export function allOf(label: string, ...levels: readonly ComparisonLevel[]): ComparisonLevel {
  return level(label, and(...levels.map(conditionOf)));
}

/** At least one of the levels holds. Throws as `allOf`. */
export function anyOf(label: string, ...levels: readonly ComparisonLevel[]): ComparisonLevel {
  return level(label, or(...levels.map(conditionOf)));
}

/** The level does not hold; NULL stays NULL, which is not true either. Throws as `allOf`. */
export function notThis(label: string, one: ComparisonLevel): ComparisonLevel {
  return level(label, not(conditionOf(one)));
}

/** One side, or both, hold a given value: `unknown`, a placeholder, a place where everybody is. */
export function literalLevel(
  name: string,
  value: string | number | boolean,
  side: 'left' | 'right' | 'both' | 'either' = 'both',
  settings: LevelSettings = {},
): ComparisonLevel {
  const [onLeft, onRight] = [equal(left(name), value), equal(right(name), value)];
  const label = `${name} is ${String(value)} on ${side === 'both' ? 'both sides' : `${side} side`}`;
  switch (side) {
    case 'left':
      return level(label, onLeft, settings);
    case 'right':
      return level(label, onRight, settings);
    case 'both':
      return level(label, and(onLeft, onRight), settings);
    case 'either':
      return level(label, or(onLeft, onRight), settings);
  }
}

/**
 * A level from a SQL condition over `"x_l"`, `"x_r"` (or `l.x`, `r.x`), read by the engine's parser so that it has a twin
 * where its functions do. Throws UnsafeSqlError for what is not one harmless scalar expression.
 */
export async function sqlLevel(
  runner: SqlRunner,
  label: string,
  sql: string,
  settings: LevelSettings = {},
): Promise<ComparisonLevel> {
  return level(label, await parseSqlExpression(runner, sql), settings);
}
