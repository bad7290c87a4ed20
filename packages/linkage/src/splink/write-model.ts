import type { BlockingRule, Comparison, ComparisonLevel, Model } from '../model/model.ts';
import { ModelError, type ModelProblem, modelProblems } from '../model/validate-model.ts';
import {
  QUOTED_COLUMNS,
  SPLINK_SETTINGS,
  type SplinkBlockingRule,
  type SplinkComparison,
  type SplinkLevel,
  type SplinkModelFile,
  type SplinkSettings,
} from './model-file.ts';

/** What of a model a Splink file has a place for; anything else that is set is refused by name. */
const CARRIED = {
  model: [
    ...['linkType', 'prior', 'idColumn', 'sourceColumn', 'comparisons', 'blockingRules'],
    ...['emConvergence', 'emMaxIterations', 'retainColumns'],
  ],
  comparison: ['name', 'description', 'corrects', 'columns', 'levels'],
  level: ['label', 'sql', 'condition', 'isNull', 'm', 'u', 'fixM', 'fixU', 'termFrequency'],
  rule: ['sql', 'explode'],
} as const;

/**
 * The model as Splink 4 or 5 writes it (`settings.generation`), keys in its order. An m or u of 0 and a weight of 0 are
 * written, where Splink leaves them out and reads a default. Throws ModelError naming all that it cannot carry
 * (derivations, m by source, …): a model that scores differently there must not be written.
 */
export function writeSplinkModel(model: Model, settings: SplinkSettings = SPLINK_SETTINGS): SplinkModelFile {
  const problems = [...notCarried(model), ...modelProblems(model)];
  if (problems.length > 0) throw new ModelError(problems);
  const prefix = settings.generation === 4 ? 'bayes_factor_column_prefix' : 'match_weight_column_prefix';
  return {
    link_type: model.linkType,
    probability_two_random_records_match: model.prior,
    retain_matching_columns: settings.retainMatchingColumns,
    retain_intermediate_calculation_columns: settings.retainIntermediateColumns,
    additional_columns_to_retain: model.retainColumns,
    sql_dialect: 'duckdb',
    linker_uid: settings.linkerUid,
    em_convergence: model.emConvergence,
    max_iterations: model.emMaxIterations,
    [prefix]: settings.weightPrefix,
    term_frequency_adjustment_column_prefix: settings.termFrequencyPrefix,
    comparison_vector_value_column_prefix: settings.gammaPrefix,
    unique_id_column_name: model.idColumn,
    source_dataset_column_name: model.sourceColumn,
    blocking_rules_to_generate_predictions: model.blockingRules.map(writeRule),
    comparisons: model.comparisons.map(writeComparison),
  };
}

/** The file's text, indented as Splink does. */
export function splinkModelText(file: SplinkModelFile): string {
  return JSON.stringify(file, undefined, 4);
}

function writeRule({ sql, explode }: BlockingRule): SplinkBlockingRule {
  const rule = { blocking_rule: sql, sql_dialect: 'duckdb' } as const;
  return explode === undefined || explode.length === 0 ? rule : { ...rule, arrays_to_explode: explode };
}

function writeComparison({ name, description, levels }: Comparison): SplinkComparison {
  return {
    output_column_name: name,
    comparison_levels: levels.map(writeLevel),
    comparison_description: description ?? name,
  };
}

function writeLevel({ label, sql, m, u, fixM, fixU, isNull, termFrequency }: ComparisonLevel): SplinkLevel {
  return {
    sql_condition: sql,
    label_for_charts: label,
    ...(m === undefined ? {} : { m_probability: m }),
    ...(u === undefined ? {} : { u_probability: u }),
    fix_m_probability: fixM === true,
    fix_u_probability: fixU === true,
    ...(termFrequency === undefined
      ? {}
      : {
          tf_adjustment_column: QUOTED_COLUMNS.has(termFrequency.column)
            ? `"${termFrequency.column}"`
            : termFrequency.column,
          ...(termFrequency.minimumU === 0 ? {} : { tf_minimum_u_value: termFrequency.minimumU }),
          tf_adjustment_weight: termFrequency.weight,
        }),
    ...(isNull === true ? { is_null_level: true } : {}),
    ...(termFrequency?.ownU === true ? { disable_tf_exact_match_detection: true } : {}),
  };
}

function notCarried(model: Model): readonly ModelProblem[] {
  const { comparisons, blockingRules } = model;
  return [
    ...extra(model, CARRIED.model, ''),
    ...blockingRules.flatMap((rule, index) => extra(rule, CARRIED.rule, `blockingRules[${index}].`)),
    ...comparisons.flatMap((comparison) => [
      ...extra(comparison, CARRIED.comparison, `${comparison.name}.`),
      ...comparison.levels.flatMap((level) =>
        extra(level, CARRIED.level, `${comparison.name} «${level.label}».`),
      ),
    ]),
  ];
}

function extra(value: object, carried: readonly string[], path: string): readonly ModelProblem[] {
  return Object.entries(value).flatMap(([key, given]: [string, unknown]) => {
    const empty = given === undefined || (Array.isArray(given) && given.length === 0);
    if (empty || carried.includes(key)) return [];
    return [
      { path: `${path}${key}`, code: 'unsupported', message: 'a Splink model has no place for it' } as const,
    ];
  });
}
