import { quoteName } from '../expression/sql-text.ts';
import type { Comparison, Model } from '../model/model.ts';
import { gammaColumn } from './pattern.ts';
import { bySourcesSql } from './source-parameters.ts';
import { comparisonWeights, type LevelWeight, priorWeight, type TermFrequencyTerm } from './weights.ts';

/** A weight as SQL: u = 0 or m = 0 give an infinite one. */
export function numberSql(value: number): string {
  if (Number.isFinite(value)) return `${value}::DOUBLE`;
  return value > 0 ? "'Infinity'::DOUBLE" : "'-Infinity'::DOUBLE";
}

/** Match weight of a pair as SQL: prior, and the weight of every comparison, by its γ column and tf columns. */
export function matchWeightSql(model: Model): string {
  return bySourcesSql(model, ({ prior, comparisons }) =>
    [
      numberSql(priorWeight(prior)),
      ...comparisons.map((comparison) => `(${comparisonWeightSql(comparison)})`),
    ].join('\n + '),
  );
}

/** Weight of a comparison, term frequencies included, from its γ column and the tf columns of both sides. */
export function comparisonWeightSql(comparison: Comparison, gamma: string = gammaColumn(comparison)): string {
  const whens = comparisonWeights(comparison).map(
    (level) => `WHEN ${level.gamma} THEN ${levelWeightSql(level)}`,
  );
  return `CASE ${gamma} ${whens.join(' ')} ELSE 0 END`;
}

/** Weight of one level of a comparison, from the tf columns of both sides. */
export function levelWeightSql({ weight, termFrequency }: LevelWeight): string {
  if (termFrequency === undefined) return numberSql(weight);
  return `${numberSql(weight)} + ${termFrequencySql(termFrequency)}`;
}

/** A missing side takes the other's frequency; nothing is adjusted when both are missing. */
function termFrequencySql({ column, weight, minimumU, log2Base }: TermFrequencyTerm): string {
  const [l, r] = [quoteName(`tf_${column}_l`), quoteName(`tf_${column}_r`)];
  const common = minimumU > 0 ? `greatest(${l}, ${r}, ${minimumU})` : `greatest(${l}, ${r})`;
  return `CASE WHEN ${l} IS NULL AND ${r} IS NULL THEN 0 ELSE ${weight} * (${numberSql(log2Base)} - log2(${common})) END`;
}
