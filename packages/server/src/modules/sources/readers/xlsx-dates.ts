import { addDays, type CivilDate } from '../../../kernel/civil-date.ts';

/** Built-in number formats that show dates. Source: ECMA-376, part 1, §18.8.30. */
const BUILT_IN_DATES: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 57, 58]);

/** True when a number format shows a day: a built-in one, or a code with `d` or `y` outside quotes, brackets and escapes. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.has(id);
  return /[dyj]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}

/** Serial numbers that a civil date of 1900 to 9999 has. */
const LAST_SERIAL = 2_958_465;

/**
 * The civil date that a serial number stands for, its time cut off; undefined outside of 1900–9999.
 * Serial 60 is a 29 February 1900 that never was, kept by Excel for the sake of an older program: days before it are one later.
 */
export function isoDateOfSerial(serial: number, date1904: boolean): CivilDate | undefined {
  const day = Math.floor(serial);
  if (day < 0 || day > LAST_SERIAL) return undefined;
  if (date1904) return addDays('1904-01-01', day);
  if (day < 1 || day === 60) return undefined;
  return addDays(day < 60 ? '1899-12-31' : '1899-12-30', day);
}
