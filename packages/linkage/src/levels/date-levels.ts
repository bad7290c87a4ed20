import {
  and,
  atMost,
  call,
  different,
  type Expression,
  equal,
  isNull,
  left,
  not,
  or,
  right,
  tryCast,
} from '../expression/expression.ts';
import { type ComparisonLevel, level } from '../model/model.ts';

/**
 * How a column holds its dates: as DATE, or as text `yyyy-mm-dd` (other texts: make one by `civilDate`,
 * comparisons/dates.ts). What is not a date counts as missing.
 */
export type DateInput = 'date' | 'text';

export type DateUnit = 'day' | 'month' | 'year';

const SECONDS_A_DAY = 86_400;
/** Source: Splink: a year is 365.25 days, a month a twelfth of it. */
const DAYS: Readonly<Record<DateUnit, number>> = { day: 1, month: 365.25 / 12, year: 365.25 };

const asDate = (value: Expression, input: DateInput): Expression =>
  input === 'date' ? value : tryCast(value, 'DATE');
const asText = (value: Expression, input: DateInput): Expression =>
  input === 'date' ? call('cast', value, 'VARCHAR') : value;

interface Sides {
  readonly l: Expression;
  readonly r: Expression;
}

const texts = (name: string, input: DateInput): Sides => ({
  l: asText(left(name), input),
  r: asText(right(name), input),
});

/** One of the sides is missing, or no date. */
export function missingDateLevel(name: string, input: DateInput): ComparisonLevel {
  const missing = [left(name), right(name)].map((side) => isNull(asDate(side, input)));
  return level(`${name} missing or no date`, or(...missing), { isNull: true });
}

const isFirstOfJanuary = (text: Expression): Expression => call('suffix', text, '-01-01');
const bothFirstOfJanuary = ({ l, r }: Sides): Expression => and(isFirstOfJanuary(l), isFirstOfJanuary(r));
const yearOf = (text: Expression): Expression => call('substr', text, 1, 4);

/** Equal, but for 1 January, which often stands for a day that nobody knew. */
export function sameDateLevel(name: string, input: DateInput): ComparisonLevel {
  const { l } = texts(name, input);
  return level(`${name} equal, not 1 January`, and(equal(left(name), right(name)), not(isFirstOfJanuary(l))));
}

/** Day and month written the wrong way round, and not one date (1 January, 5 May). */
export function transposedDateLevel(name: string, input: DateInput): ComparisonLevel {
  const { l, r } = texts(name, input);
  const monthOf = (text: Expression): Expression => call('substr', text, 6, 2);
  const dayOf = (text: Expression): Expression => call('substr', text, 9, 2);
  return level(
    `${name}: day and month transposed`,
    and(
      different(l, r),
      equal(yearOf(l), yearOf(r)),
      equal(monthOf(l), dayOf(r)),
      equal(dayOf(l), monthOf(r)),
    ),
  );
}

/** One character changed, or two neighbours in each other's place; two days of 1 January are not counted as one. */
export function oneCharacterDateLevel(name: string, input: DateInput): ComparisonLevel {
  const sides = texts(name, input);
  return level(
    `${name}: one character apart`,
    and(not(bothFirstOfJanuary(sides)), atMost(call('damerau_levenshtein', sides.l, sides.r), 1)),
  );
}

/** The same year, and 1 January on one side or both: the year was known, perhaps, and no more. */
export function unknownDayLevel(name: string, input: DateInput): ComparisonLevel {
  const sides = texts(name, input);
  return level(
    `${name}: same year, 1 January`,
    and(equal(yearOf(sides.l), yearOf(sides.r)), or(isFirstOfJanuary(sides.l), isFirstOfJanuary(sides.r))),
  );
}

/** No further apart than so many days, months (365.25/12 days) or years (365.25 days), inclusive. */
export function withinLevel(
  name: string,
  amount: number,
  unit: DateUnit,
  input: DateInput = 'date',
): ComparisonLevel {
  const seconds = (value: Expression): Expression => call('epoch', asDate(value, input));
  const apart = call('abs', call('-', seconds(left(name)), seconds(right(name))));
  return level(
    `${name} within ${amount} ${unit}${amount === 1 ? '' : 's'}`,
    atMost(apart, amount * DAYS[unit] * SECONDS_A_DAY),
  );
}
