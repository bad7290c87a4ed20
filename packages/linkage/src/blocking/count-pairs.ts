import type { Expression } from '../expression/expression.ts';
import type { BlockingRule, LinkType } from '../model/model.ts';
import { readCount, type SqlRunner } from '../runner.ts';
import { type AnalysedRule, analyseRule, type RuleBranch, splitAlternatives } from './analyse-rule.ts';
import { candidatePairsSql } from './candidate-pairs.ts';
import { explodedSql } from './exploded.ts';
import { recordSql } from './sides.ts';

export interface CountRequest {
  /** Table of `createRecordsSql`. */
  readonly records: string;
  readonly linkType: LinkType;
}

/** Records that share the values of a rule's keys. */
export interface Block {
  /** Values of the keys, as text: they may be personal. */
  readonly values: readonly string[];
  readonly records: number;
  readonly pairs: number;
}

export interface RuleCount {
  readonly rule: BlockingRule;
  /** Pairs that the rule finds by itself. */
  readonly pairs: number;
  /** `pairs` is an upper bound: a filter on both records, several alternatives or exploded lists only lower it. */
  readonly upperBound: boolean;
  readonly blocks: number;
  /** Largest blocks, by pairs, then by values. */
  readonly largest: readonly Block[];
}

/**
 * Counts the pairs of a rule before anything is joined: one GROUP BY of its keys. Two records of one input count once, in
 * one order; `link_only` counts pairs of different inputs only.
 */
export async function countRulePairs(
  runner: SqlRunner,
  request: CountRequest,
  rule: BlockingRule,
  largest = 5,
): Promise<RuleCount> {
  const analysed = await analyseRule(runner, rule);
  const counted: RuleCount[] = [];
  for (const branch of analysed.branches)
    counted.push(await countBranch(runner, request, analysed, branch, largest));
  const sum = (of: (one: RuleCount) => number) => counted.reduce((total, one) => total + of(one), 0);
  const all = counted.flatMap((one) => one.largest);
  return {
    rule,
    pairs: sum(({ pairs }) => pairs),
    upperBound: counted.length > 1 || counted.some(({ upperBound }) => upperBound),
    blocks: sum(({ blocks }) => blocks),
    largest: [...all].sort((a, b) => b.pairs - a.pairs).slice(0, largest),
  };
}

async function countBranch(
  runner: SqlRunner,
  request: CountRequest,
  { rule }: AnalysedRule,
  branch: RuleBranch,
  largest: number,
): Promise<RuleCount> {
  const keys = branch.keys.map((_, index) => `k${index}`);
  // Grouped once, for the sum and for the largest.
  const rows = await runner.all(
    `WITH found AS MATERIALIZED (SELECT * FROM (${blocksSql(request, rule, branch)}) WHERE pairs > 0)
     SELECT ${keys.map((key) => `${key}::VARCHAR AS ${key}`).join(', ')}, records, pairs,
       (SELECT sum(pairs) FROM found) AS all_pairs, (SELECT count(*) FROM found) AS all_blocks
     FROM found ORDER BY pairs DESC, ${keys.join(', ')} LIMIT ${Math.max(1, Math.floor(largest))}`,
  );
  const [first] = rows;
  return {
    rule,
    pairs: Number(first?.all_pairs ?? 0),
    upperBound: branch.residual.length > 0 || (rule.explode ?? []).length > 0,
    blocks: Number(first?.all_blocks ?? 0),
    largest: rows.slice(0, largest).map((row) => ({
      values: keys.map((key) => String(row[key])),
      records: Number(row.records),
      pairs: Number(row.pairs),
    })),
  };
}

/** SELECT of the blocks of a branch: its keys `k0`, `k1`…, `records` and `pairs`. */
export function blocksSql(request: CountRequest, rule: BlockingRule, branch: RuleBranch): string {
  const oneSided = branch.leftFilters.length + branch.rightFilters.length > 0;
  return branch.keys.every(({ symmetric }) => symmetric) && !oneSided
    ? symmetricBlocks(request, rule, branch)
    : twoSidedBlocks(request, rule, branch);
}

