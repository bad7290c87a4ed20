import type { AppointmentConflict, ReceptionHours } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { instantOf, localTime, timeZoneOf } from '../../../kernel/local-time.ts';
import { isWeekend, publicHoliday, weekdayOf } from '../../../kernel/public-holidays.ts';

/** When somebody is taken, as instants. */
export interface Busy {
  readonly starts: string;
  readonly ends: string;
}

/** Where and how somebody receives. */
export interface Receiving {
  readonly department: string;
  readonly hours: readonly ReceptionHours[];
  readonly busy: readonly Busy[];
}

/** Slots begin on the quarter. */
const STEP_MS = 15 * 60_000;

const crosses = (start: number, end: number, { starts, ends }: Busy) =>
  start < Date.parse(ends) && Date.parse(starts) < end;

/**
 * Instants at which somebody could receive for `minutes`, one behind the other: within their hours, not taken, after `now`,
 * never on a public holiday. After a slot that is free the next one begins when it ends.
 */
export function freeSlots(
  { department, hours, busy }: Receiving,
  {
    days,
    minutes,
    now,
  }: { readonly days: readonly CivilDate[]; readonly minutes: number; readonly now: string },
): string[] {
  const zone = timeZoneOf(department);
  const slots: string[] = [];
  for (const date of days) {
    if (publicHoliday(date, department) !== null) continue;
    for (const { from, to } of hours.filter(({ weekday }) => weekday === weekdayOf(date)).sort(byHour)) {
      const close = Date.parse(instantOf(date, to, zone));
      let start = Date.parse(instantOf(date, from, zone));
      while (start + minutes * 60_000 <= close) {
        const end = start + minutes * 60_000;
        const isFree = start > Date.parse(now) && !busy.some((one) => crosses(start, end, one));
        if (isFree) slots.push(new Date(start).toISOString());
        start = isFree ? start + Math.ceil((minutes * 60_000) / STEP_MS) * STEP_MS : start + STEP_MS;
      }
    }
  }
  return slots;
}

const byHour = (one: ReceptionHours, other: ReceptionHours) => (one.from < other.from ? -1 : 1);

/** What stands in the way of receiving at that instant, in the order of the vocabulary; and the public holiday's name. */
export function conflictsAt(
  { department, hours, busy }: Receiving,
  at: string,
  minutes: number,
): { conflicts: AppointmentConflict[]; holiday: string | null } {
  const zone = timeZoneOf(department);
  const start = Date.parse(at);
  const end = start + minutes * 60_000;
  const { date, hour } = localTime(at, zone);
  const last = localTime(new Date(end).toISOString(), zone);
  const holiday = publicHoliday(date, department);
  const isWithin = hours.some(
    ({ weekday, from, to }) =>
      weekday === weekdayOf(date) && from <= hour && last.date === date && last.hour <= to,
  );
  const found = {
    double_booking: busy.some((one) => crosses(start, end, one)),
    weekend: isWeekend(date),
    holiday: holiday !== null,
    outside_hours: !isWithin,
  } satisfies Record<AppointmentConflict, boolean>;
  const conflicts = (Object.keys(found) as AppointmentConflict[]).filter((kind) => found[kind]);
  // A week-end and a holiday say why by themselves.
  const isTold = found.weekend || found.holiday;
  return { conflicts: conflicts.filter((kind) => kind !== 'outside_hours' || !isTold), holiday };
}
