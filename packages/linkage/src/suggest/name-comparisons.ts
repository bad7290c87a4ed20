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

/** Columns of one name: as letters and blanks, and how much a shared value must at most weigh. */
export interface NameColumn {
  readonly column: string;
  /** Least frequency believed of a value. */
  readonly minimumU: number;
}

const SAME_NAME = 0.8;
const CROSSED_NAME = 0.88;

const similarity = (a: Expression, b: Expression): Expression =>
  call('coalesce', call('jaro_winkler_similarity', a, b), 0);

/**
 * First and family name written the wrong way round: neither is like its own, and one is like the other's, the
 * initial included. A missing name is like nothing.
 */
function crossed(first: string, family: string): Expression {
  // Most pairs fail on the initials, which are far cheaper than a similarity.
  const alike = (a: Expression, b: Expression): Expression =>
    and(
      equal(call('substr', a, 1, 1), call('substr', b, 1, 1)),
      atLeast(call('jaro_winkler_similarity', a, b), CROSSED_NAME),
    );
  return and(
    call('coalesce', or(alike(left(first), right(family)), alike(left(family), right(first))), false),
    call('<', similarity(left(first), right(first)), SAME_NAME),
    call('<', similarity(left(family), right(family)), SAME_NAME),
  );
}

function nameLevels({ column, minimumU }: NameColumn): readonly ComparisonLevel[] {
  return [
    exactLevel(column, { termFrequency: true, minimumU }),
    {
      ...similarityLevel(column, 'jaro_winkler_similarity', 0.92),
      termFrequency: { column, weight: 1, minimumU, ownU: false },
    },
    similarityLevel(column, 'jaro_winkler_similarity', 0.85),
    similarityLevel(column, 'jaro_winkler_similarity', 0.7),
    otherwise(),
  ];
}

/** One name alone. */
export function nameComparison(name: string, of: NameColumn): Comparison {
  return { name, columns: [of.column], levels: [nullLevel(of.column), ...nameLevels(of)] };
}

/**
 * First name, family name, and whether they are crossed: three comparisons that tell a swap once. Pairs whose names are
 * crossed are told by the third only; to the others it says nothing but that.
 */
export function crossedNameComparisons(first: NameColumn, family: NameColumn): readonly Comparison[] {
  const columns = [first.column, family.column];
  const isCrossed = crossed(first.column, family.column);
  const own = (name: string, of: NameColumn): Comparison => ({
    name,
    columns,
    levels: [
      level(
        `${of.column} missing, or names crossed`,
        or(isNull(left(of.column)), isNull(right(of.column)), isCrossed),
        { isNull: true },
      ),
      ...nameLevels(of),
    ],
  });
  const bothCrossed = and(
    equal(left(first.column), right(family.column)),
    equal(left(family.column), right(first.column)),
  );
  return [
    own('first_name', first),
    own('family_name', family),
    {
      name: 'crossed_names',
      columns,
      levels: [
        level(
          'no names to compare',
          or(
            and(isNull(left(first.column)), isNull(left(family.column))),
            and(isNull(right(first.column)), isNull(right(family.column))),
          ),
          { isNull: true },
        ),
        level('both names crossed, equal', and(bothCrossed, isCrossed)),
        level('names crossed', isCrossed),
        otherwise('not crossed'),
      ],
    },
  ];
}
