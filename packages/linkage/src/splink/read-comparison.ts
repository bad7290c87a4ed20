import {
  type Comparison,
  type ComparisonLevel,
  columnsOfLevels,
  ELSE,
  type TermFrequencyAdjustment,
} from '../model/model.ts';
import { type JsonObject, within } from './json-reader.ts';
import { QUOTED_COLUMNS } from './model-file.ts';
import { conditionAt, type ReadingContext } from './read-condition.ts';

const COMPARISON_KEYS = ['output_column_name', 'comparison_levels', 'comparison_description'];
const LEVEL_KEYS = [
  ...['sql_condition', 'label_for_charts', 'is_null_level', 'm_probability', 'u_probability'],
  ...['fix_m_probability', 'fix_u_probability', 'tf_adjustment_column', 'tf_adjustment_weight'],
  ...['tf_minimum_u_value', 'disable_tf_exact_match_detection'],
];

/** Reads one comparison of a Splink file; undefined, and told, when it cannot be read. */
export async function readComparison(
  context: ReadingContext,
  value: unknown,
  path: string,
): Promise<Comparison | undefined> {
  const { reader } = context;
  const object = reader.object(value, path, COMPARISON_KEYS);
  if (object === undefined) return undefined;
  const levels: ComparisonLevel[] = [];
  for (const [index, one] of reader.list(object, 'comparison_levels').entries()) {
    const level = await readLevel(context, one, `${path}.comparison_levels[${index}]`);
    if (level !== undefined) levels.push(level);
  }
  const description = reader.value(object, 'comparison_description', 'string');
  return {
    name: reader.value(object, 'output_column_name', 'string') ?? defaultName(columnsOfConditions(levels)),
    ...(description === undefined ? {} : { description }),
    columns: columnsOfLevels(levels),
    levels,
  };
}

/** Columns that conditions read, those of term frequencies apart. */
export function columnsOfConditions(levels: readonly ComparisonLevel[]): readonly string[] {
  return columnsOfLevels(levels.map(({ termFrequency: _, ...level }) => level));
}

function defaultName(columns: readonly string[]): string {
  const [only, ...others] = columns;
  return only !== undefined && others.length === 0 ? only : `custom_${columns.join('_')}`;
}

async function readLevel(
  context: ReadingContext,
  value: unknown,
  path: string,
): Promise<ComparisonLevel | undefined> {
  const { reader } = context;
  const object = reader.object(value, path, LEVEL_KEYS);
  if (object === undefined) return undefined;
  const text = reader.value(object, 'sql_condition', 'string');
  if (text === undefined) {
    reader.tell(within(path, 'sql_condition'), 'missing', 'give the condition of the level, or ELSE');
    return undefined;
  }
  const isElse = text.trim().toUpperCase() === ELSE;
  const condition = isElse ? { sql: text } : await conditionAt(context, text, within(path, 'sql_condition'));
  if (condition === undefined) return undefined;
  const isNull = reader.value(object, 'is_null_level', 'boolean', false);
  const adjustment = termFrequencyOf(context, object);
  return {
    label: reader.value(object, 'label_for_charts', 'string', text),
    ...condition,
    ...(isNull ? { isNull } : {}),
    ...probabilities(context, object, isNull),
    ...(adjustment === undefined ? {} : { termFrequency: adjustment }),
  };
}

function probabilities(
  { reader }: ReadingContext,
  object: JsonObject,
  isNull: boolean,
): Pick<ComparisonLevel, 'm' | 'u' | 'fixM' | 'fixU'> {
  const m = reader.value(object, 'm_probability', 'number');
  const u = reader.value(object, 'u_probability', 'number');
  if (isNull && (m ?? u) !== undefined) {
    reader.tell(object.path, 'unsupported', 'a null level weighs nothing: remove its m and u');
  }
  return {
    ...(m === undefined ? {} : { m }),
    ...(u === undefined ? {} : { u }),
    ...(reader.value(object, 'fix_m_probability', 'boolean', false) ? { fixM: true } : {}),
    ...(reader.value(object, 'fix_u_probability', 'boolean', false) ? { fixU: true } : {}),
  };
}

function termFrequencyOf(
  { reader, notices }: ReadingContext,
  object: JsonObject,
): TermFrequencyAdjustment | undefined {
  const named = reader.value(object, 'tf_adjustment_column', 'string');
  const ownU = reader.value(object, 'disable_tf_exact_match_detection', 'boolean', false);
  const weight = reader.value(object, 'tf_adjustment_weight', 'number', 1);
  const minimumU = reader.value(object, 'tf_minimum_u_value', 'number', 0);
  if (named === undefined) {
    if (ownU) notices.push(`${object.path}.disable_tf_exact_match_detection does nothing without a column`);
    return undefined;
  }
  const unquoted = named.replace(/^"(.*)"$/, '$1');
  if (named !== unquoted && !QUOTED_COLUMNS.has(unquoted)) {
    notices.push(`${object.path}.tf_adjustment_column is written without its quotes`);
  }
  return { column: unquoted, weight, minimumU, ownU };
}
