import type { GuardedRules, KeyedRecords } from './blocking/prepared-rules.ts';

/**
 * What one call worked out of a session's records and another needs as well, each under all that it depends on besides: records of
 * a session do not change. Tables named here are dropped by the scoring that uses them.
 */
export interface SessionWork {
  /** What counting the blocks of rules told, by rules and limits. */
  readonly counted: Map<string, GuardedRules & { readonly notes: readonly string[] }>;
  /** Records with a number for each rule. */
  keyed?: Kept<KeyedRecords>;
  /** Table of every candidate pair with its pattern. */
  compared?: Kept<string>;
}

export interface Kept<Work> {
  readonly of: string;
  readonly work: Work;
}

export function newWork(): SessionWork {
  return { counted: new Map() };
}
