import { type Invited, type NewInterview, PATHWAY_TRANSITIONS } from '@raccroche/contract';
import { ageAt } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import { requireColleague } from '../assign-case.ts';
import type { StoredCase } from '../change-case.ts';
import { requireMove, requireOpen } from '../transitions.ts';

const ADULT_AGE = 18;

/**
 * Sets an interview, or moves the one that was set: it is to be confirmed again then. Throws `not_found`, `conflict`,
 * `not_possible` (closed, a time gone by, received by nobody of the platform).
 */
export function setInterview(
  caller: Caller,
  caseId: string,
  asked: NewInterview,
  now: string,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, asked.version, async (before) => {
    requireOpen(before);
    requireMove(PATHWAY_TRANSITIONS, before.pathway, 'interview_set');
    const { at, mode, minutes, place = null, receivedBy = caller.personId } = asked;
    if (Date.parse(at) <= Date.parse(now))
      throw new RaccrocheError('not_possible', 'Un entretien se fixe à une heure à venir.');
    if (receivedBy !== caller.personId) await requireColleague(caller, before, receivedBy);
    const invited = asked.invited ?? invitedBy(before, at);
    const was = before.interview_at;
    return {
      kind: was === null ? 'interview_set' : 'interview_moved',
      details: { at, ...(was === null ? {} : { was }), minutes, mode, receivedBy, invited },
      change: {
        pathway: 'interview_set',
        interview_at: at,
        interview_minutes: minutes,
        interview_mode: mode,
        interview_place: place,
        interview_with: receivedBy,
        interview_invited: [...invited],
        interview_state: 'planned',
      },
    };
  });
}

/** Of who is a minor on that day, the law wants the legal representative there (L.313-8). */
const invitedBy = ({ birth_date }: StoredCase, at: string): readonly Invited[] =>
  ageAt(birth_date, at.slice(0, 10)) < ADULT_AGE ? ['person', 'representative'] : ['person'];
