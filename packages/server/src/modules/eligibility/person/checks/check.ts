import type { CheckCode } from '@raccroche/contract';
import type { PersonAtDate } from '../person-at-date.ts';

/** What a check says of a person, and the records that decided: sorted, empty when the absence of records decided. */
export interface Verdict {
  readonly passed: boolean;
  readonly evidence: readonly string[];
}

export interface CheckResult extends Verdict {
  readonly check: CheckCode;
}

export type Check = (person: PersonAtDate) => Verdict;
