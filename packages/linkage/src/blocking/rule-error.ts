import type { BlockingRule } from '../model/model.ts';

/** A blocking rule cannot be run as a hash join, and would look at every pair. */
export class BlockingRuleError extends Error {
  readonly code: 'no_equality' | 'too_many_alternatives' | 'no_side';
  /** The rule as given. */
  readonly rule: BlockingRule;
  constructor(code: BlockingRuleError['code'], rule: BlockingRule, message: string) {
    super(message);
    this.name = 'BlockingRuleError';
    this.code = code;
    this.rule = rule;
  }
}

/** A block, or all rules together, would give more pairs than allowed. The message quotes no value: `values` does. */
export class BlockingBudgetError extends Error {
  readonly code: 'block_too_large' | 'too_many_pairs';
  readonly rule?: BlockingRule;
  /** Key values of the block, as text: they may be personal. */
  readonly values: readonly string[];
  /** Records of the block. */
  readonly records: number;
  readonly pairs: number;
  readonly allowed: number;
  constructor(
    message: string,
    found: {
      readonly code: BlockingBudgetError['code'];
      readonly rule?: BlockingRule;
      readonly values?: readonly string[];
      readonly records?: number;
      readonly pairs: number;
      readonly allowed: number;
    },
  ) {
    super(message);
    this.name = 'BlockingBudgetError';
    this.code = found.code;
    if (found.rule !== undefined) this.rule = found.rule;
    this.values = found.values ?? [];
    this.records = found.records ?? 0;
    this.pairs = found.pairs;
    this.allowed = found.allowed;
  }
}
