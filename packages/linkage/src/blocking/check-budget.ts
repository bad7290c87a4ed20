import type { BlockingRule } from '../model/model.ts';
import { readCount, type SqlRunner } from '../runner.ts';
import { type AnalysedRule, analyseRule, type RuleBranch } from './analyse-rule.ts';
import { type Block, blocksSql, type CountRequest, countRulePairs, type RuleCount } from './count-pairs.ts';
import { BlockingBudgetError } from './rule-error.ts';
import { type BlockSplit, chooseSubKey, splitRules } from './split-block.ts';

/** What blocks and rules may give, and what to do with those that give more. */
export interface BlockingLimits {
  /** Pairs of one block at most; 20 million by default. */
  readonly blockPairs?: number;
  /** Pairs of all rules together at most, pairs found by several counted for each; one thousand million by default. */
  readonly totalPairs?: number;
  /** What to do with a block that is too large; `refuse` by default. */
  readonly oversized?: 'refuse' | 'split';
  /** Columns of the records to divide a block by: the one that divides least is taken. */
  readonly subKeys?: readonly string[];
}

export interface BudgetRequest extends CountRequest, BlockingLimits {
  readonly rules: readonly BlockingRule[];
}

/** Rules that are safe to run, and all that was done to make them so. */
export interface Budget {
  readonly rules: readonly BlockingRule[];
  /** For each of `rules`, the place of the rule given that it comes from. */
  readonly origins: readonly number[];
  readonly counts: readonly RuleCount[];
  /** Sum of `counts`: an upper bound, as a pair may be found by several rules. */
  readonly pairs: number;
  /** Blocks that were divided; empty when nothing was. */
  readonly splits: readonly BlockSplit[];
  /** What was done, one line each, without any value. */
  readonly notes: readonly string[];
}

/** Pairs of one block, at most, unless said otherwise. */
export const BLOCK_PAIRS = 20_000_000;
/** Pairs to look at, at most, unless said otherwise. */
export const TOTAL_PAIRS = 1_000_000_000;
/** Blocks divided in one rule at most: more is a rule that suits nothing. */
const MOST_BLOCKS = 1_000;

/**
 * Looks at the size of every block before anything runs. A block with more pairs than allowed is refused, or divided by a
 * second column if that is wanted; what is given up is told. Throws BlockingBudgetError (its fields name rule, values,
 * records and pairs), BlockingRuleError for rules without equality.
 */
export async function checkBudget(runner: SqlRunner, request: BudgetRequest): Promise<Budget> {
  const { blockPairs = BLOCK_PAIRS, totalPairs = TOTAL_PAIRS } = request;
  const run: { rule: BlockingRule; origin: number; count?: RuleCount }[] = [];
  const splits: BlockSplit[] = [];
  const notes: string[] = [];
  for (const [origin, rule] of request.rules.entries()) {
    const analysed = await analyseRule(runner, rule);
    if (analysed.branches.length > 1) {
      notes.push(
        `rule ${origin + 1}: each of its ${analysed.branches.length} alternatives is joined by itself`,
      );
    }
    for (const branch of analysed.branches) {
      const one = { ...rule, sql: branch.sql };
      const count = await countRulePairs(runner, request, one);
      if ((count.largest[0]?.pairs ?? 0) <= blockPairs) {
        run.push({ rule: one, origin, count });
        continue;
      }
      const large = await oversizedBlocks(runner, request, rule, branch, blockPairs);
      const split = await divide(runner, request, { origin, analysed, branch, large, blockPairs });
      splits.push(split.told);
      notes.push(noteOf(split.told));
      run.push(...split.rules.map((one) => ({ rule: one, origin })));
    }
  }
  const counts: RuleCount[] = [];
  for (const { rule, count } of run) counts.push(count ?? (await countRulePairs(runner, request, rule)));
  const pairs = counts.reduce((sum, one) => sum + one.pairs, 0);
  if (pairs > totalPairs) throw tooManyPairs(request.rules, run, counts, totalPairs);
  return {
    rules: run.map(({ rule }) => rule),
    origins: run.map(({ origin }) => origin),
    counts,
    pairs,
    splits,
    notes,
  };
}

