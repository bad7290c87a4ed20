import type { IssueRule } from './issue-rule.ts';

/** A column of a sender's own format, and what it is for the records of the interchange format, which never say it. */
export interface SendersOwn {
  readonly sql: string;
  readonly interchange: 'true' | 'false' | 'NULL';
}

/** How the rows of a kind are read: SQL over the columns that stand before. */
export interface KindValidation {
  /** Columns computed from the staged ones, each from the staged ones only. */
  readonly parsed: Readonly<Record<string, string>>;
  /** Columns computed from staged and parsed ones. */
  readonly derived: Readonly<Record<string, string>>;
  readonly issues: readonly IssueRule[];
  /** Canonical columns, as `sources.*` tables name them, over all of the above. */
  readonly canonical: Readonly<Record<string, string>>;
  /** Canonical columns that only senders' own formats have something to say of. */
  readonly sendersOwn: Readonly<Record<string, SendersOwn>>;
}
