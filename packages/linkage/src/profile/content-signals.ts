import { quoteText } from '../expression/sql-text.ts';
import type { ContentSignals } from './column-profile.ts';

const YEAR = '(1[5-9]|20)[0-9]{2}';
const MONTH = '(0?[1-9]|1[0-2])';
const DAY = '(0?[1-9]|[12][0-9]|3[01])';

/** What a value must look like for each signal: regular expressions over the whole value. */
const SHAPES = {
  letters: "[\\p{L}\\p{M} .'’-]+",
  digits: '[0-9]+',
  mixed: '.*([\\p{L}].*[0-9]|[0-9].*[\\p{L}]).*',
  email: '[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}',
  phone: '[+(]?[0-9][0-9 ().-]{7,17}[0-9]',
  ymd: `${YEAR}[-/.]${MONTH}[-/.]${DAY}([T ].*)?`,
  compact: `${YEAR}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])`,
  dmy: `${DAY}[-/.]${MONTH}[-/.]${YEAR}`,
  mdy: `${MONTH}[-/.]${DAY}[-/.]${YEAR}`,
  year: YEAR,
  month: MONTH,
  day: DAY,
  shortNumber: '[0-9]{1,5} ?[A-Za-z]{0,3}',
  postal:
    '([0-9]{4,5}(-[0-9]{4})?|[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9]?[A-Za-z]{0,2}|[A-Za-z][0-9][A-Za-z] ?[0-9][A-Za-z][0-9])',
} as const satisfies Partial<Record<keyof ContentSignals, string>>;

/** Aggregates over a table of `value` and `n` (its rows), one for each signal of shape. */
export function signalsSql(): readonly string[] {
  return Object.entries(SHAPES).map(
    ([name, pattern]) =>
      `coalesce(sum(n) FILTER (WHERE regexp_full_match(value, ${quoteText(pattern)})), 0) AS ${name.toLowerCase()}_n`,
  );
}

/** Signals from a row of `signalsSql` and of the plain counts of `profile-columns.ts`. */
export function readSignals(row: Readonly<Record<string, unknown>>, rows: number): ContentSignals {
  const number = (name: string): number => Number(row[name] ?? 0);
  const filled = number('filled_n');
  const share = (name: string): number => (filled === 0 ? 0 : number(`${name.toLowerCase()}_n`) / filled);
  const mean = (name: string): number => (filled === 0 ? 0 : number(name) / filled);
  return {
    filled: rows === 0 ? 0 : filled / rows,
    distinct: number('distinct_n'),
    meanLength: mean('characters'),
    meanWords: mean('words'),
    letters: share('letters'),
    digits: share('digits'),
    mixed: share('mixed'),
    email: share('email'),
    phone: share('phone'),
    ymd: share('ymd'),
    compact: share('compact'),
    dmy: share('dmy'),
    mdy: share('mdy'),
    year: share('year'),
    month: share('month'),
    day: share('day'),
    shortNumber: share('shortNumber'),
    postal: share('postal'),
    oneLength: share('one_length'),
  };
}
