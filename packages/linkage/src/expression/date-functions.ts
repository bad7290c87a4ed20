import { type CivilDate, daysOf, isKnownFormat, parseDateAs, partsOf } from './civil-date.ts';
import type { Value } from './expression.ts';
import { type Catalogue, type FunctionDefinition, literalText, plainCall } from './function-definition.ts';

const SECONDS_A_DAY = 86_400;

function partOf(date: Value | undefined, part: string): Value {
  const parts = partsOf(String(date));
  if (part === 'epoch') {
    const days = daysOf(String(date));
    return days === undefined ? null : days * SECONDS_A_DAY;
  }
  return parts?.[part as keyof CivilDate] ?? null;
}

/** Boundaries of days, months or years that lie between two dates. */
function difference(part: string, from: string, to: string): Value {
  const [a, b] = [partsOf(from), partsOf(to)];
  if (a === undefined || b === undefined) return null;
  if (part === 'year') return b.year - a.year;
  if (part === 'month') return 12 * (b.year - a.year) + b.month - a.month;
  return (daysOf(to) ?? 0) - (daysOf(from) ?? 0);
}

function datePart(part: string): FunctionDefinition {
  return { sql: plainCall(part), evaluate: (date) => partOf(date, part), cost: 1 };
}

/** Dates, as `yyyy-mm-dd` in the twin. A TIMESTAMP is known by its date only: its twin holds at midnight. */
export const DATE_FUNCTIONS: Catalogue = {
  year: datePart('year'),
  month: datePart('month'),
  day: datePart('day'),
  /** Seconds since 1970. */
  epoch: datePart('epoch'),
  date_part: {
    sql: plainCall('date_part'),
    evaluate: (part, date) => partOf(date, String(part)),
    cost: 1,
    hasTwin: ([part]) => ['year', 'month', 'day', 'epoch'].includes(literalText(part) ?? ''),
  },
  date_diff: {
    sql: plainCall('date_diff'),
    evaluate: (part, from, to) => difference(String(part), String(from), String(to)),
    cost: 1,
    hasTwin: ([part]) => ['year', 'month', 'day'].includes(literalText(part) ?? ''),
  },
  try_strptime: {
    sql: plainCall('try_strptime'),
    evaluate: (text, format) => parseDateAs(String(text), String(format)) ?? null,
    cost: 4,
    hasTwin: ([, format]) => isKnownFormat(literalText(format) ?? ''),
  },
};
