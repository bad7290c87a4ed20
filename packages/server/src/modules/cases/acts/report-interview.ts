import { CONTACT_TRANSITIONS, type InterviewReport, PATHWAY_TRANSITIONS } from '@raccroche/contract';
import { addDays } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { CaseAct, StoredCase } from '../change-case.ts';
import { canMove, requireMove, requireOpen } from '../transitions.ts';

/** Hour (UTC) of the call that a missed interview asks for, on the day after. */
const CALL_BACK_HOUR = 'T09:00:00.000Z';

/**
 * Says whether an interview took place. Held: who was there, and the diagnosis in codes; the legal clock of a minor is satisfied
 * with the legal representative alone. Nobody came: a call is to be made on the next day.
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
    return asked.held ? held(before, asked, now) : missed(before, now);
  });
}

function held(before: StoredCase, asked: InterviewReport, now: string): CaseAct {
  const at = asked.heldAt ?? (isPast(before.interview_at, now) ? before.interview_at : null) ?? now;
  if (!isPast(at, now)) throw new RaccrocheError('not_possible', 'Un entretien ne se raconte pas d’avance.');
  requireMove(PATHWAY_TRANSITIONS, before.pathway, 'interview_held');
  const { mode, representativePresent, diagnosis } = asked;
  return {
    kind: 'interview_held',
    happenedAt: at,
    details: { ...(mode ? { mode } : {}), representativePresent, ...(diagnosis ? { diagnosis } : {}) },
    change: {
      pathway: diagnosis ? 'diagnosis' : 'interview_held',
      interview_at: null,
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
  return {
    kind: 'interview_missed',
    details: { at: before.interview_at },
    change: {
      pathway: 'not_started',
      interview_at: null,
      call_back_at: `${addDays(now.slice(0, 10), 1)}${CALL_BACK_HOUR}`,
    },
  };
}

const isPast = (at: string | null, now: string) => at !== null && Date.parse(at) <= Date.parse(now);
