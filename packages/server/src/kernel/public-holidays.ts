import { addDays, type CivilDate } from './civil-date.ts';

/** The eleven days of the Code du travail, L.3133-1; those counted from Easter Sunday are added below. */
const FIXED: Readonly<Record<string, string>> = {
  '01-01': 'jour de l’An',
  '05-01': 'fête du Travail',
  '05-08': 'victoire de 1945',
  '07-14': 'fête nationale',
  '08-15': 'Assomption',
  '11-01': 'Toussaint',
  '11-11': 'armistice de 1918',
  '12-25': 'Noël',
};
const AFTER_EASTER: Readonly<Record<number, string>> = {
  1: 'lundi de Pâques',
  39: 'Ascension',
  50: 'lundi de Pentecôte',
};

/** The day that commemorates the abolition of slavery, by département or territory. Source: Code du travail, L.3422-2. */
const ABOLITION: Readonly<Record<string, string>> = {
  '971': '05-27',
  '972': '05-22',
  '973': '06-10',
  '974': '12-20',
  '976': '04-27',
  '977': '10-09',
  '978': '05-28',
};

/** Where Good Friday and 26 December are days off too. Source: Code du travail, L.3134-13. */
const ALSACE_MOSELLE: ReadonlySet<string> = new Set(['57', '67', '68']);

/** Sunday of Easter in the Gregorian calendar. Source: Meeus, Astronomical Algorithms, ch. 8. */
function easterOf(year: number): CivilDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = b >> 2;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * (c >> 2) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${year}-${two(Math.floor(n / 31))}-${two((n % 31) + 1)}`;
}

const fromEaster = (date: CivilDate): number =>
  (Date.parse(date) - Date.parse(easterOf(Number(date.slice(0, 4))))) / 86_400_000;

/** French name of the public holiday that `date` is in a département; null for any other day. */
export function publicHoliday(date: CivilDate, department: string): string | null {
  const day = date.slice(5);
  const fixed = FIXED[day] ?? AFTER_EASTER[fromEaster(date)];
  if (fixed !== undefined) return fixed;
  if (ABOLITION[department] === day) return 'abolition de l’esclavage';
  if (!ALSACE_MOSELLE.has(department)) return null;
  if (day === '12-26') return 'Saint-Étienne';
  return fromEaster(date) === -2 ? 'Vendredi saint' : null;
}

/** Day of the week: 1 for Monday, 7 for Sunday. */
export const weekdayOf = (date: CivilDate): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

export const isWeekend = (date: CivilDate): boolean => weekdayOf(date) > 5;

/** The first day after `date` that is neither of a week-end nor a public holiday. */
export function nextWorkingDay(date: CivilDate, department: string): CivilDate {
  let day = addDays(date, 1);
  while (isWeekend(day) || publicHoliday(day, department) !== null) day = addDays(day, 1);
  return day;
}
