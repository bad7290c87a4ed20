import {
  and,
  atLeast,
  call,
  type Expression,
  equal,
  isNull,
  left,
  or,
  right,
} from '../expression/expression.ts';
import { exactLevel, nullLevel, similarityLevel } from '../levels/levels.ts';
import { type Comparison, type ComparisonLevel, level, otherwise } from '../model/model.ts';

export interface NameOptions {
  /** Jaro–Winkler similarities of a name with its like, descending; 0.92, 0.85 and 0.7 by default. */
  readonly thresholds?: readonly number[];
  /** Least frequency of a name that is believed, 0 to 1: rare ones are often misspelt. */
  readonly minimumU?: number;
}

export interface CrossedNamesOptions extends Pick<NameOptions, 'thresholds'> {
  /** At this similarity with its like, a name is in its place; 0.8 by default. */
  readonly straight?: number;
  /** At this similarity with the other name, and none in its place, a pair is crossed; 0.88 by default. */
  readonly crossed?: number;
  /** As of `NameOptions`, for both names, or for the first and the family name. */
  readonly minimumU?: number | readonly [number, number];
}

const THRESHOLDS: readonly number[] = [0.92, 0.85, 0.7];

/** One name, as letters and blanks: equal, nearly equal (a rare one says more in both), alike. Fold accents first. */
export function personName<Name extends string>(name: Name, options: NameOptions = {}): Comparison<Name> {
  return { name, columns: [name], levels: [nullLevel(name), ...nameLevels(name, options)] };
}

function nameLevels(
  column: string,
  { thresholds = THRESHOLDS, minimumU = 0 }: NameOptions,
): readonly ComparisonLevel[] {
  const [nearest, ...others] = thresholds.map((threshold) =>
    similarityLevel(column, 'jaro_winkler_similarity', threshold),
  );
  const termFrequency = { column, weight: 1, minimumU, ownU: false };
  return [
    exactLevel(column, { termFrequency: true, minimumU }),
    ...(nearest === undefined ? [] : [{ ...nearest, termFrequency }]),
    ...others,
    otherwise(),
  ];
}

/**
 * First and family name, when some senders write them the wrong way round: a comparison for each, which says nothing on
 * crossed pairs, and a third, which tells whether they are. So a swap is told once, not twice. On fake_1000 this is what
 * lifts recall most. Fold accents first.
 */
export function crossedNames<First extends string, Family extends string>(
  first: First,
  family: Family,
  options: CrossedNamesOptions = {},
): readonly [Comparison<First | Family>, Comparison<First | Family>, Comparison<First | Family>] {
  const { thresholds = THRESHOLDS, minimumU = 0 } = options;
  const [leastFirst, leastFamily] = typeof minimumU === 'number' ? [minimumU, minimumU] : minimumU;
  const columns = [first, family] as const;
  const isCrossed = crossed(first, family, options);
  const own = (name: First | Family, least: number): Comparison<First | Family> => ({
    name,
    columns,
    levels: [
      level(`${name} missing, or names crossed`, or(isNull(left(name)), isNull(right(name)), isCrossed), {
        isNull: true,
      }),
      ...nameLevels(name, { thresholds, minimumU: least }),
    ],
  });
  const both = and(equal(left(first), right(family)), equal(left(family), right(first)));
  return [
    own(first, leastFirst),
    own(family, leastFamily),
    {
      name: `crossed_${first}_${family}`,
      columns,
      levels: [
        level(
          'no names to compare',
          or(
            and(isNull(left(first)), isNull(left(family))),
            and(isNull(right(first)), isNull(right(family))),
          ),
          { isNull: true },
        ),
        level('both names crossed, equal', and(both, isCrossed)),
        level('names crossed', isCrossed),
        otherwise('not crossed'),
      ],
    },
  ];
}

/** Neither name is like its own, and one is like the other's, the initial included. A missing name is like nothing. */
function crossed(
  first: string,
  family: string,
  { straight = 0.8, crossed: threshold = 0.88 }: CrossedNamesOptions,
): Expression {
  const similarity = (a: Expression, b: Expression): Expression =>
    call('coalesce', call('jaro_winkler_similarity', a, b), 0);
  // Most pairs fail on the initials, which are far cheaper than a similarity.
  const alike = (a: Expression, b: Expression): Expression =>
    and(
      equal(call('substr', a, 1, 1), call('substr', b, 1, 1)),
      atLeast(call('jaro_winkler_similarity', a, b), threshold),
    );
  return and(
    call('coalesce', or(alike(left(first), right(family)), alike(left(family), right(first))), false),
    call('<', similarity(left(first), right(first)), straight),
    call('<', similarity(left(family), right(family)), straight),
  );
}
