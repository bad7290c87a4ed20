import { type NewObligation, OBLIGATION_TRANSITIONS } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { StoredCase } from '../change-case.ts';
import { requireMove, requireOpen } from '../transitions.ts';

/**
 * Says where the duty of training of a 16- or 17-year-old stands. The report to the département goes through closing.
 * Throws `not_found`, `conflict`, `not_possible` (an adult, closed, a move that the axis does not have, a day to come).
 */
export function setObligation(
  caller: Caller,
  caseId: string,
  { version, to, ground, on = undefined }: NewObligation,
  today: CivilDate,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    requireOpen(before);
    if (before.obligation === null)
      throw new RaccrocheError('not_possible', 'L’obligation de formation concerne les 16-17 ans.');
    requireMove(OBLIGATION_TRANSITIONS, before.obligation, to);
    const day = on ?? today;
    if (day > today) throw new RaccrocheError('not_possible', 'Ce jour n’est pas encore venu.');
    return {
      kind: `obligation_${to}`,
      details: { on: day, ...(ground ? { ground } : {}) },
      change: {
        obligation: to,
        summoned_on: to === 'summoned' ? day : null,
        closing_asked_by: null,
        ...(to === 'met' ? { confirmed_on: day } : {}),
      },
    };
  });
}
