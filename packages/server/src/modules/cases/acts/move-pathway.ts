import { PATHWAY_TRANSITIONS, type PathwayStep } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { CaseAct, CaseChange, StoredCase } from '../change-case.ts';
import { requireMove, requireOpen } from '../transitions.ts';

/**
 * Carries a case along its pathway: proposed, accepted, entered, holding, broken, or back to the diagnosis.
 * Throws `not_found`, `conflict`, `not_possible` (closed, a move that the axis does not have, no solution named, a day to come).
 */
export function movePathway(
  caller: Caller,
  caseId: string,
  asked: PathwayStep,
  today: CivilDate,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, asked.version, (before) => {
    requireOpen(before);
    requireMove(PATHWAY_TRANSITIONS, before.pathway, asked.to);
    return stepOf(before, asked, today);
  });
}

function stepOf(
  before: StoredCase,
  { to, solution, on = undefined, breakReason }: PathwayStep,
  today: CivilDate,
): CaseAct {
  const day = on ?? today;
  if (day > today) throw new RaccrocheError('not_possible', 'Ce jour n’est pas encore venu.');
  const named = solution ?? before.solution;
  if (to !== 'diagnosis' && named === null)
    throw new RaccrocheError('not_possible', 'Dites de quelle solution il s’agit.');
  return {
    kind: to,
    details: {
      on: day,
      ...(named === null ? {} : { solution: named }),
      ...(breakReason ? { breakReason } : {}),
    },
    change: { pathway: to, ...changeOf(to, named, day) },
  };
}

function changeOf(to: PathwayStep['to'], solution: StoredCase['solution'], day: CivilDate): CaseChange {
  switch (to) {
    case 'diagnosis':
      return { solution: null };
    case 'proposed':
    case 'accepted':
      return { solution };
    case 'entered':
      return { solution, entered_on: day, confirmed_on: day, call_back_at: null };
    case 'holding':
      return { confirmed_on: day };
    case 'broken':
      return { confirmed_on: day, entered_on: null };
  }
}
