import { quoteName, quoteText } from '../expression/sql-text.ts';
import type { BlockingRule } from '../model/model.ts';
import type { SqlRunner } from '../runner.ts';
import type { AnalysedRule, RuleBranch } from './analyse-rule.ts';
import type { Block, CountRequest } from './count-pairs.ts';
import { pairSql, recordSql } from './sides.ts';

/** What was done to blocks that were too large: their pairs must also agree on `column`. */
export interface BlockSplit {
  /** Place of the rule among those given. */
  readonly origin: number;
  readonly rule: BlockingRule;
  readonly blocks: readonly Block[];
  readonly column: string;
  /** Pairs of these blocks, before and after. */
  readonly before: number;
  readonly after: number;
  /** Records of these blocks without a value in `column`: no pair of these blocks has them any more. */
  readonly withoutValue: number;
}

interface SubBlocks {
  readonly column: string;
  readonly pairs: number;
  readonly largest: number;
  readonly withoutValue: number;
}

/** Never in a text that people type: keeps ('a b', 'c') and ('a', 'b c') apart. */
const BETWEEN_KEYS = '\u001f';

/** All keys of a branch as one text, for the left or right record; NULL when one is missing. */
function keyText(branch: RuleBranch, side: 'left' | 'right', sql: typeof pairSql): string {
  return `(${branch.keys.map((key) => `(${sql(key[side])}) || ''`).join(` || ${quoteText(BETWEEN_KEYS)} || `)})`;
}

function listed(blocks: readonly Block[]): string {
  return blocks.map(({ values }) => quoteText(values.join(BETWEEN_KEYS))).join(', ');
}

/**
 * The column that divides these blocks least while no part has more than `allowed` pairs; undefined when none does.
 * Ties go to the first column.
 */
export async function chooseSubKey(
  runner: SqlRunner,
  request: CountRequest,
  branch: RuleBranch,
  blocks: readonly Block[],
  columns: readonly string[],
  allowed: number,
): Promise<SubBlocks | undefined> {
  let best: SubBlocks | undefined;
  for (const column of columns) {
    const found = await subBlocks(runner, request, branch, blocks, column);
    if (found.largest <= allowed && found.pairs > (best?.pairs ?? 0)) best = found;
  }
  return best;
}

async function subBlocks(
  runner: SqlRunner,
  { records, linkType }: CountRequest,
  branch: RuleBranch,
  blocks: readonly Block[],
  column: string,
): Promise<SubBlocks> {
  const name = quoteName(column);
  const own = linkType === 'link_only' ? 'sum(n * n)' : 'sum(n)';
  const [row] = await runner.all(`
    WITH held AS (SELECT ${keyText(branch, 'left', recordSql)} AS held_key, source_no, ${name} AS sub FROM ${records}
        WHERE held_key IN (${listed(blocks)})),
      counted AS (SELECT held_key, sub, source_no, count(*) AS n FROM held WHERE sub IS NOT NULL GROUP BY ALL),
      parts AS (SELECT (sum(n) * sum(n) - ${own}) / 2 AS pairs FROM counted GROUP BY held_key, sub)
    SELECT coalesce(sum(pairs), 0) AS pairs, coalesce(max(pairs), 0) AS largest,
      (SELECT count(*) FROM held WHERE sub IS NULL) AS missing FROM parts`);
  return {
    column,
    pairs: Number(row?.pairs ?? 0),
    largest: Number(row?.largest ?? 0),
    withoutValue: Number(row?.missing ?? 0),
  };
}

/**
 * Two rules for one: its other blocks as they were, and these blocks with `column` equal as well. The rules hold the
 * values of the blocks' keys: they are for this run, not for a model that is handed on.
 */
export function splitRules(
  { rule }: AnalysedRule,
  branch: RuleBranch,
  blocks: readonly Block[],
  column: string,
): readonly [BlockingRule, BlockingRule] {
  const key = keyText(branch, 'left', pairSql);
  const values = listed(blocks);
  const [l, r] = [`l.${quoteName(column)}`, `r.${quoteName(column)}`];
  return [
    { ...rule, sql: `(${branch.sql}) AND ${key} NOT IN (${values})` },
    { ...rule, sql: `(${branch.sql}) AND ${l} = ${r} AND ${key} IN (${values})` },
  ];
}
