import { type NewInterview, PATHWAY_TRANSITIONS } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { StoredCase } from '../change-case.ts';
import { requireMove, requireOpen } from '../transitions.ts';

/** Sets an interview, or moves the one that was set. Throws `not_found`, `conflict`, `not_possible` (closed, a time gone by). */
export function setInterview(
  caller: Caller,
  caseId: string,
  { version, at, mode }: NewInterview,
  now: string,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    requireOpen(before);
    requireMove(PATHWAY_TRANSITIONS, before.pathway, 'interview_set');
    if (Date.parse(at) <= Date.parse(now))
      throw new RaccrocheError('not_possible', 'Un entretien se fixe à une heure à venir.');
    return {
      kind: 'interview_set',
      details: { at, mode },
      change: { pathway: 'interview_set', interview_at: at },
    };
  });
}
