import type { Model } from '../model/model.ts';
import { gammaColumn, gammaSql, patternSql } from '../scoring/pattern.ts';
import { comparisonWeightSql, numberSql } from '../scoring/weight-sql.ts';
import { priorWeight } from '../scoring/weights.ts';

/**
 * SELECT that adds the γ of each comparison, `pattern` and `match_weight` to any pairs with the columns that the model
 * compares (and `tf_…`) on both sides: for pairs that no blocking rule found, and for records against themselves.
 */
export function weighSql(model: Model, pairs: string): string {
  const levels = model.comparisons.map(
    (comparison) => `${gammaSql(comparison)} AS ${gammaColumn(comparison)}`,
  );
  const weights = model.comparisons.map((comparison) => `(${comparisonWeightSql(comparison)})`);
  const sum = [numberSql(priorWeight(model.prior)), ...weights].join('\n + ');
  return `SELECT *, ${patternSql(model)} AS pattern, ${sum} AS match_weight
    FROM (SELECT *, ${levels.join(',\n ')} FROM (${pairs}))`;
}
