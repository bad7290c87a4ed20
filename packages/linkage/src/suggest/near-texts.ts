import { and, atMost, call, type Expression, left, right } from '../expression/expression.ts';
import { type ComparisonLevel, level } from '../model/model.ts';

/**
 * One keystroke apart: a letter changed, left out, added, or two swapped. Levenshtein's distance, ten times cheaper and
 * at most two where the other is one, keeps nearly all pairs away from Damerau's.
 */
export function oneKeystroke(column: string): Expression {
  const [l, r] = [left(column), right(column)];
  return and(atMost(call('levenshtein', l, r), 2), atMost(call('damerau_levenshtein', l, r), 1));
}

export function oneKeystrokeLevel(column: string): ComparisonLevel {
  return level(`${column}: one keystroke apart`, oneKeystroke(column));
}

/** Two letters changed, left out or added. */
export function twoEditsLevel(column: string): ComparisonLevel {
  return level(`${column}: two edits apart`, atMost(call('levenshtein', left(column), right(column)), 2));
}
