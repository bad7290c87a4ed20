import type { InterviewCancellation, Versioned } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import { NO_INTERVIEW, toldOf } from '../agenda/appointment.ts';
import type { StoredCase } from '../change-case.ts';
import { requireOpen } from '../transitions.ts';

/** Notes that the person said they would come. Throws `not_found`, `conflict`, `not_possible` (nothing set, confirmed already). */
export function confirmInterview(
  caller: Caller,
  caseId: string,
  { version }: Versioned,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    requireSet(before);
    if (before.interview_state === 'confirmed')
      throw new RaccrocheError('not_possible', 'Cet entretien est déjà confirmé.');
    return {
      kind: 'interview_confirmed',
      details: { at: before.interview_at },
      change: { interview_state: 'confirmed' },
    };
  });
}

/** Calls the interview off. Throws `not_found`, `conflict`, `not_possible` (nothing set). */
export function cancelInterview(
  caller: Caller,
  caseId: string,
  { version, by }: InterviewCancellation,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    requireSet(before);
    return {
      kind: 'interview_cancelled',
      details: { ...toldOf(before), by },
      change: {
        pathway: before.interview_held_at === null ? 'not_started' : 'interview_held',
        ...NO_INTERVIEW,
      },
    };
  });
}

function requireSet(before: StoredCase): void {
  requireOpen(before);
  if (before.interview_at === null) throw new RaccrocheError('not_possible', 'Aucun entretien n’est fixé.');
}
