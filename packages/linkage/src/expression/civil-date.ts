/**
 * Dates as the engine reads them from text. Years 0000 to 9999: before and after, texts no longer sort as dates do.
 */

const DATE_TEXT = /^[ \t\n\v\f\r]*(\d{1,9})([ \-/\\])(\d{1,2})\2(\d{1,2})(?!\d)/;

/**
 * What DuckDB makes of `CAST(text AS DATE)`, as `yyyy-mm-dd`; undefined where it fails. It takes `2008-3-4`, blanks,
 * slashes, and whatever is not a digit after the day; it does not take `20080304` nor 30 February.
 */
export function parseDate(text: string): string | undefined {
  const [, year = '', , month = '', day = ''] = DATE_TEXT.exec(text) ?? [];
  return year === '' ? undefined : dateText(Number(year), Number(month), Number(day));
}

const FORMATS: ReadonlyMap<string, (text: string) => string | undefined> = new Map([
  ['%Y-%m-%d', byPattern(/^(?<y>\d{1,4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/)],
  ['%Y/%m/%d', byPattern(/^(?<y>\d{1,4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})$/)],
  ['%d/%m/%Y', byPattern(/^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{1,4})$/)],
  ['%d-%m-%Y', byPattern(/^(?<d>\d{1,2})-(?<m>\d{1,2})-(?<y>\d{1,4})$/)],
  ['%Y%m%d', byPattern(/^(?<y>\d{4})(?<m>\d{2})(?<d>\d{1,2})$/)],
]);

function byPattern(pattern: RegExp): (text: string) => string | undefined {
  return (text) => {
    const { y, m, d } = pattern.exec(text)?.groups ?? {};
    return y === undefined ? undefined : dateText(Number(y), Number(m), Number(d));
  };
}

export function isKnownFormat(format: string): boolean {
  return FORMATS.has(format);
}

/** DuckDB's `try_strptime`, for the formats that `isKnownFormat` names; blanks around are allowed. */
export function parseDateAs(text: string, format: string): string | undefined {
  return FORMATS.get(format)?.(text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, ''));
}

function dateText(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Parts of a `yyyy-mm-dd` text; undefined for anything else. A time of day after it is passed over. */
export function partsOf(text: string): CivilDate | undefined {
  const [, year, month, day] = /^(\d{4,9})-(\d\d)-(\d\d)(?!\d)/.exec(text) ?? [];
  if (year === undefined) return undefined;
  return { year: Number(year), month: Number(month), day: Number(day) };
}

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a `yyyy-mm-dd` text. */
export function daysOf(text: string): number | undefined {
  const parts = partsOf(text);
  if (parts === undefined) return undefined;
  // Years below 100 would be taken for those of the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  return date.getTime() / DAY_MS;
}
