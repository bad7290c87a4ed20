import { API_ERRORS, type ApiErrorCode, type BulkAssignment } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { assignCase } from '../assign-case.ts';
import type { StoredCase } from '../change-case.ts';

/** A case left as it was, and why. */
export interface LeftOut {
  readonly caseId: string;
  readonly code: ApiErrorCode;
  readonly why: string;
}

interface Outcome<R> {
  readonly done: R[];
  readonly left: LeftOut[];
}
export type DoneToMany = Outcome<StoredCase>;

/** Gives several cases to one referent. Each is done whole or left out with its reason; none holds back the others. */
export function assignMany(caller: Caller, { cases, referent, beyond }: BulkAssignment): Promise<DoneToMany> {
  return toEach(cases, ({ caseId, version }) => assignCase(caller, caseId, { version, referent, beyond }));
}

/** Does something to each case, whole or not at all: what a rule refuses leaves that one out and holds back no other. */
export async function toEach<C extends { readonly caseId: string }, R>(
  cases: readonly C[],
  act: (one: C) => Promise<R>,
): Promise<Outcome<R>> {
  const result: Outcome<R> = { done: [], left: [] };
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
