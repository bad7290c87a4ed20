/** Dates and hours as French writes them: « lundi 3 novembre », « 1er », « 9 h 05 ». */
const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];
const DAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const DAY_MS = 86_400_000;
const NBSP = '\u00A0';

interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Of a civil date, or of the local day of an instant. */
function civil(date: string): Civil {
  if (/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
    return { year, month, day };
  }
  const at = new Date(date);
  return { year: at.getFullYear(), month: at.getMonth() + 1, day: at.getDate() };
}

const utc = ({ year, month, day }: Civil) => Date.UTC(year, month - 1, day);
const two = (part: number) => String(part).padStart(2, '0');

/** `03/11/2025`, for tables. */
export function shortDate(date: string): string {
  const { year, month, day } = civil(date);
  return `${two(day)}/${two(month)}/${year}`;
}

/** `lundi 3 novembre`, with the year when it is not the one of `today`. */
export function longDate(date: string, today: string): string {
  const one = civil(date);
  const weekday = DAYS[new Date(utc(one)).getUTCDay()] ?? '';
  const day = one.day === 1 ? '1er' : String(one.day);
  const year = one.year === civil(today).year ? '' : ` ${one.year}`;
  return `${weekday} ${day}${NBSP}${MONTHS[one.month - 1] ?? ''}${year}`;
}

/** `9 h 05`, at the place of the reader. */
export function hour(instant: string): string {
  const at = new Date(instant);
  return `${at.getHours()}${NBSP}h${NBSP}${two(at.getMinutes())}`;
}

/** Whole days from `from` to `to`. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((utc(civil(to)) - utc(civil(from))) / DAY_MS);

/** `aujourd’hui`, `hier`, `il y a 3 jours`, `il y a 2 mois`. */
export function since(date: string, today: string): string {
  const days = daysBetween(date, today);
  if (days < 0) return `dans ${-days}${NBSP}jour${days === -1 ? '' : 's'}`;
  if (days === 0) return 'aujourd’hui';
  if (days === 1) return 'hier';
  if (days < 60) return `il y a ${days}${NBSP}jours`;
  if (days < 730) return `il y a ${Math.floor(days / 30.44)}${NBSP}mois`;
  return `il y a ${Math.floor(days / 365.25)}${NBSP}ans`;
}

/** Civil date that many days later. */
export function addDays(date: string, days: number): string {
  const at = new Date(utc(civil(date)) + days * DAY_MS);
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
}

/** Day `yyyy-mm-dd` and hour `HH:MM` of an instant at the place of the reader. */
export function localDay(instant: string): string {
  const { year, month, day } = civil(instant);
  return `${year}-${two(month)}-${two(day)}`;
}
export function localHour(instant: string): string {
  const at = new Date(instant);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** 1 for Monday, 7 for Sunday. */
export const weekdayOf = (date: string): number => new Date(utc(civil(date))).getUTCDay() || 7;

/** The Monday of the week of a civil date. */
export const mondayOf = (date: string): string => addDays(date, 1 - weekdayOf(date));
/** Civil date that many months later; the last day of a shorter month. */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = civil(date);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  const at = new Date(Date.UTC(year, month - 1 + months, Math.min(day, last)));
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
}

/** Full years on a day. */
export function ageAt(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
