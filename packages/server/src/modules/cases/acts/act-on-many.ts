import {
  API_ERRORS,
  type ApiErrorCode,
  type BulkAssignment,
  type BulkVerification,
} from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { assignCase } from '../assign-case.ts';
import type { StoredCase } from '../change-case.ts';
import { verifyCase } from '../verify-case.ts';

export interface DoneToMany {
  readonly done: StoredCase[];
  /** Those left as they were, and why. */
  readonly left: { readonly caseId: string; readonly code: ApiErrorCode; readonly why: string }[];
}

/** Gives several cases to one referent. Each is done whole or left out with its reason; none holds back the others. */
export function assignMany(caller: Caller, { cases, referent, beyond }: BulkAssignment): Promise<DoneToMany> {
  return toEach(cases, ({ caseId, version }) => assignCase(caller, caseId, { version, referent, beyond }));
}

/** Verifies several cases alike. Each is done whole or left out with its reason. */
export function verifyMany(
  caller: Caller,
  { cases, decision, reason = undefined }: BulkVerification,
  today: CivilDate,
): Promise<DoneToMany> {
  return toEach(cases, ({ caseId, version }) =>
    verifyCase(caller, caseId, { version, decision, ...(reason ? { reason } : {}) }, today),
  );
}

async function toEach<C extends { readonly caseId: string }>(
  cases: readonly C[],
  act: (one: C) => Promise<StoredCase>,
): Promise<DoneToMany> {
  const result: DoneToMany = { done: [], left: [] };
  for (const one of cases)
    try {
      result.done.push(await act(one));
    } catch (error) {
      // What a rule refuses was refused before anything was written; anything else ends the whole.
      if (!(error instanceof RaccrocheError) || !isApiCode(error.code)) throw error;
      result.left.push({ caseId: one.caseId, code: error.code, why: error.message });
    }
  return result;
}

const isApiCode = (code: string): code is ApiErrorCode => code in API_ERRORS;
