import type { Model } from '../model/model.ts';
import { gammaColumn, gammaSql, patternSql } from './pattern.ts';
import { matchWeightSql } from './weight-sql.ts';

/**
 * SELECT that adds the γ of each comparison, `pattern` and `match_weight` to any pairs with the columns of
 * `pairColumnsSql`: for pairs that no blocking rule found, and for records against themselves.
 */
export function weighSql(model: Model, pairs: string): string {
  const levels = model.comparisons.map(
    (comparison) => `${gammaSql(comparison)} AS ${gammaColumn(comparison)}`,
  );
  return `SELECT *, ${patternSql(model)} AS pattern, ${matchWeightSql(model)} AS match_weight
    FROM (SELECT *, ${levels.join(',\n ')} FROM (${pairs}))`;
}
