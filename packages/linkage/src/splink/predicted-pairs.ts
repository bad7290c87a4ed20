import { columnsOf } from '../expression/expression.ts';
import { parseSqlExpression } from '../expression/parse-sql.ts';
import { quoteName, quoteText } from '../expression/sql-text.ts';
import type { Comparison, Model } from '../model/model.ts';
import { patternPlaces } from '../scoring/pattern.ts';
import { hasSourceParameters } from '../scoring/source-parameters.ts';
import { numberSql } from '../scoring/weight-sql.ts';
import { comparisonWeights } from '../scoring/weights.ts';
import type { LinkSession } from '../session.ts';
import { SPLINK_SETTINGS, type SplinkSettings } from './model-file.ts';
import { columnsOfConditions } from './read-comparison.ts';

export interface PredictedPairsOptions {
  /** Table filled by `scorePairs`. */
  readonly pairs: string;
  readonly settings?: SplinkSettings;
}

/** Splink 4 keeps the product of factors between these. */
const LEAST_FACTOR = 1e-300;
const GREATEST_FACTOR = 1e300;

/**
 * SELECT of scored pairs with Splink's columns in Splink's order: `match_weight`, `match_probability`, sources (not for
 * dedupe_only), ids, then for each comparison its columns and γ, and, where intermediate columns are kept, term
 * frequencies and factors; then columns of blocking rules, columns retained, and `match_key` as text. Where Splink's own
 * order is by chance (several columns in one condition or rule) it is that of appearance.
 * Both records are read only here: stream it into a table, CSV or Parquet (`writePredictedPairs`).
 */
export async function predictedPairsSql(
  { runner, records }: Pick<LinkSession, 'runner' | 'records'>,
  model: Model,
  { pairs, settings = SPLINK_SETTINGS }: PredictedPairsOptions,
): Promise<string> {
  if (hasSourceParameters(model))
    throw new TypeError('Splink has no m by source: its columns cannot show them');
  const weight = matchWeightSql(settings);
  const ids = [...(model.linkType === 'dedupe_only' ? [] : [model.sourceColumn]), model.idColumn];
  const places = patternPlaces(model);
  const columns = [
    `${weight} AS match_weight`,
    `CASE WHEN ${weight} >= 0 THEN 1 / (1 + pow(2, -${weight})) ELSE pow(2, ${weight}) / (1 + pow(2, ${weight})) END AS match_probability`,
    ...ids.flatMap(bothSides),
    ...model.comparisons.flatMap((comparison, index) =>
      comparisonColumns(comparison, places[index] ?? { factor: 1, radix: 1 }, settings),
    ),
    ...(settings.retainMatchingColumns ? await ruleColumns(runner, model) : []).flatMap(bothSides),
    ...model.retainColumns.flatMap(bothSides),
    'p.match_key::VARCHAR AS match_key',
  ];
  return `SELECT ${[...new Set(columns)].join(',\n  ')}
FROM ${pairs} p JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r
ORDER BY p.rid_l, p.rid_r`;
}

export interface PredictedPairsTarget {
  /** A table to make, or a file to write. */
  readonly table?: string;
  readonly file?: string;
  readonly format?: 'parquet' | 'csv';
}

/** Streams `predictedPairsSql` into a table or a file; nothing of it passes through TypeScript. */
export async function writePredictedPairs(
  session: Pick<LinkSession, 'runner' | 'records'>,
  model: Model,
  options: PredictedPairsOptions,
  { table, file, format = 'parquet' }: PredictedPairsTarget,
): Promise<void> {
  const sql = await predictedPairsSql(session, model, options);
  if (table !== undefined) await session.runner.run(`CREATE OR REPLACE TABLE ${table} AS ${sql}`);
  if (file !== undefined) {
    await session.runner.run(`COPY (${sql}) TO ${quoteText(file)} (FORMAT ${format})`);
  }
}

/** Splink 4 bounds the product of factors, which may be infinite or undecided (0 · ∞ counts as certain). */
function matchWeightSql({ generation }: SplinkSettings): string {
  if (generation === 5) return 'p.match_weight';
  const [least, greatest] = [LEAST_FACTOR, GREATEST_FACTOR].map((factor) => numberSql(Math.log2(factor)));
  return `least(greatest(p.match_weight, ${least}), ${greatest})`;
}

