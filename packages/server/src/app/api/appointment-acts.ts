import type { Caller } from '../../modules/access/index.ts';
import { cancelInterview, getCase } from '../../modules/cases/index.ts';
import { type Telling, tellOfAppointment } from '../../modules/contacts/index.ts';

/** Does what may change the appointment of a case, and writes to those whom it concerns, in one transaction. */
export async function andTell<R>(
  caller: Caller,
  caseId: string,
  telling: Telling,
  act: () => Promise<R>,
): Promise<R> {
  const before = await getCase(caller, caseId);
  const result = await act();
  await tellOfAppointment(caller, before, await getCase(caller, caseId), telling);
  return result;
}

/**
 * Calls off the appointment to come of a case that is about to go to another platform, which nobody there would keep: those who
 * were invited are told. Gives the version to act on next.
 */
export async function freeBeforeLeaving(
  caller: Caller,
  caseId: string,
  version: number,
  now: string,
): Promise<number> {
  const { interview_at: at } = await getCase(caller, caseId);
  if (at === null || Date.parse(at) <= Date.parse(now)) return version;
  const freed = await andTell(caller, caseId, { now }, () =>
    cancelInterview(caller, caseId, { version, by: 'platform' }),
  );
  return freed.version;
}
