import { quoteName } from '../expression/sql-text.ts';
import { type Comparison, levelsByGamma, type Model } from '../model/model.ts';
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

/** Pairs alike in everything that training looks at. */
export interface FrequencyCount {
  /** γ of each trained comparison. */
  readonly gammas: readonly number[];
  /** Term frequency that counts at this level, the commoner of both; null where none adjusts. */
  readonly frequencies: readonly (number | null)[];
  readonly pairs: number;
}

/**
 * Counts pairs that show the same pattern and, where `withTerms`, the same term frequencies (the commoner of both) at
 * levels that are adjusted by them. `pairs` then has the `tf_` columns of both sides as well.
 */
export async function countFrequencies(
  runner: SqlRunner,
  model: Model,
  pairs: string,
  withTerms: boolean,
): Promise<readonly FrequencyCount[]> {
  const levels = model.comparisons.map(
    (comparison) => `${gammaSql(comparison)} AS ${gammaColumn(comparison)}`,
  );
  const terms = model.comparisons.map(
    (comparison, index) => `${withTerms ? frequencySql(comparison) : 'NULL'} AS term_${index}`,
  );
  const named = terms.map((_, index) => `term_${index}`);
  const rows = await runner.all(
    `SELECT pattern, ${named.join(', ')}, count(*) AS pairs
     FROM (SELECT ${patternSql(model)} AS pattern, ${terms.join(', ')}
       FROM (SELECT *, ${levels.join(', ')} FROM (${pairs})))
     GROUP BY ALL ORDER BY ALL`,
  );
  return rows.map((row) => ({
    gammas: patternGammas(model, Number(row.pattern)),
    frequencies: named.map((name) => (row[name] === null ? null : Number(row[name]))),
    pairs: Number(row.pairs),
  }));
}

function frequencySql(comparison: Comparison): string {
  const whens = levelsByGamma(comparison).flatMap(({ termFrequency }, gamma) => {
    if (termFrequency === undefined || termFrequency.weight === 0 || gamma === 0) return [];
    const { column, minimumU } = termFrequency;
    const [l, r] = [quoteName(`tf_${column}_l`), quoteName(`tf_${column}_r`)];
    const common = minimumU > 0 ? `greatest(${l}, ${r}, ${minimumU}::DOUBLE)` : `greatest(${l}, ${r})`;
    return [`WHEN ${gamma} THEN CASE WHEN coalesce(${l}, ${r}) IS NOT NULL THEN ${common} END`];
  });
  return whens.length === 0 ? 'NULL' : `CASE ${gammaColumn(comparison)} ${whens.join(' ')} END`;
}
