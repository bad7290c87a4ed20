import { costOf, expressionSql } from '../expression/compile.ts';
import { and, call, type Expression, or } from '../expression/expression.ts';
import type { Cost } from '../expression/functions.ts';
import type { ComparisonLevel } from '../model/model.ts';

/**
 * The level's condition as it is evaluated: what a dear condition implies is asked first, so that most pairs never reach
 * it. Holds for the same pairs as the plain text. (Unrestricted Damerau–Levenshtein within t implies Levenshtein within
 * 2·t, a transposition being two edits, and that implies lengths, in bytes, no further apart. Texts of one length, one edit
 * apart, differ in one place, or in two when neighbours changed places: counting those is ten times cheaper.)
 */
export function cheapFirstSql(level: ComparisonLevel): string {
  const implied = level.condition === undefined ? undefined : impliedBy(level.condition);
  // On lines of its own, for a condition written by hand may end in a comment.
  return implied === undefined ? level.sql : `${expressionSql(implied)} AND (${level.sql}\n)`;
}

/**
 * A condition that is true wherever the given one is, and cheaper; undefined when none is known that costs no more than
 * `dearest`. Both take NULL for NULL, so one that is true never hides behind one that is unknown.
 */
export function impliedBy(condition: Expression, dearest: Cost = 4): Expression | undefined {
  if (condition.kind !== 'call' || costOf(condition) === 1) return undefined;
  const { name, args } = condition;
  if (name === 'and') {
    const known = args.flatMap((term) => impliedBy(term, dearest) ?? []);
    return known.length === 0 ? undefined : and(...known);
  }
  if (name === 'or') {
    const known = args.map((term) => impliedBy(term, dearest) ?? (costOf(term) === 1 ? term : undefined));
    return known.every((term) => term !== undefined) ? or(...known) : undefined;
  }
  const [a, b] = args;
  if (name === '<=' || name === '<') return a && b && withinDistance(a, b, dearest);
  if (name === '>=' || name === '>') return a && b && withinDistance(b, a, dearest);
  return undefined;
}

function withinDistance(distance: Expression, limit: Expression, dearest: Cost): Expression | undefined {
  if (distance.kind !== 'call' || limit.kind !== 'literal' || typeof limit.value !== 'number')
    return undefined;
  const [a, b] = distance.args;
  if (a === undefined || b === undefined || costOf(a) > 1 || costOf(b) > 1) return undefined;
  const most = limit.value;
  const lengths = call('<=', call('abs', call('-', call('strlen', a), call('strlen', b))), most);
  if (distance.name === 'levenshtein') return most < 2 ? byPlaces(a, b, most, lengths) : lengths;
  if (distance.name !== 'damerau_levenshtein') return undefined;
  const edits = dearest < 4 ? lengths : and(lengths, call('<=', call('levenshtein', a, b), 2 * most));
  return most < 2 ? byPlaces(a, b, 2 * most, edits) : edits;
}

/** At most so many places where two texts of one length differ; `otherwise` for others. */
function byPlaces(a: Expression, b: Expression, most: number, otherwise: Expression): Expression {
  return call('coalesce', call('<=', call('hamming', a, b), most), otherwise);
}

/**
 * How far a level wants two values to be alike, when it asks nothing else: of two levels with one `measure`, that with the
 * greater `strictness` holds for no pair for which the other does not.
 */
export interface Likeness {
  readonly measure: string;
  readonly strictness: number;
}

/** Undefined for cheap conditions, and for all but a measure held against a number. */
export function likenessOf({ condition }: ComparisonLevel): Likeness | undefined {
  if (condition?.kind !== 'call' || costOf(condition) === 1) return undefined;
  const { name, args } = condition;
  const [measured, limit] = args;
  if (measured === undefined || limit?.kind !== 'literal' || typeof limit.value !== 'number')
    return undefined;
  const measure = `${name} ${expressionSql(measured)}`;
  if (name === '>=' || name === '>') return { measure, strictness: limit.value };
  if (name === '<=' || name === '<') return { measure, strictness: -limit.value };
  return undefined;
}
