import { plainTableName } from '../../expression/sql-text.ts';
import type { SqlRunner } from '../../runner.ts';
import { readCount } from '../../runner.ts';
import { numberSql } from '../../scoring/weight-sql.ts';
import { type OutcomeThresholds, outcomeWeights } from '../thresholds.ts';

/**
 * Why a pair is asked about, first reason first: `constraint`: the evidence would have joined the two clusters, but two
 * records must be apart; `cut`: the pair reaches the upper threshold, but the rest of its clusters speaks against it;
 * `doubtful`: it is between the thresholds.
 */
export const REVIEW_REASONS = ['constraint', 'cut', 'doubtful'] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

export interface ReviewOptions {
  /** What follows FROM: `rid_l`, `rid_r`, `match_weight`. */
  readonly pairs: string;
  /** What follows FROM: `rid`, `cluster`, of every record. */
  readonly clusters: string;
  readonly thresholds: OutcomeThresholds;
  /** Table that `clusterPairs` made as `refusedInto`. */
  readonly refused?: string;
  /** What follows FROM: `rid_l`, `rid_r`: decided already. Give those apart; those together are in one cluster. */
  readonly cannotLink?: string;
  /**
   * Table to make, heaviest first: `rid_l`, `rid_r`, `match_weight`, `reason`, `constraint_name` (of the trait or source;
   * NULL otherwise) and `pairs`: how many scored pairs between the two clusters the question stands for.
   */
  readonly into: string;
}

/**
 * The questions for people: pairs of different clusters that reach the lower threshold, or whose merge a constraint
 * forbade; one for each two clusters: the heaviest. What was decided is never asked again: neither the pair, nor another pair of the same two clusters.
 * Returns the number of questions.
 */
export async function reviewPairs(runner: SqlRunner, options: ReviewOptions): Promise<number> {
  const { upper, lower } = outcomeWeights(options.thresholds);
  const { pairs, clusters } = options;
  const into = plainTableName(options.into);
  const refused =
    options.refused ??
    '(SELECT 0 AS rid_l, 0 AS rid_r, NULL::VARCHAR AS constraint_kind, NULL::VARCHAR AS constraint_name LIMIT 0)';
  const cannotLink = options.cannotLink ?? '(SELECT 0 AS rid_l, 0 AS rid_r LIMIT 0)';
  const between = (relation: string, more: string): string =>
    `SELECT least(a.cluster, b.cluster) AS low, greatest(a.cluster, b.cluster) AS high${more} FROM ${relation} p
      JOIN ${clusters} a ON a.rid = p.rid_l JOIN ${clusters} b ON b.rid = p.rid_r WHERE a.cluster <> b.cluster`;
  const sides = ', least(p.rid_l, p.rid_r) AS rid_l, greatest(p.rid_l, p.rid_r) AS rid_r, p.match_weight';
  await runner.run(`CREATE OR REPLACE TABLE ${into} AS
    WITH decided AS (SELECT DISTINCT low, high FROM (${between(cannotLink, '')})),
    forbidden AS (
      SELECT low, high, min(constraint_kind || ':' || constraint_name) AS forbidden_by FROM (
        ${between(refused, ', p.constraint_kind, p.constraint_name')}) GROUP BY ALL),
    questions AS (
      SELECT *, count(*) OVER (PARTITION BY low, high)::INTEGER AS pairs
      FROM (${between(pairs, sides)}) LEFT JOIN forbidden USING (low, high)
      WHERE match_weight >= ${numberSql(lower)} OR forbidden_by IS NOT NULL
      QUALIFY row_number() OVER (PARTITION BY low, high ORDER BY match_weight DESC, rid_l, rid_r) = 1)
    SELECT rid_l, rid_r, match_weight,
      CASE WHEN forbidden_by IS NOT NULL THEN 'constraint' WHEN match_weight >= ${numberSql(upper)} THEN 'cut'
        ELSE 'doubtful' END AS reason,
      nullif(regexp_replace(forbidden_by, '^[^:]*:', ''), '') AS constraint_name, pairs
    FROM questions ANTI JOIN decided USING (low, high)
    ORDER BY match_weight DESC, rid_l, rid_r`);
  return await readCount(runner, `SELECT count(*) AS n FROM ${into}`);
}
