import type { Information } from '@raccroche/contract';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { StoredCase } from '../change-case.ts';
import { requireOpen } from '../transitions.ts';

/** Notes that the person was told what is kept of them, why and with which rights. Throws `not_possible` for a closed case. */
export function informPerson(
  caller: Caller,
  caseId: string,
  { version, by }: Information,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    requireOpen(before);
    return { kind: 'person_informed', details: { by }, change: {} };
  });
}
