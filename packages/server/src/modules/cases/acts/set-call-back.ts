import type { NewCallBack } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { StoredCase } from '../change-case.ts';
import { requireOpen } from '../transitions.ts';

/** Notes when to call back, or that nobody is to be called any more. Throws `not_found`, `conflict`, `not_possible`. */
export function setCallBack(
  caller: Caller,
  caseId: string,
  { version, at }: NewCallBack,
  now: string,
): Promise<StoredCase> {
  return actOnCase(caller, caseId, version, (before) => {
    requireOpen(before);
    if (at !== null && Date.parse(at) < Date.parse(now))
      throw new RaccrocheError('not_possible', 'Un rappel se note pour plus tard.');
    if (at !== null && before.contact === 'refuses')
      throw new RaccrocheError('not_possible', 'Cette personne ne souhaite pas être contactée.');
    return {
      kind: at === null ? 'call_back_cleared' : 'call_back_set',
      details: { at },
      change: { call_back_at: at },
    };
  });
}
