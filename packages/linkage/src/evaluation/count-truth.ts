import { numberSql } from '../scoring/weight-sql.ts';
import type { LinkSession } from '../session.ts';
import { judgedPairsSql, type Truth } from './truth.ts';
import type { WeightCount } from './truth-curve.ts';

/**
 * Judged pairs counted by match weight, from the highest. With `step` (above 0), weights are rounded down to its
 * multiples: fewer rows, each still exact as a threshold.
 */
export async function countByWeight(
  session: LinkSession,
  truth: Truth,
  pairs: string,
  step = 0,
): Promise<readonly WeightCount[]> {
  const weight = step > 0 ? `floor(match_weight / ${numberSql(step)}) * ${numberSql(step)}` : 'match_weight';
  const rows = await session.runner.all(
    `SELECT ${weight} AS weight, count(*) FILTER (same) AS matches, count(*) FILTER (NOT same) AS others
     FROM (${judgedPairsSql(truth, pairs)}) GROUP BY weight ORDER BY weight DESC`,
  );
  return rows.map((row) => ({
    weight: Number(row.weight),
    matches: Number(row.matches),
    others: Number(row.others),
  }));
}
