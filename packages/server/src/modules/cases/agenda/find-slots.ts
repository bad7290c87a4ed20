import type { AppointmentConflict } from '@raccroche/contract';
import { addDays, type CivilDate } from '../../../kernel/civil-date.ts';
import { instantOf, localTime, timeZoneOf } from '../../../kernel/local-time.ts';
import type { Caller } from '../../access/index.ts';
import { type AgendaQuery, daysOf, departmentOf } from './read-agenda.ts';
import { readReception } from './receptions.ts';
import { type Busy, conflictsAt, freeSlots, type Receiving } from './slots.ts';

interface Somebody {
  readonly platform: string;
  readonly person: string;
}

/** When somebody could receive between two days; nothing for who is no colleague of the caller. Throws `not_possible`. */
export async function findFreeSlots(
  caller: Caller,
  asked: Somebody & Pick<AgendaQuery, 'from' | 'to'> & { readonly minutes: number },
  now: string,
): Promise<{ timeZone: string; slots: string[] }> {
  const days = daysOf(asked);
  const department = await departmentOf(caller, asked.platform);
  const timeZone = timeZoneOf(department);
  if (!(await isColleague(caller, asked.person))) return { timeZone, slots: [] };
  const receiving = await readReceiving(caller, { ...asked, department });
  return { timeZone, slots: freeSlots(receiving, { days, minutes: asked.minutes, now }) };
}

/** What would stand in the way of an appointment; nothing is told of who is no colleague of the caller. */
export async function findConflicts(
  caller: Caller,
  asked: Somebody & { readonly at: string; readonly minutes: number; readonly case?: string | undefined },
): Promise<{ conflicts: AppointmentConflict[]; holiday: string | null }> {
  const department = await departmentOf(caller, asked.platform);
  if (!(await isColleague(caller, asked.person))) return { conflicts: [], holiday: null };
  const { date } = localTime(asked.at, timeZoneOf(department));
  const receiving = await readReceiving(caller, {
    person: asked.person,
    department,
    from: date,
    to: date,
    but: asked.case,
  });
  return conflictsAt(receiving, asked.at, asked.minutes);
}

async function isColleague({ transaction }: Caller, person: string): Promise<boolean> {
  const { rows } = await transaction.query<{ is: boolean }>('SELECT cases.is_colleague($1) AS is', [person]);
  return rows[0]?.is ?? false;
}

async function readReceiving(
  caller: Caller,
  asked: {
    readonly person: string;
    readonly department: string;
    readonly from: CivilDate;
    readonly to: CivilDate;
    readonly but?: string | undefined;
  },
): Promise<Receiving> {
  const zone = timeZoneOf(asked.department);
  const { rows } = await caller.transaction.query<{ starts_at: string; ends_at: string }>(
    'SELECT starts_at, ends_at FROM cases.busy_times($1, $2, $3, $4)',
    [
      asked.person,
      instantOf(asked.from, '00:00', zone),
      instantOf(addDays(asked.to, 1), '00:00', zone),
      asked.but ?? null,
    ],
  );
  const { hours } = await readReception(caller, asked.person);
  const busy: Busy[] = rows.map((row) => ({ starts: row.starts_at, ends: row.ends_at }));
  return { department: asked.department, hours, busy };
}
