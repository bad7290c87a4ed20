import { atMost, call, left, right } from '../expression/expression.ts';
import { exactLevel, nullLevel } from '../levels/levels.ts';
import { type Comparison, type ComparisonLevel, level, otherwise } from '../model/model.ts';
import { oneKeystrokeLevel, twoEditsLevel } from './near-texts.ts';

const DAYS_OF_MONTH = 31;
const DAYS_OF_YEAR = 365.25;

/** |difference| of two number columns. */
function apart(column: string, most: number, label: string): ComparisonLevel {
  return level(label, atMost(call('abs', call('-', left(column), right(column))), most));
}

/**
 * A date that people typed: equal, one keystroke away, near in time, two keystrokes away, in the years around.
 * `text` holds `yyyy-mm-dd` (also days that do not exist), `days` a number of days, missing where the day does not exist.
 */
export function dateComparison(name: string, text: string, days: string, minimumU: number): Comparison {
  return {
    name,
    columns: [text, days],
    levels: [
      nullLevel(text),
      exactLevel(text, { termFrequency: true, minimumU }),
      oneKeystrokeLevel(text),
      apart(days, DAYS_OF_MONTH, `${name} within a month`),
      twoEditsLevel(text),
      apart(days, DAYS_OF_YEAR, `${name} within a year`),
      apart(days, 10 * DAYS_OF_YEAR, `${name} within ten years`),
      otherwise(),
    ],
  };
}

/** A year, month or day that stands alone: equal, one keystroke away. */
export function datePartComparison(name: string, column: string): Comparison {
  return {
    name,
    columns: [column],
    levels: [nullLevel(column), exactLevel(column), oneKeystrokeLevel(column), otherwise()],
  };
}
