import { type BlockingRule, LINK_TYPES, type LinkType, type Model } from '../model/model.ts';
import { ModelError, modelProblems } from '../model/validate-model.ts';
import type { SqlRunner } from '../runner.ts';
import { type JsonObject, JsonReader, within } from './json-reader.ts';
import { SPLINK_SETTINGS, type SplinkSettings, WEIGHT_PREFIXES } from './model-file.ts';
import { readComparison } from './read-comparison.ts';
import { conditionAt, type ReadingContext } from './read-condition.ts';

export interface SplinkModel {
  readonly model: Model;
  readonly settings: SplinkSettings;
  /** What was read and does not matter here, in words. */
  readonly notices: readonly string[];
}

const DIALECTS = ['duckdb', 'spark'];
const FILE_KEYS = [
  ...['link_type', 'probability_two_random_records_match', 'retain_matching_columns', 'comparisons'],
  ...['retain_intermediate_calculation_columns', 'additional_columns_to_retain', 'sql_dialect', 'linker_uid'],
  ...['em_convergence', 'max_iterations', 'bayes_factor_column_prefix', 'match_weight_column_prefix'],
  ...['term_frequency_adjustment_column_prefix', 'comparison_vector_value_column_prefix'],
  ...['unique_id_column_name', 'source_dataset_column_name', 'blocking_rules_to_generate_predictions'],
];
const RULE_KEYS = ['blocking_rule', 'sql_dialect', 'salting_partitions', 'arrays_to_explode'];

/**
 * Reads a model saved by Splink 4 or 5 (`save_model_to_json`), for the engine of `runner`; keys that are left out have
 * Splink's defaults. `file` is the text, or what JSON.parse gives. Probabilities that are 0 are kept, where Splink loses
 * them. Throws ModelError with every problem at once: unknown keys, wrong types, conditions that may not run.
 */
export async function readSplinkModel(runner: SqlRunner, file: unknown): Promise<SplinkModel> {
  const reader = new JsonReader();
  const root = reader.object(typeof file === 'string' ? parsed(file) : file, '', FILE_KEYS);
  if (root === undefined) throw new ModelError(reader.problems);
  const context = { runner, reader, dialect: dialectOf(reader, root), notices: [] };
  const comparisons = [];
  for (const [index, value] of reader.list(root, 'comparisons').entries()) {
    const comparison = await readComparison(context, value, `comparisons[${index}]`);
    if (comparison !== undefined) comparisons.push(comparison);
  }
  const model: Model = {
    linkType: linkTypeOf(reader, root),
    prior: reader.value(root, 'probability_two_random_records_match', 'number', 1e-4),
    idColumn: reader.value(root, 'unique_id_column_name', 'string', 'unique_id'),
    sourceColumn: reader.value(root, 'source_dataset_column_name', 'string', 'source_dataset'),
    derivations: [],
    comparisons,
    blockingRules: await readRules(context, root),
    emConvergence: reader.value(root, 'em_convergence', 'number', 1e-4),
    emMaxIterations: reader.value(root, 'max_iterations', 'number', 25),
    retainColumns: reader.texts(root, 'additional_columns_to_retain'),
  };
  const settings = readSettings(reader, root);
  const problems = [...reader.problems, ...modelProblems(model)];
  if (problems.length > 0) throw new ModelError(problems);
  return { model, settings, notices: context.notices };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ModelError([{ path: '(the file)', code: 'missing', message: 'is not JSON' }]);
  }
}

function dialectOf(reader: JsonReader, root: JsonObject): string {
  const dialect = reader.value(root, 'sql_dialect', 'string', 'duckdb');
  if (DIALECTS.includes(dialect)) return dialect;
  reader.tell('sql_dialect', 'unsupported', `${dialect} is not read: save the model with the duckdb backend`);
  return 'duckdb';
}

function linkTypeOf(reader: JsonReader, root: JsonObject): LinkType {
  const given = reader.value(root, 'link_type', 'string');
  const known = LINK_TYPES.find((one) => one === given);
  if (known === undefined) reader.tell('link_type', 'missing', `must be one of ${LINK_TYPES.join(', ')}`);
  return known ?? 'dedupe_only';
}

function readSettings(reader: JsonReader, root: JsonObject): SplinkSettings {
  const generation = root.values.match_weight_column_prefix === undefined ? 4 : 5;
  const prefix = generation === 4 ? 'bayes_factor_column_prefix' : 'match_weight_column_prefix';
  return {
    generation,
    retainMatchingColumns: reader.value(root, 'retain_matching_columns', 'boolean', true),
    retainIntermediateColumns: reader.value(
      root,
      'retain_intermediate_calculation_columns',
      'boolean',
      false,
    ),
    linkerUid: reader.value(root, 'linker_uid', 'string') ?? null,
    weightPrefix: reader.value(root, prefix, 'string', WEIGHT_PREFIXES[generation]),
    termFrequencyPrefix: reader.value(
      root,
      'term_frequency_adjustment_column_prefix',
      'string',
      SPLINK_SETTINGS.termFrequencyPrefix,
    ),
    gammaPrefix: reader.value(
      root,
      'comparison_vector_value_column_prefix',
      'string',
      SPLINK_SETTINGS.gammaPrefix,
    ),
  };
}

async function readRules(context: ReadingContext, root: JsonObject): Promise<readonly BlockingRule[]> {
  const rules: BlockingRule[] = [];
  const key = 'blocking_rules_to_generate_predictions';
  for (const [index, value] of context.reader.list(root, key).entries()) {
    const rule = await readRule(context, value, `${key}[${index}]`);
    if (rule !== undefined) rules.push(rule);
  }
  return rules;
}

async function readRule(
  context: ReadingContext,
  value: unknown,
  path: string,
): Promise<BlockingRule | undefined> {
  const { reader, dialect, notices } = context;
  const object = reader.object(typeof value === 'string' ? { blocking_rule: value } : value, path, RULE_KEYS);
  const text = object && reader.value(object, 'blocking_rule', 'string');
  if (object === undefined) return undefined;
  if (text === undefined) {
    reader.tell(within(path, 'blocking_rule'), 'missing', 'give the condition of the rule');
    return undefined;
  }
  const own = reader.value(object, 'sql_dialect', 'string', dialect);
  if (!DIALECTS.includes(own)) reader.tell(within(path, 'sql_dialect'), 'unsupported', `${own} is not read`);
  const explode = reader.texts(object, 'arrays_to_explode');
  const salted = reader.value(object, 'salting_partitions', 'number');
  if (salted !== undefined && explode.length > 0) {
    reader.tell(path, 'unsupported', 'a rule is salted or explodes arrays, not both');
  } else if (salted !== undefined) {
    notices.push(`${path}.salting_partitions is not needed here: it never changes which pairs are found`);
  }
  const condition = await conditionAt({ ...context, dialect: own }, text, within(path, 'blocking_rule'));
  if (condition === undefined) return undefined;
  return explode.length === 0 ? { sql: condition.sql } : { sql: condition.sql, explode };
}
