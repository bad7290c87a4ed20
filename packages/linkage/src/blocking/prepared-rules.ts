import type { BlockingRule } from '../model/model.ts';
import type { JoinedRule } from './candidate-pairs.ts';

/** Rules that are safe to run; for each, the place of the rule given that it comes from. */
export interface GuardedRules {
  readonly rules: readonly BlockingRule[];
  readonly origins: readonly number[];
  /** Pairs that they find at most; absent when nothing was counted. */
  readonly pairs?: number;
}

/** Pairs of the blocks of a rule. */
export interface BlockCount {
  /** Of the largest block. */
  readonly largest: number;
  /** Of all blocks together. */
  readonly pairs: number;
}

/** Rules over a table with `rid`, `source_no` and what the rules read. */
export interface KeyedRecords {
  readonly records: string;
  /** They find the pairs of the rules given, each of its own. */
  readonly rules: readonly JoinedRule[];
  /** Columns with the number of the records for a rule, one for each that has them, quoted. */
  readonly keys: readonly string[];
  /** Of each of these, what its blocks hold, whatever the inputs of the records. */
  readonly blocks: readonly BlockCount[];
  /** Columns that the other rules read. */
  readonly columns: readonly string[];
}
