import {
  and,
  atLeast,
  call,
  type Expression,
  isNull,
  left,
  not,
  or,
  right,
} from '../expression/expression.ts';
import { exactLevel, similarityLevel } from '../levels/levels.ts';
import { type Comparison, level, otherwise } from '../model/model.ts';

export interface CrossedNamesOptions {
  /** Jaro–Winkler similarities of a name with its like, descending. */
  readonly thresholds?: readonly number[];
  /** At this similarity with its like, a name is in its place. */
  readonly straight?: number;
  /** At this similarity with the other name, and none in its place, a pair is crossed. */
  readonly crossed?: number;
  /** Least frequency of a name that is believed, 0 to 1. */
  readonly minimumU?: number;
}

/**
 * First and family name, when some senders write them the wrong way round: a comparison for each, which says nothing on
 * crossed pairs, and a third, `crossed`, which says nothing on all others. So a swap is told once, not twice, and the
 * three stay independent. On fake_1000 this is what lifts recall most. Fold accents first.
 */
export function crossedNames<First extends string, Family extends string>(
  first: First,
  family: Family,
  options: CrossedNamesOptions = {},
): readonly Comparison<First | Family>[] {
  const { thresholds = [0.92, 0.8], straight = 0.8, crossed = 0.88, minimumU = 0 } = options;
  const like = (a: Expression, b: Expression, threshold: number): Expression =>
    atLeast(call('jaro_winkler_similarity', a, b), threshold);
  const inPlace = or(like(left(first), right(first), straight), like(left(family), right(family), straight));
  const [one, other] = [like(left(first), right(family), crossed), like(left(family), right(first), crossed)];
  const isCrossed = sure(and(or(one, other), not(sure(inPlace))));
  const named = <Name extends First | Family>(name: Name): Comparison<First | Family> => ({
    name,
    columns: [first, family],
    levels: [
      level(`${name} missing, or names crossed`, or(isNull(left(name)), isNull(right(name)), isCrossed), {
        isNull: true,
      }),
      exactLevel(name, { termFrequency: true, minimumU }),
      ...thresholds.map((threshold) => similarityLevel(name, 'jaro_winkler_similarity', threshold)),
      otherwise(),
    ],
  });
  return [
    named(first),
    named(family),
    {
      name: `crossed_${first}_${family}`,
      columns: [first, family],
      levels: [
        level('names not crossed', not(isCrossed), { isNull: true }),
        level('both names crossed', and(one, other)),
        otherwise('one name crossed'),
      ],
    },
  ];
}

/** NULL is no. */
function sure(condition: Expression): Expression {
  return call('coalesce', condition, false);
}