async function oversizedBlocks(
  runner: SqlRunner,
  request: CountRequest,
  rule: BlockingRule,
  branch: RuleBranch,
  allowed: number,
): Promise<readonly Block[]> {
  const blocks = blocksSql(request, rule, branch);
  const count = await readCount(runner, `SELECT count(*) AS n FROM (${blocks}) WHERE pairs > ${allowed}`);
  const { largest } = await countRulePairs(
    runner,
    request,
    { ...rule, sql: branch.sql },
    Math.min(count, MOST_BLOCKS + 1),
  );
  return largest;
}

interface Oversized {
  readonly origin: number;
  readonly analysed: AnalysedRule;
  readonly branch: RuleBranch;
  readonly large: readonly Block[];
  readonly blockPairs: number;
}

async function divide(
  runner: SqlRunner,
  request: BudgetRequest,
  { origin, analysed, branch, large, blockPairs }: Oversized,
): Promise<{ readonly rules: readonly BlockingRule[]; readonly told: BlockSplit }> {
  const { rule } = analysed;
  const { oversized = 'refuse', subKeys = [] } = request;
  const refuse = (why: string) => blockTooLarge(origin, rule, large, blockPairs, why);
  if (oversized === 'refuse')
    throw refuse('divide it by a second column (oversized: split), or write a narrower rule');
  if (large.length > MOST_BLOCKS)
    throw refuse(`more than ${MOST_BLOCKS} blocks are too large: write a narrower rule`);
  if ((rule.explode ?? []).length > 0)
    throw refuse('blocks of an exploding rule are not divided: write a narrower rule');
  if (branch.keys.some(({ symmetric }) => !symmetric)) {
    throw refuse('blocks of a rule whose sides differ are not divided: write a narrower rule');
  }
  const chosen = await chooseSubKey(runner, request, branch, large, subKeys, blockPairs);
  if (chosen === undefined) throw refuse('no column given as second key makes it small enough');
  return {
    rules: splitRules(analysed, branch, large, chosen.column),
    told: {
      origin,
      rule,
      blocks: large,
      column: chosen.column,
      before: large.reduce((sum, { pairs }) => sum + pairs, 0),
      after: chosen.pairs,
      withoutValue: chosen.withoutValue,
    },
  };
}

function noteOf({ origin, blocks, column, before, after, withoutValue }: BlockSplit): string {
  const many = blocks.length === 1 ? '1 block' : `${blocks.length} blocks`;
  return `rule ${origin + 1}: ${many} too large, pairs must also agree on ${column}: ${after} of ${before} pairs remain, ${withoutValue} records without ${column} have none there`;
}

function blockTooLarge(
  origin: number,
  rule: BlockingRule,
  [worst]: readonly Block[],
  allowed: number,
  advice: string,
): BlockingBudgetError {
  const { values = [], records = 0, pairs = 0 } = worst ?? {};
  return new BlockingBudgetError(
    `rule ${origin + 1} (${rule.sql}): its largest block has ${records} records, ${pairs} pairs, ${allowed} allowed; ${advice}; \`values\` of this error say which block it is (command line: block --values)`,
    { code: 'block_too_large', rule, values, records, pairs, allowed },
  );
}

function tooManyPairs(
  given: readonly BlockingRule[],
  run: readonly { readonly origin: number }[],
  counts: readonly RuleCount[],
  allowed: number,
): BlockingBudgetError {
  const byRule = given.map(() => 0);
  for (const [index, { origin }] of run.entries()) {
    byRule[origin] = (byRule[origin] ?? 0) + (counts[index]?.pairs ?? 0);
  }
  const pairs = byRule.reduce((sum, one) => sum + one, 0);
  const most = Math.max(...byRule);
  const rule = given[byRule.indexOf(most)];
  // The rule as given: one made here holds values.
  return new BlockingBudgetError(
    `the rules give ${pairs} pairs, ${allowed} allowed; most come from ${rule?.sql ?? 'none'} (${most})`,
    { code: 'too_many_pairs', ...(rule === undefined ? {} : { rule }), pairs, allowed },
  );
}
