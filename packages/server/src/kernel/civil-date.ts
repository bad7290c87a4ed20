/**
 * Civil dates as `yyyy-mm-dd` text: no time, no zone. Text compares in date order.
 */
export type CivilDate = string;

const ZERO = '0'.charCodeAt(0);
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** False too when one is no number. */
function exists(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return false;
  const length = month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
  return day <= length;
}

/**
 * Reads `yyyy-mm-dd` or `dd/mm/yyyy`, blanks around allowed.
 * Returns undefined for anything else: 31/02, 29/02 of a common year, two-digit years, text.
 */
export function parseCivilDate(text: string | undefined | null): CivilDate | undefined {
  if (!text) return undefined;
  const trimmed = text.trim();
  if (trimmed.length !== 10) return undefined;
  if (trimmed[4] === '-' && trimmed[7] === '-') {
    const known = exists(digits(trimmed, 0, 4), digits(trimmed, 5, 7), digits(trimmed, 8, 10));
    return known ? trimmed : undefined;
  }
  if (trimmed[2] !== '/' || trimmed[5] !== '/') return undefined;
  const known = exists(digits(trimmed, 6, 10), digits(trimmed, 3, 5), digits(trimmed, 0, 2));
  return known ? `${trimmed.slice(6)}-${trimmed.slice(3, 5)}-${trimmed.slice(0, 2)}` : undefined;
}

/** The number that stands in `text`; NaN when it is not all digits. Patterns would cost several times as much: this runs several times a row. */
function digits(text: string, from: number, end: number): number {
  let number = 0;
  for (let at = from; at < end; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/**
 * Age in full years at `at`. Born on 29 February: a year older on 1 March of common years.
 * Negative when `birth` is after `at`.
 */
export function ageAt(birth: CivilDate, at: CivilDate): number {
  const years = Number(at.slice(0, 4)) - Number(birth.slice(0, 4));
  return at.slice(5) < birth.slice(5) ? years - 1 : years;
}

/**
 * The last day on which one may be born to be `age` at `at`: whoever is born later is younger, as `ageAt` tells. It may be a
 * 29 February of a common year: it is there to be compared with.
 */
export function lastBirthOfAge(age: number, at: CivilDate): CivilDate {
  return `${String(Number(at.slice(0, 4)) - age).padStart(4, '0')}${at.slice(4)}`;
}

/** First day of the school year (1 September) that contains `date`; its number is the year it starts. */
export function schoolYearOf(date: CivilDate): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= '09-01' ? year : year - 1;
}

/** `date` moved by a whole number of days. */
export function addDays(date: CivilDate, days: number): CivilDate {
  const time = Date.UTC(
    Number(date.slice(0, 4)),
    Number(date.slice(5, 7)) - 1,
    Number(date.slice(8, 10)) + days,
  );
  return new Date(time).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is before `from`. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  const DAY_MS = 86_400_000;
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** `date` moved by whole years; 29 February becomes 28 February where there is none. */
export function addYears(date: CivilDate, years: number): CivilDate {
  const year = Number(date.slice(0, 4)) + years;
  const rest = date.slice(4) === '-02-29' && !isLeapYear(year) ? '-02-28' : date.slice(4);
  return `${String(year).padStart(4, '0')}${rest}`;
}

/** `date` moved by whole months; a day that the month does not have becomes its last one. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  const length = month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
  const parts = [String(year).padStart(4, '0'), month, Math.min(Number(date.slice(8, 10)), length)];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
