import type { AGENDA_ROUTES } from '@raccroche/contract';
import {
  findConflicts,
  findFreeSlots,
  readAgenda,
  readReception,
  setReception,
} from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';
import { todayOf } from './rows.ts';

export const AGENDA_HANDLERS: Pick<GuardedHandlers, keyof typeof AGENDA_ROUTES> = {
  agenda: (caller, { query }, { clock }) => readAgenda(caller, query, todayOf(clock)),
  freeSlots: (caller, { query }, { clock }) => findFreeSlots(caller, query, clock.now()),
  appointmentConflicts: (caller, { query }) => findConflicts(caller, query),
  reception: (caller) => readReception(caller, caller.personId),
  setReception: (caller, { body }) => setReception(caller, body),
};
