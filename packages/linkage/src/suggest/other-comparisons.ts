import { and, atLeast, call, equal, isNull, left, or, right } from '../expression/expression.ts';
import { exactLevel, nullLevel, similarityLevel } from '../levels/levels.ts';
import { type Comparison, level, otherwise } from '../model/model.ts';
import { oneKeystroke, oneKeystrokeLevel, twoEditsLevel } from './near-texts.ts';

/** A number that stands for a person: equal, or one or two keystrokes away. */
export function identifierComparison(name: string, column: string, minimumU: number): Comparison {
  return {
    name,
    columns: [column],
    levels: [
      nullLevel(column),
      exactLevel(column, { termFrequency: true, minimumU }),
      oneKeystrokeLevel(column),
      twoEditsLevel(column),
      otherwise(),
    ],
  };
}

/** An e-mail address; `user` is what stands before the `@`. */
export function emailComparison(name: string, column: string, user: string, minimumU: number): Comparison {
  return {
    name,
    columns: [column, user],
    levels: [
      nullLevel(column),
      exactLevel(column, { termFrequency: true, minimumU }),
      exactLevel(user),
      similarityLevel(column, 'jaro_winkler_similarity', 0.92),
      similarityLevel(user, 'jaro_winkler_similarity', 0.88),
      otherwise(),
    ],
  };
}

/** Texts of several words or letters that are misspelt: places, addresses, occupations, names in full. */
export function textComparison(
  name: string,
  column: string,
  thresholds: readonly number[],
  minimumU: number,
): Comparison {
  return {
    name,
    columns: [column],
    levels: [
      nullLevel(column),
      exactLevel(column, { termFrequency: true, minimumU }),
      ...thresholds.map((threshold) => similarityLevel(column, 'jaro_winkler_similarity', threshold)),
      otherwise(),
    ],
  };
}

/** Few values: equal or not; rare ones say more. */
export function categoryComparison(name: string, column: string): Comparison {
  return {
    name,
    columns: [column],
    levels: [nullLevel(column), exactLevel(column, { termFrequency: true }), otherwise()],
  };
}

/** A postal code alone. */
export function postalComparison(name: string, column: string, minimumU: number): Comparison {
  return {
    name,
    columns: [column],
    levels: [
      nullLevel(column),
      exactLevel(column, { termFrequency: true, minimumU }),
      oneKeystrokeLevel(column),
      twoEditsLevel(column),
      otherwise(),
    ],
  };
}

/**
 * City and postal code are one piece of evidence, told by one comparison: two people of one city mostly share its code,
 * and both agreeing must not count twice.
 */
export function placeComparison(name: string, city: string, postal: string, minimumU: number): Comparison {
  const missing = and(
    or(isNull(left(city)), isNull(right(city))),
    or(isNull(left(postal)), isNull(right(postal))),
  );
  const near = oneKeystroke(postal);
  const alike = call('jaro_winkler_similarity', left(city), right(city));
  return {
    name,
    columns: [city, postal],
    levels: [
      level('place missing', missing, { isNull: true }),
      level('city and code equal', and(equal(left(city), right(city)), equal(left(postal), right(postal)))),
      exactLevel(postal, { termFrequency: true, minimumU }),
      level('city equal, code one keystroke away', and(equal(left(city), right(city)), near)),
      level('city alike, code one keystroke away', and(atLeast(alike, 0.88), near)),
      exactLevel(city, { termFrequency: true, minimumU }),
      level('city alike', atLeast(alike, 0.88)),
      level('code one keystroke away', near),
      otherwise(),
    ],
  };
}
