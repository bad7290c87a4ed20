import { quoteText } from '../expression/sql-text.ts';
import type { Comparison, Model } from '../model/model.ts';
import { patternFactors } from './pattern.ts';
import { numberSql } from './weight-sql.ts';
import { comparisonWeights, priorWeight } from './weights.ts';

export interface EvidenceWords {
  /** Name of the line of the prior. */
  readonly prior: string;
  /** Name of the line of what the frequency of values adds or takes away. */
  readonly frequency: string;
}

/** Type of what `evidenceSql` gives, for tables that keep it. */
export const EVIDENCE_TYPE = 'STRUCT(comparison VARCHAR, "level" VARCHAR, weight DOUBLE)[]';

/** A frequency that moves the weight by less than this is not told. */
const LEAST_TOLD = 0.05;

/**
 * Why a pair has its weight, as SQL over its `pattern` and `match_weight`: a list of {comparison, level, weight}, first the
 * prior, then each comparison whose values are both there, then the frequency of the values. Weights add up to `match_weight`.
 */
export function evidenceSql(
  model: Model,
  pattern: string,
  matchWeight: string,
  words: EvidenceWords,
): string {
  const factors = patternFactors(model);
  const lines = model.comparisons.map((comparison, index) =>
    lineSql(comparison, pattern, factors[index] ?? 1),
  );
  const told = `[${[structSql(words.prior, "''", numberSql(priorWeight(model.prior))), ...lines].join(',\n ')}]`;
  const plain = `list_filter(${told}, lambda line: line IS NOT NULL)`;
  const rest = `(${matchWeight} - list_sum(list_transform(${plain}, lambda line: line.weight)))`;
  return `(${plain} || CASE WHEN abs(${rest}) < ${LEAST_TOLD} THEN [] ELSE [${structSql(words.frequency, "''", rest)}] END)::${EVIDENCE_TYPE}`;
}

function lineSql(comparison: Comparison, pattern: string, factor: number): string {
  const radix = comparison.levels.filter((one) => one.isNull !== true).length + 1;
  const gamma = `(((${pattern}) // ${factor}) % ${radix} - 1)`;
  const whens = comparisonWeights(comparison).map(
    (one) =>
      `WHEN ${one.gamma} THEN ${structSql(comparison.name, quoteText(one.label), numberSql(one.weight))}`,
  );
  return `CASE ${gamma} ${whens.join(' ')} END`;
}

function structSql(comparison: string, level: string, weight: string): string {
  return `{'comparison': ${quoteText(comparison)}, 'level': ${level}, 'weight': ${weight}}`;
}
