/**
 * Civil dates as `yyyy-mm-dd` text, computed with whole numbers: no clock, no zone.
 * Kept here because this package stands on the contract alone, and the truth must not be judged by the
 * program that it is there to check.
 */
export type CivilDate = string;

const DAYS_IN_ERA = 146_097;
const DAYS_FROM_ERA_TO_1970 = 719_468;

/** Days since 1970-01-01. Source: Howard Hinnant, "chrono-compatible low-level date algorithms". */
function dayNumber(date: CivilDate): number {
  const month = Number(date.slice(5, 7));
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_IN_ERA + dayOfEra - DAYS_FROM_ERA_TO_1970;
}

function fromDayNumber(day: number): CivilDate {
  const shifted = day + DAYS_FROM_ERA_TO_1970;
  const era = Math.floor(shifted / DAYS_IN_ERA);
  const dayOfEra = shifted - era * DAYS_IN_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return civilDate(year, month, dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1);
}

/** Writes a date; does not check that the day exists (senders also write days that do not). */
export function civilDate(year: number, month: number, day: number): CivilDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** `date` moved by a whole number of days. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return fromDayNumber(dayNumber(date) + days);
}

/** The same day `months` later, or the last of that month when it has no such day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const first = civilDate(Math.floor(count / 12), (count % 12) + 1, 1);
  const next = civilDate(Math.floor((count + 1) / 12), ((count + 1) % 12) + 1, 1);
  return earliest(addDays(first, Number(date.slice(8, 10)) - 1), addDays(next, -1));
}

/** Whole days from `from` to `to`; negative when `to` is before `from`. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Days since 1970-01-01, for spreadsheets. */
export function epochDay(date: CivilDate): number {
  return dayNumber(date);
}

/** True for `yyyy-mm-dd` and a day that exists. */
export function isCivilDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && addDays(text, 0) === text;
}

/** Age in full years at `at`; born on 29 February, a year older on 1 March of common years. */
export function ageAt(birth: CivilDate, at: CivilDate): number {
  const years = Number(at.slice(0, 4)) - Number(birth.slice(0, 4));
  return at.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** The year in which the school year that contains `date` starts (1 September). */
export function schoolYearOf(date: CivilDate): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= '09-01' ? year : year - 1;
}

/** `dd/mm/yyyy`. */
export function frenchDate(date: CivilDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** The earlier of two dates. */
export function earliest(left: CivilDate, right: CivilDate): CivilDate {
  return left < right ? left : right;
}

/** The later of two dates. */
export function latest(left: CivilDate, right: CivilDate): CivilDate {
  return left > right ? left : right;
}
