import { call, column, type Expression, tryCast } from '../expression/expression.ts';
import {
  type DateInput,
  type DateUnit,
  missingDateLevel,
  oneCharacterDateLevel,
  sameDateLevel,
  transposedDateLevel,
  unknownDayLevel,
  withinLevel,
} from '../levels/date-levels.ts';
import { type Comparison, type Derivation, otherwise } from '../model/model.ts';

export interface DateOptions {
  /** `date` for a DATE column; `text` (the default) for `yyyy-mm-dd`. */
  readonly input?: DateInput;
  /** Distances that still say something, from the nearest; a month, a year and ten years by default. */
  readonly within?: readonly (readonly [amount: number, unit: DateUnit])[];
}

/**
 * Dates of one event: equal (never on 1 January), day and month transposed, one character apart, the same year with
 * 1 January on a side (an unknown day, often), then within each distance.
 */
export function dateComparison<Column extends string>(
  name: Column,
  options: DateOptions = {},
): Comparison<Column> {
  const { input = 'text', within = DEFAULT_WITHIN } = options;
  return {
    name,
    columns: [name],
    levels: [
      missingDateLevel(name, input),
      sameDateLevel(name, input),
      transposedDateLevel(name, input),
      oneCharacterDateLevel(name, input),
      unknownDayLevel(name, input),
      ...within.map(([amount, unit]) => withinLevel(name, amount, unit, input)),
      otherwise(),
    ],
  };
}

const DEFAULT_WITHIN: readonly (readonly [number, DateUnit])[] = [
  [1, 'month'],
  [1, 'year'],
  [10, 'year'],
];

/** Formats of dates that `civilDate` reads: ISO, and the French ones. */
export type DateFormat = '%Y-%m-%d' | '%d/%m/%Y' | '%d-%m-%Y' | '%Y%m%d' | '%Y/%m/%d';

/**
 * A column with the date of a text column as `yyyy-mm-dd`, NULL where it is in none of the formats (tried in order) or is
 * no day of the calendar.
 */
export function civilDate(
  from: string,
  name: string,
  formats: readonly DateFormat[] = ['%Y-%m-%d', '%d/%m/%Y'],
): Derivation {
  const parsed: Expression = call(
    'coalesce',
    ...formats.map((format) => call('try_strptime', column(from), format)),
  );
  // By way of DATE: a TIMESTAMP would be written with its hour.
  return { name, expression: call('cast', tryCast(parsed, 'DATE'), 'VARCHAR') };
}