function bothSides(name: string): readonly string[] {
  return ['l', 'r'].map((side) => `${side}.${quoteName(name)} AS ${quoteName(`${name}_${side}`)}`);
}

function comparisonColumns(
  comparison: Comparison,
  { factor, radix }: { readonly factor: number; readonly radix: number },
  settings: SplinkSettings,
): readonly string[] {
  const gamma = `((p.pattern // ${factor}) % ${radix} - 1)`;
  const named = comparison.name.replaceAll(' ', '_');
  const adjusted = comparison.levels.flatMap(({ termFrequency }) => termFrequency?.column ?? []);
  return [
    ...(settings.retainMatchingColumns
      ? [
          ...columnsOfConditions(comparison.levels).flatMap(bothSides),
          `${gamma}::INTEGER AS ${quoteName(`${settings.gammaPrefix}${named}`)}`,
        ]
      : []),
    ...(settings.retainIntermediateColumns
      ? [
          ...adjusted.flatMap((name) => frequencyColumns(name, settings)),
          ...factorColumns(comparison, gamma, named, settings),
        ]
      : []),
  ];
}

function frequencyColumns(name: string, { termFrequencyPrefix }: SplinkSettings): readonly string[] {
  return ['l', 'r'].map(
    (side) => `${side}.${quoteName(`tf_${name}`)} AS ${quoteName(`${termFrequencyPrefix}${name}_${side}`)}`,
  );
}

/** Factor of the level and of its term frequency (Splink 4), or their logarithms (Splink 5). */
function factorColumns(
  comparison: Comparison,
  gamma: string,
  named: string,
  { generation, weightPrefix, termFrequencyPrefix }: SplinkSettings,
): readonly string[] {
  const additive = generation === 5;
  const weights = comparisonWeights(comparison);
  const neutral = additive ? '0::DOUBLE' : '1::DOUBLE';
  const whens = weights.map(
    (level) => `WHEN ${level.gamma} THEN ${numberSql(additive ? level.weight : level.m / level.u)}`,
  );
  const plain = `CASE ${gamma} ${whens.join(' ')} ELSE ${neutral} END AS ${quoteName(`${weightPrefix}${named}`)}`;
  if (comparison.levels.every(({ termFrequency }) => termFrequency === undefined)) return [plain];
  const adjustments = weights.flatMap(({ gamma: value, termFrequency }) => {
    if (termFrequency === undefined) return [];
    const { column, weight, minimumU, log2Base } = termFrequency;
    const sides = ['l', 'r'].map((side) => `${side}.${quoteName(`tf_${column}`)}`);
    const common = `greatest(${[...sides, ...(minimumU > 0 ? [minimumU] : [])].join(', ')})`;
    const missing = sides.map((side) => `${side} IS NULL`).join(' AND ');
    const term = `(${weight} * (${numberSql(log2Base)} - log2(${common})))`;
    return [
      `WHEN ${value} THEN CASE WHEN ${missing} THEN ${neutral} ELSE ${additive ? term : `pow(2, ${term})`} END`,
    ];
  });
  const cases =
    adjustments.length === 0 ? neutral : `CASE ${gamma} ${adjustments.join(' ')} ELSE ${neutral} END`;
  return [plain, `${cases} AS ${quoteName(`${weightPrefix}${termFrequencyPrefix}adj_${named}`)}`];
}

/** Columns that only blocking rules read. */
async function ruleColumns(runner: LinkSession['runner'], model: Model): Promise<readonly string[]> {
  const compared = new Set(model.comparisons.flatMap(({ levels }) => columnsOfConditions(levels)));
  const found = new Set<string>();
  for (const { sql } of model.blockingRules) {
    for (const name of columnsOf(await parseSqlExpression(runner, sql)))
      found.add(name.replace(/_[lr]$/, ''));
  }
  const ids = [model.idColumn, ...(model.linkType === 'dedupe_only' ? [] : [model.sourceColumn])];
  return [...found].filter((name) => !compared.has(name) && !ids.includes(name));
}
