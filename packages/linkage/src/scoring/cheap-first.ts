import { costOf, expressionSql } from '../expression/compile.ts';
import { and, call, type Expression, or } from '../expression/expression.ts';
import type { ComparisonLevel } from '../model/model.ts';

/**
 * The level's condition as it is evaluated: what a dear condition implies is asked first, so that most pairs never reach
 * it. Holds for the same pairs as the plain text. (Unrestricted Damerau–Levenshtein within t implies Levenshtein within
 * 2·t, a transposition being two edits, and that implies lengths, in bytes, no further apart.)
 */
export function cheapFirstSql(level: ComparisonLevel): string {
  const implied = level.condition === undefined ? undefined : impliedBy(level.condition);
  // On lines of its own, for a condition written by hand may end in a comment.
  return implied === undefined ? level.sql : `${expressionSql(implied)} AND (${level.sql}\n)`;
}

/**
 * A condition that is true wherever the given one is, and cheaper; undefined when none is known.
 * Both take NULL for NULL, so one that is true never hides behind one that is unknown.
 */
export function impliedBy(condition: Expression): Expression | undefined {
  if (condition.kind !== 'call' || costOf(condition) === 1) return undefined;
  const { name, args } = condition;
  if (name === 'and') {
    const known = args.flatMap((term) => impliedBy(term) ?? []);
    return known.length === 0 ? undefined : and(...known);
  }
  if (name === 'or') {
    const known = args.map((term) => impliedBy(term) ?? (costOf(term) === 1 ? term : undefined));
    return known.every((term) => term !== undefined) ? or(...known) : undefined;
  }
  const [a, b] = args;
  if (name === '<=' || name === '<') return a && b && withinDistance(a, b);
  if (name === '>=' || name === '>') return a && b && withinDistance(b, a);
  return undefined;
}

function withinDistance(distance: Expression, limit: Expression): Expression | undefined {
  if (distance.kind !== 'call' || limit.kind !== 'literal' || typeof limit.value !== 'number')
    return undefined;
  const [a, b] = distance.args;
  if (a === undefined || b === undefined || costOf(a) > 1 || costOf(b) > 1) return undefined;
  const lengths = (most: number): Expression =>
    call('<=', call('abs', call('-', call('strlen', a), call('strlen', b))), most);
  if (distance.name === 'levenshtein') return lengths(limit.value);
  if (distance.name !== 'damerau_levenshtein') return undefined;
  return and(lengths(limit.value), call('<=', call('levenshtein', a, b), 2 * limit.value));
}
