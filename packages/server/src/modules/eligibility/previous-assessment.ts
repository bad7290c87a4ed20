import type { CivilDate } from '../../kernel/civil-date.ts';
import type { UnsureRecords } from '../linkage/index.ts';
import type { RuleSet } from './rule-set.ts';
import { termsOf } from './terms.ts';

/**
 * What an earlier campaign decided, and of what: its tables as relations of SQL, whole, written by a program of the same
 * `readingVersion` and `eligibilityVersion` under the same rules, at a date from which `mayHoldOver` leads to that of today.
 */
export interface PreviousAssessment {
  readonly asOf: CivilDate;
  readonly records: string;
  /** Persons, of then or of today, of whom a record came, went, or is of somebody else: column `person_id`. */
  readonly moved: string;
  /** Where reading kept what differs from then, and nothing else need be looked through. */
  readonly unsure?: UnsureRecords | undefined;
  readonly litiges: string;
  readonly deaths: string;
  readonly persons: string;
  readonly assessments: string;
}

/** Whether what was decided at `before` may hold at `asOf`: not back in time, and the window has not moved. */
export function mayHoldOver(ruleSet: RuleSet, before: CivilDate, asOf: CivilDate): boolean {
  return before <= asOf && termsOf(ruleSet, before).windowStart === termsOf(ruleSet, asOf).windowStart;
}
