import { CONTACT_TRANSITIONS, type InterviewReport, PATHWAY_TRANSITIONS } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { instantOf, localTime, timeZoneOf } from '../../../kernel/local-time.ts';
import { nextWorkingDay } from '../../../kernel/public-holidays.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import { NO_INTERVIEW, toldOf } from '../agenda/appointment.ts';
import type { CaseAct, StoredCase } from '../change-case.ts';
import { canMove, requireMove, requireOpen } from '../transitions.ts';

/** Hour, at the place of the platform, of the call that a missed interview asks for on the next working day. */
const CALL_BACK_HOUR = '10:00';

/**
 * Says whether an interview took place. Held: who was there, and the diagnosis in codes; the legal clock of a minor is satisfied
 * with the legal representative alone. Nobody came: a call is to be made on the next working day.
 * Throws `not_found`, `conflict`, `not_possible` (closed, no interview set, a time to come).
 */
export function reportInterview(
  caller: Caller,
  caseId: string,
  asked: InterviewReport,
  now: string,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, asked.version, (before) => {
    requireOpen(before);
    return asked.held ? held(caller, before, asked, now) : missed(before, now);
  });
}

function held(caller: Caller, before: StoredCase, asked: InterviewReport, now: string): CaseAct {
  const at = asked.heldAt ?? (isPast(before.interview_at, now) ? before.interview_at : null) ?? now;
  if (!isPast(at, now)) throw new RaccrocheError('not_possible', 'Un entretien ne se raconte pas d’avance.');
  requireMove(PATHWAY_TRANSITIONS, before.pathway, 'interview_held');
  const { mode, representativePresent, diagnosis } = asked;
  return {
    kind: 'interview_held',
    happenedAt: at,
    details: {
      ...toldOf(before),
      at,
      receivedBy: before.interview_with ?? caller.personId,
      ...(mode ? { mode } : {}),
      representativePresent,
      ...(diagnosis ? { diagnosis } : {}),
    },
    change: {
      pathway: diagnosis ? 'diagnosis' : 'interview_held',
      ...NO_INTERVIEW,
      interview_held_at: at,
      confirmed_on: at.slice(0, 10),
      ...(representativePresent ? { joint_interview_at: at } : {}),
      ...(canMove(CONTACT_TRANSITIONS, before.contact, 'reached') ? { contact: 'reached' as const } : {}),
    },
  };
}

function missed(before: StoredCase, now: string): CaseAct {
  if (before.interview_at === null) throw new RaccrocheError('not_possible', 'Aucun entretien n’était fixé.');
  if (!isPast(before.interview_at, now))
    throw new RaccrocheError('not_possible', 'L’heure de cet entretien n’est pas passée.');
  const zone = timeZoneOf(before.department);
  const callBack = nextWorkingDay(localTime(now, zone).date, before.department);
  return {
    kind: 'interview_missed',
    happenedAt: before.interview_at,
    details: toldOf(before),
    change: {
      pathway: 'not_started',
      ...NO_INTERVIEW,
      call_back_at: instantOf(callBack, CALL_BACK_HOUR, zone),
    },
  };
}

const isPast = (at: string | null, now: string) => at !== null && Date.parse(at) <= Date.parse(now);
