import { addDays, type CivilDate } from '../../../kernel/civil-date.ts';
import { instantOf, localTime, timeZoneOf } from '../../../kernel/local-time.ts';
import { publicHoliday, weekdayOf } from '../../../kernel/public-holidays.ts';

/** For so long an act may be taken back before anything leaves. */
export const GRACE_MS = 2 * 60_000;
/** Hours between which a telephone may ring, at its place. [choice of the product] */
const RING_FROM = '09:00';
const RING_TO = '20:00';
/** Of the reminder, on the day before. */
const REMINDER_HOUR = '10:00';
const SUNDAY = 7;

const mayRing = (date: CivilDate, department: string) =>
  weekdayOf(date) !== SUNDAY && publicHoliday(date, department) === null;

/** The first instant from `instant` on at which an SMS may be sent: not at night, on a Sunday or a public holiday of the place. */
export function whenItMayRing(instant: string, department: string): string {
  const zone = timeZoneOf(department);
  const { date, hour } = localTime(instant, zone);
  if (mayRing(date, department)) {
    if (hour < RING_FROM) return instantOf(date, RING_FROM, zone);
    if (hour < RING_TO) return instant;
  }
  let day = addDays(date, 1);
  while (!mayRing(day, department)) day = addDays(day, 1);
  return instantOf(day, RING_FROM, zone);
}

/** When the reminder of an appointment leaves: on the last day before it on which a telephone may ring; null once that has gone by. */
export function reminderTime(at: string, now: string, department: string): string | null {
  const zone = timeZoneOf(department);
  let day = addDays(localTime(at, zone).date, -1);
  while (!mayRing(day, department)) day = addDays(day, -1);
  const instant = instantOf(day, REMINDER_HOUR, zone);
  return Date.parse(instant) > Date.parse(now) + GRACE_MS ? instant : null;
}
