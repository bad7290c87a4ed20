import { call, column, type Expression, equal, extracted, left, right } from '../expression/expression.ts';
import { distanceLevel, exactLevel, nullLevel, similarityLevel } from '../levels/levels.ts';
import { type ComparisonLevel, level, otherwise } from '../model/model.ts';
import { type Prepared, prepared } from './prepared.ts';

/** The first of the two values under `length` characters is that of the other. */
function sameBeginning(name: string, length: number): ComparisonLevel {
  const begin = (side: Expression): Expression => call('substr', side, 1, length);
  return level(`${name}: same first ${length}`, equal(begin(left(name)), begin(right(name))));
}

/** Postal codes of five digits: equal (rare ones weigh more), the same first three, the same first two. */
export function postalCode<Column extends string>(name: Column): Prepared<Column> {
  const key = `${name}_key`;
  return {
    derivations: prepared({ name: key, expression: extracted(column(name), '\\d{5}') }),
    comparisons: [
      {
        name,
        columns: [],
        levels: [
          nullLevel(key),
          exactLevel(key, { termFrequency: true }),
          sameBeginning(key, 3),
          sameBeginning(key, 2),
          otherwise(),
        ],
      },
    ],
  };
}

/**
 * E-mail addresses, in lower case: equal (rare ones weigh more), the same user at another domain, users and whole
 * addresses that are much alike. What has no `@` counts as missing.
 */
export function emailAddress<Column extends string>(
  name: Column,
  thresholds: readonly number[] = [0.95, 0.88],
): Prepared<Column> {
  const [key, user] = [`${name}_key`, `${name}_user`];
  const lower = call('lower', call('trim', column(name)));
  return {
    derivations: prepared(
      { name: key, expression: call('case', call('contains', lower, '@'), lower, null) },
      { name: user, expression: extracted(column(key), '^[^@]+') },
    ),
    comparisons: [
      {
        name,
        columns: [],
        levels: [
          nullLevel(key),
          exactLevel(key, { termFrequency: true }),
          exactLevel(user),
          ...thresholds.map((threshold) => similarityLevel(key, 'jaro_winkler_similarity', threshold)),
          otherwise(),
        ],
      },
    ],
  };
}

/** Digits by which a telephone is known: those of a French number without its 0 or +33. */
const PHONE_DIGITS = 9;

/** Telephones by their last nine digits: equal (those of many weigh less), one digit apart. Shorter ones are missing. */
export function phone<Column extends string>(name: Column): Prepared<Column> {
  const key = `${name}_key`;
  const digits = call('regexp_replace', column(name), '[^0-9]', '', 'g');
  const last = call('substr', digits, -PHONE_DIGITS);
  return {
    derivations: prepared({
      name: key,
      expression: call('case', call('>=', call('length', digits), PHONE_DIGITS), last, null),
    }),
    comparisons: [
      {
        name,
        columns: [],
        levels: [
          nullLevel(key),
          exactLevel(key, { termFrequency: true }),
          distanceLevel(key, 'levenshtein', 1),
          otherwise(),
        ],
      },
    ],
  };
}