function symmetricBlocks(
  { records, linkType }: CountRequest,
  { explode }: BlockingRule,
  branch: RuleBranch,
): string {
  const keys = branch.keys.map((_, index) => `k${index}`);
  const chosen = branch.keys.map(({ left }, index) => `${recordSql(left)} AS k${index}`);
  const known = keys.map((key) => `${key} IS NOT NULL`).join(' AND ');
  const rows = `SELECT DISTINCT rid, source_no, ${chosen.join(', ')} FROM ${explodedSql(records, explode)}`;
  const plain = (explode ?? []).length === 0 ? rows.replace('DISTINCT ', '') : rows;
  const perSource = `SELECT ${keys.join(', ')}, source_no, count(*) AS n FROM (${plain}) WHERE ${known} GROUP BY ALL`;
  const own = linkType === 'link_only' ? 'sum(n * n)' : 'sum(n)';
  return `SELECT ${keys.join(', ')}, sum(n) AS records, (sum(n) * sum(n) - ${own}) / 2 AS pairs
    FROM (${perSource}) GROUP BY ${keys.join(', ')}`;
}

/**
 * Keys or filters that differ between the sides: for each right record, the left records before it in the same block.
 * Before means a smaller rid, or an earlier input.
 */
function twoSidedBlocks(
  { records, linkType }: CountRequest,
  { explode }: BlockingRule,
  branch: RuleBranch,
): string {
  const keys = branch.keys.map((_, index) => `k${index}`);
  const side = (isLeft: boolean) => {
    const chosen = branch.keys.map(
      ({ left, right }, index) => `${recordSql(isLeft ? left : right)} AS k${index}`,
    );
    const filters = (isLeft ? branch.leftFilters : branch.rightFilters).map(
      (one: Expression) => `(${recordSql(one)})`,
    );
    const where = filters.length === 0 ? '' : `WHERE ${filters.join(' AND ')}`;
    return `SELECT DISTINCT rid, source_no, ${isLeft} AS is_left, ${chosen.join(', ')} FROM ${explodedSql(records, explode)} ${where}`;
  };
  const before = linkType === 'link_only' ? 'source_no RANGE' : 'rid RANGE';
  const known = keys.map((key) => `${key} IS NOT NULL`).join(' AND ');
  const counted = `SELECT *, count(*) FILTER (WHERE is_left) OVER (PARTITION BY ${keys.join(', ')}
      ORDER BY ${before} BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier
    FROM (${side(true)} UNION ALL ${side(false)}) WHERE ${known}`;
  return `SELECT ${keys.join(', ')}, count(DISTINCT rid) AS records, coalesce(sum(earlier) FILTER (WHERE NOT is_left), 0) AS pairs
    FROM (${counted}) GROUP BY ${keys.join(', ')}`;
}

export interface CumulativeCount {
  /** Pairs that each rule adds to those before it, in order. */
  readonly added: readonly number[];
  /** All pairs, each once. */
  readonly pairs: number;
}

/**
 * Counts all pairs of all rules, each once, by running the joins without any column: exact, and as dear as they are. Throws
 * BlockingRuleError for a rule that is no join.
 */
export async function countCandidatePairs(
  runner: SqlRunner,
  request: CountRequest,
  rules: readonly BlockingRule[],
): Promise<CumulativeCount> {
  const split = await splitAlternatives(runner, rules);
  const pairs = candidatePairsSql({ ...request, rules: split.map(({ rule }) => rule), columns: [] });
  if (rules.length === 0) {
    const all = await readCount(runner, `SELECT count(*) AS n FROM (${pairs})`);
    return { added: [], pairs: all };
  }
  const rows = await runner.all(
    `SELECT match_key, count(*) AS n FROM (${pairs}) GROUP BY match_key ORDER BY match_key`,
  );
  const added = rules.map(() => 0);
  for (const { match_key, n } of rows) {
    const origin = split[Number(match_key)]?.origin ?? 0;
    added[origin] = (added[origin] ?? 0) + Number(n);
  }
  return { added, pairs: added.reduce((sum, n) => sum + n, 0) };
}
