import type { AGENDA_ROUTES, CALENDAR_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import {
  endFeed,
  findConflicts,
  findFeed,
  findFreeSlots,
  openFeed,
  readAgenda,
  readCalendar,
  readReception,
  setReception,
} from '../../modules/cases/index.ts';
import type { GuardedHandlers, OpenHandlers } from './handler-types.ts';

export const AGENDA_HANDLERS: Pick<GuardedHandlers, keyof typeof AGENDA_ROUTES> = {
  agenda: (caller, { query }, { clock }) => readAgenda(caller, query, todayOf(clock)),
  freeSlots: (caller, { query }, { clock }) => findFreeSlots(caller, query, clock.now()),
  appointmentConflicts: (caller, { query }) => findConflicts(caller, query),
  reception: (caller) => readReception(caller, caller.personId),
  calendarFeed: (caller) => findFeed(caller),
  openCalendarFeed: async (caller) => ({ path: `/api/calendars/${await openFeed(caller)}.ics` }),
  endCalendarFeed: async (caller) => ({ ended: await endFeed(caller) }),
  setReception: (caller, { body }) => setReception(caller, body),
};

export const CALENDAR_HANDLERS: OpenHandlers<keyof typeof CALENDAR_ROUTES> = {
  calendar: async ({ database, provider, clock }, { params }) => ({
    text: await readCalendar(database, params.token.replace(/\.ics$/, ''), provider?.publicUrl, clock.now()),
  }),
};
