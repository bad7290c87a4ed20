import { quoteName } from '../expression/sql-text.ts';
import type { BlockingRule, Model } from '../model/model.ts';
import { readCount } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { matchingPairsSql, type Truth } from './truth.ts';

export interface RuleRecall {
  readonly sql: string;
  /** Matches that the rule finds. */
  readonly found: number;
  /** Matches that it finds and no earlier rule does. */
  readonly foundFirst: number;
}

export interface BlockingRecall {
  readonly matches: number;
  /** Matches that some rule finds. */
  readonly found: number;
  /** Share found, 0 to 1: no weight can give more recall. */
  readonly recall: number;
  readonly rules: readonly RuleRecall[];
}

/**
 * How many of the matches the blocking rules find, whatever their weight. Rules are asked about the matching pairs only:
 * the candidates are not generated. Without rules every pair is a candidate.
 */
export async function blockingRecall(
  session: LinkSession,
  model: Model,
  truth: Truth,
): Promise<BlockingRecall> {
  const { runner, prefix } = session;
  const table = `${prefix}truth_found`;
  const { matches } = truth;
  if (model.blockingRules.length === 0) return { matches, found: matches, recall: 1, rules: [] };
  await runner.run(`CREATE OR REPLACE TABLE ${table} (rid_l INTEGER, rid_r INTEGER, rule INTEGER)`);
  for (const [index, rule] of model.blockingRules.entries()) {
    await runner.run(`INSERT INTO ${table} ${foundBySql(session.records, truth, rule, index)}`);
  }
  const rows = await runner.all(
    `SELECT rule, count(*) AS found, count(*) FILTER (first) AS found_first
     FROM (SELECT rule, rule = min(rule) OVER (PARTITION BY rid_l, rid_r) AS first FROM ${table}) GROUP BY rule`,
  );
  const found = await readCount(
    runner,
    `SELECT count(*) AS n FROM (SELECT DISTINCT rid_l, rid_r FROM ${table})`,
  );
  await runner.run(`DROP TABLE ${table}`);
  const rules = model.blockingRules.map(({ sql }, index) => {
    const row = rows.find(({ rule }) => Number(rule) === index);
    return { sql, found: Number(row?.found ?? 0), foundFirst: Number(row?.found_first ?? 0) };
  });
  return { matches, found, recall: matches === 0 ? 1 : found / matches, rules };
}

function foundBySql(records: string, truth: Truth, rule: BlockingRule, index: number): string {
  // One list inside the other: two lists together give every combination of their elements.
  const side = (rule.explode ?? [])
    .map(quoteName)
    .reduce((from, name) => `(SELECT * REPLACE (unnest(${name}) AS ${name}) FROM ${from})`, records);
  return `SELECT DISTINCT t.rid_l, t.rid_r, ${index} FROM (${matchingPairsSql(truth)}) t
    JOIN ${side} l ON l.rid = t.rid_l JOIN ${side} r ON r.rid = t.rid_r WHERE (${rule.sql})`;
}
