import { INTAKE_ISSUES, type IntakeIssueCode } from '@raccroche/contract';

/**
 * One thing that may be wrong with a row: `when` is a SQL condition over the parsed columns. Its place in the list is
 * its bit in `issue_bits`, and the order in which problems are told.
 */
export interface IssueRule {
  readonly code: IntakeIssueCode;
  readonly field: string;
  readonly when: string;
}

/** Bits of a row's problems as one BIGINT. Source of the trick: a row without any costs no list. */
export function issueBitsSql(rules: readonly IssueRule[]): string {
  return rules.map(({ when }, bit) => `CASE WHEN ${when} THEN ${2 ** bit} ELSE 0 END`).join(' + ');
}

/** Bits of the problems that remove the row. */
export function rejectMask(rules: readonly IssueRule[]): number {
  return rules.reduce(
    (mask, { code }, bit) => (INTAKE_ISSUES[code].severity === 'rejet' ? mask + 2 ** bit : mask),
    0,
  );
}

/** Beside the bits of problems: the row might be judged otherwise at another reference date. Above the bits of all rules. */
export const DATED_BIT = 2 ** 48;
