import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { type BlockingGuard, guardRules } from '../blocking/guard.ts';
import type { BlockingRule, Model } from '../model/model.ts';
import { readCount } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { TrainingError } from './estimate-m-by-rule.ts';
import { columnsOfRule, requireColumns } from './rule-columns.ts';

export interface PriorOptions {
  /** Rules that hardly ever find two different persons. */
  readonly rules: readonly (BlockingRule | string)[];
  /** Share of all matching pairs that the rules are believed to find, above 0 to 1. */
  readonly recall: number;
  /** Limits of the pairs that the rules may give; see `BlockingGuard`. */
  readonly guard?: BlockingGuard;
}

export interface PriorEstimate {
  /** λ. */
  readonly prior: number;
  /** Pairs that the rules find together, each counted once. */
  readonly pairs: number;
}

/**
 * λ from deterministic rules: pairs found / recall / all possible pairs. Throws a RangeError for a recall out of range,
 * TrainingError when the rules find nothing, or more than that share of all pairs (λ would exceed 1).
 */
export async function estimatePrior(
  session: LinkSession,
  model: Model,
  { rules, recall, guard }: PriorOptions,
): Promise<PriorEstimate> {
  const { runner, records, possiblePairs } = session;
  if (!(recall > 0 && recall <= 1))
    throw new RangeError('the recall of the rules must be above 0, and 1 at most');
  const plain = rules.map((rule) => (typeof rule === 'string' ? { sql: rule } : rule));
  if (plain.length === 0) throw new TrainingError('give at least one rule');
  for (const { sql } of plain) await requireColumns(runner, records, await columnsOfRule(runner, sql));
  const { linkType } = model;
  const guarded = await guardRules(session, { linkType, blockingRules: plain }, guard);
  const sql = candidatePairsSql({ records, linkType, rules: guarded.rules, columns: [] });
  const pairs = await readCount(runner, `SELECT count(*) AS n FROM (${sql})`);
  if (pairs === 0) throw new TrainingError('the rules find no pair: λ cannot be told from them');
  if (pairs >= possiblePairs * recall) {
    throw new TrainingError(
      `the rules find ${pairs} of ${possiblePairs} possible pairs, more than a recall of ${recall} leaves room for: give stricter rules or a higher recall`,
    );
  }
  return { prior: pairs / recall / possiblePairs, pairs };
}
