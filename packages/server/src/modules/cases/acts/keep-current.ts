import type { ReturnRequest, Versioned } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { StoredCase } from '../change-case.ts';
import { requireOpen } from '../transitions.ts';

/** Notes that the person asks to return to training: a legal clock starts that day. Throws `not_possible` for a day to come. */
export function askReturn(
  caller: Caller,
  caseId: string,
  { version, on }: ReturnRequest,
  today: CivilDate,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    requireOpen(before);
    if (on > today) throw new RaccrocheError('not_possible', 'Ce jour n’est pas encore venu.');
    return { kind: 'return_asked', details: { on }, change: { return_asked_on: on, confirmed_on: today } };
  });
}

/** Says that what is known of the situation still holds: it would be unknown otherwise. */
export function reconfirm(
  caller: Caller,
  caseId: string,
  { version }: Versioned,
  today: CivilDate,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    requireOpen(before);
    return { kind: 'reconfirmed', change: { confirmed_on: today } };
  });
}
