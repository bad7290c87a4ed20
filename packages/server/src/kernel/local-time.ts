import type { CivilDate } from './civil-date.ts';

/** Time zones of the overseas départements and territories; all others keep the time of Paris. Source: IANA. */
const OVERSEAS: Readonly<Record<string, string>> = {
  '971': 'America/Guadeloupe',
  '972': 'America/Martinique',
  '973': 'America/Cayenne',
  '974': 'Indian/Reunion',
  '975': 'America/Miquelon',
  '976': 'Indian/Mayotte',
  '977': 'America/St_Barthelemy',
  '978': 'America/Marigot',
};

/** IANA name of the time zone of a département. */
export const timeZoneOf = (department: string): string => OVERSEAS[department] ?? 'Europe/Paris';

const DAY_MS = 86_400_000;

const FORMATS = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  FORMATS.set(zone, made);
  return made;
}

/** Day `yyyy-mm-dd` and hour `HH:MM` of an ISO instant on the clocks of `zone`. */
export function localTime(
  instant: string,
  zone: string,
): { readonly date: CivilDate; readonly hour: string } {
  const [date = '', hour = ''] = formatOf(zone).format(new Date(instant)).split(' ');
  return { date, hour: hour.slice(0, 5) };
}

/**
 * ISO instant of an hour `HH:MM` of a civil date on the clocks of `zone`. An hour that the change to summer time leaves out is
 * the one after it; of one that comes twice, the first.
 */
export function instantOf(date: CivilDate, hour: string, zone: string): string {
  const wall = Date.parse(`${date}T${hour}:00Z`);
  const offsetAt = (time: number) => Date.parse(`${formatOf(zone).format(time).replace(' ', 'T')}Z`) - time;
  // With the offset of the day before, then with that of the day after: they differ when clocks change.
  const [before, after] = [-DAY_MS, DAY_MS].map((away) => wall - offsetAt(wall + away)) as [number, number];
  const isRight = (time: number) => offsetAt(time) === wall - time;
  return new Date(!isRight(before) && isRight(after) ? after : before).toISOString();
}
