import type { Caller } from '../access/index.ts';
import { type CaseAct, changeCase, getCase, type StoredCase } from './change-case.ts';

/**
 * Loads a case, lets `rule` say what is done to it, and does it. What a rule throws (`not_possible`), and `not_found`,
 * `conflict`, `not_allowed`, reach the caller; nothing is changed then.
 */
export async function actOnCase(
  caller: Caller,
  caseId: string,
  version: number,
  rule: (before: StoredCase) => CaseAct | Promise<CaseAct>,
): Promise<StoredCase> {
  const before = await getCase(caller, caseId);
  return changeCase(caller, before, version, await rule(before));
}
