import {
  and,
  atLeast,
  call,
  type Expression,
  eachOf,
  equal,
  left,
  or,
  right,
} from '../expression/expression.ts';
import { type ComparisonLevel, level } from '../model/model.ts';
import type { Similarity } from './levels.ts';
import type { LevelSettings } from './logic-levels.ts';

const shared = (name: string): Expression => call('list_intersect_size', left(name), right(name));
const sizeOf = (list: Expression): Expression => call('length', list);

/** Two lists have at least `size` elements in common. */
export function overlapLevel(name: string, size: number, settings: LevelSettings = {}): ComparisonLevel {
  const condition = size <= 1 ? call('list_has_any', left(name), right(name)) : atLeast(shared(name), size);
  return level(`${name}: ${size} or more in common`, condition, settings);
}

/** All elements of one list are in the other; an empty list is a subset of none. Elements are told once each. */
export function subsetLevel(name: string): ComparisonLevel {
  const inside = (a: Expression, b: Expression): Expression =>
    and(atLeast(sizeOf(a), 1), call('list_has_all', b, a));
  return level(
    `${name}: one within the other`,
    or(inside(left(name), right(name)), inside(right(name), left(name))),
  );
}

const wordsOf = (text: Expression): Expression => call('list_distinct', call('split_words', text));

/** At least this share (0 to 1) of the words of the shorter text are words of the other. Words are parted by blanks. */
export function tokenShareLevel(name: string, share: number): ComparisonLevel {
  const [a, b] = [wordsOf(left(name)), wordsOf(right(name))];
  const least = call('*', share, call('least', sizeOf(a), sizeOf(b)));
  // Rounding: 0.1 · 30 is a little more than 3.
  const enough = call('-', least, 1e-9);
  return level(
    `${name}: ${share} or more of the words in common`,
    atLeast(call('list_intersect_size', a, b), enough),
  );
}

/** Texts with the same words, in whatever order. */
export function sameWordsLevel(name: string): ComparisonLevel {
  return level(`${name}: same words`, equal(wordsOf(left(name)), wordsOf(right(name))));
}

/** Of all pairs of elements of the two lists, the most similar one reaches the threshold. */
export function bestPairLevel(name: string, similarity: Similarity, threshold: number): ComparisonLevel {
  const best = call(
    'list_max',
    eachOf(
      left(name),
      (x) =>
        call(
          'list_max',
          eachOf(right(name), (y) => call(similarity, x, y), 'y'),
        ),
      'x',
    ),
  );
  return level(`best ${similarity} of ${name} >= ${threshold}`, atLeast(best, threshold));
}
