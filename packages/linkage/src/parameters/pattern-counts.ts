import type { Model } from '../model/model.ts';
import type { SqlRunner } from '../runner.ts';
import { gammaColumn, gammaSql, patternGammas, patternSql } from '../scoring/pattern.ts';

/** How many pairs show a comparison pattern: the γ of each comparison, in the model's order. */
export interface PatternCount {
  readonly gammas: readonly number[];
  readonly pairs: number;
}

/**
 * Counts the patterns of pairs, in a fixed order: training then works on thousands of counts, not on millions of
 * pairs, and gives the same numbers whatever the number of threads.
 * `pairs` is a SELECT with the columns of `comparedColumns` on both sides.
 */
export async function countPatterns(
  runner: SqlRunner,
  model: Model,
  pairs: string,
): Promise<readonly PatternCount[]> {
  const levels = model.comparisons.map(
    (comparison) => `${gammaSql(comparison)} AS ${gammaColumn(comparison)}`,
  );
  const rows = await runner.all(
    `SELECT ${patternSql(model)} AS pattern, count(*) AS pairs
     FROM (SELECT ${levels.join(', ')} FROM (${pairs})) GROUP BY pattern ORDER BY pattern`,
  );
  return rows.map(({ pattern, pairs: count }) => ({
    gammas: patternGammas(model, Number(pattern)),
    pairs: Number(count),
  }));
}
