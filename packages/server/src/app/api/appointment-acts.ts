import type { Caller } from '../../modules/access/index.ts';
import { getCase, type StoredCase } from '../../modules/cases/index.ts';
import { type Telling, tellOfAppointment } from '../../modules/contacts/index.ts';

/** Does what may change the appointment of a case, and writes to those whom it concerns, in one transaction. */
export async function andTell(
  caller: Caller,
  caseId: string,
  telling: Telling,
  act: () => Promise<StoredCase>,
): Promise<StoredCase> {
  const before = await getCase(caller, caseId);
  const after = await act();
  await tellOfAppointment(caller, before, after, telling);
  return after;
}
