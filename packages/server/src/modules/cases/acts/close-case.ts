import type { NewClosing, Versioned } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import { NO_INTERVIEW } from '../agenda/appointment.ts';
import type { CaseAct, StoredCase } from '../change-case.ts';
import { requireOpen } from '../transitions.ts';

/**
 * Closes a case with its outcome. A report to the département is asked by one person and closed by another; the base
 * refuses one hand alone. Throws `not_found`, `conflict`, `not_possible` (closed, nobody summoned, one's own request).
 */
export function closeCase(
  caller: Caller,
  caseId: string,
  { version, outcome }: NewClosing,
  today: CivilDate,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    requireOpen(before);
    if (outcome !== 'reported_to_department') return closing(caller, outcome, today);
    return reporting(caller, before, today);
  });
}

/** Takes a report off that somebody asks for. Throws `not_found`, `conflict`, `not_possible` when nobody does. */
export function declineClosing(caller: Caller, caseId: string, { version }: Versioned): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    if (before.closing_asked_by === null)
      throw new RaccrocheError('not_possible', 'Personne ne demande de clore ce dossier.');
    return {
      kind: 'closing_declined',
      details: { askedBy: before.closing_asked_by },
      change: { closing_asked_by: null },
    };
  });
}

function closing(caller: Caller, outcome: NewClosing['outcome'], today: CivilDate): CaseAct {
  return {
    kind: 'closed',
    details: { outcome },
    change: {
      pathway: 'closed',
      outcome,
      closed_by_human: true,
      closed_by: caller.personId,
      closed_on: today,
      closing_asked_by: null,
      call_back_at: null,
      ...NO_INTERVIEW,
    },
  };
}

function reporting(caller: Caller, before: StoredCase, today: CivilDate): CaseAct {
  if (before.obligation !== 'summoned')
    throw new RaccrocheError(
      'not_possible',
      'La transmission au département suit une convocation : notez-la d’abord.',
    );
  const { closing_asked_by: askedBy } = before;
  if (askedBy === null)
    return {
      kind: 'closing_asked',
      details: { outcome: 'reported_to_department' },
      change: { closing_asked_by: caller.personId },
    };
  if (askedBy === caller.personId)
    throw new RaccrocheError('not_possible', 'Une seconde personne doit confirmer cette transmission.');
  const { change, ...act } = closing(caller, 'reported_to_department', today);
  return {
    ...act,
    details: { outcome: 'reported_to_department', askedBy },
    change: { ...change, closing_asked_by: askedBy, obligation: 'reported' },
  };
}
