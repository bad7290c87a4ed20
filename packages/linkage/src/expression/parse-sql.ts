import type { SqlRunner } from '../runner.ts';
import { call, column, type Expression, functionsOf, literal, type Value } from './expression.ts';
import { quoteText } from './sql-text.ts';

/** A condition that may not run: not one scalar expression, or it reads more than the records of a pair. */
export class UnsafeSqlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnsafeSqlError';
  }
}

interface SqlNode {
  readonly class: string;
  readonly type: string;
  readonly [key: string]: unknown;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  COMPARE_EQUAL: '=',
  COMPARE_NOTEQUAL: '<>',
  COMPARE_LESSTHAN: '<',
  COMPARE_LESSTHANOREQUALTO: '<=',
  COMPARE_GREATERTHAN: '>',
  COMPARE_GREATERTHANOREQUALTO: '>=',
};

/** Scalar functions that tell of more than their arguments, or differ from one run to the next. */
const FORBIDDEN =
  /^(getenv|current_|getvariable|setseed|random|gen_random|uuid|nextval|currval|now$|get_current|today|pg_|has_|in_search_path|txid|version|write_log|getenv|query|add_parquet_key|which_secret|json_execute|json_serialize|json_deserialize|error$|sleep)/;

/**
 * Reads a condition as the engine does. `l.x` and `r.x` become `x_l` and `x_r`.
 * Throws UnsafeSqlError for anything but one scalar expression over columns and harmless scalar functions:
 * a model file is a program, and may come from anywhere.
 */
export async function parseSqlExpression(runner: SqlRunner, sql: string): Promise<Expression> {
  const [row] = await runner.all(`SELECT json_serialize_sql(${quoteText(`SELECT ${sql}`)}) AS tree`);
  const tree = JSON.parse(String(row?.tree)) as {
    readonly error: boolean;
    readonly error_message?: string;
    readonly statements?: readonly { readonly node: SelectNode }[];
  };
  if (tree.error)
    throw new UnsafeSqlError(`the condition cannot be read: ${tree.error_message ?? 'unknown'}`);
  const [statement, ...others] = tree.statements ?? [];
  const node = statement?.node;
  if (node === undefined || others.length > 0 || !isBareSelect(node)) {
    throw new UnsafeSqlError('the condition must be one expression');
  }
  const expression = readNode(node.select_list[0] as SqlNode);
  await refuseFunctions(runner, functionsOf(expression));
  return expression;
}

interface SelectNode {
  readonly type: string;
  readonly select_list: readonly SqlNode[];
  readonly from_table: { readonly type: string };
  readonly where_clause: unknown;
  readonly having: unknown;
  readonly qualify: unknown;
  readonly modifiers: readonly unknown[];
  readonly group_expressions: readonly unknown[];
  readonly cte_map: { readonly map: readonly unknown[] };
}

function isBareSelect(node: SelectNode): boolean {
  return (
    node.type === 'SELECT_NODE' &&
    node.select_list.length === 1 &&
    node.from_table.type === 'EMPTY' &&
    [node.where_clause, node.having, node.qualify].every((part) => part === null) &&
    [node.modifiers, node.group_expressions, node.cte_map.map].every((part) => part.length === 0)
  );
}

async function refuseFunctions(runner: SqlRunner, names: readonly string[]): Promise<void> {
  const called = names.filter((name) => /^[a-z_][a-z0-9_]*$/i.test(name) && !BUILT_IN.has(name));
  const forbidden = called.find((name) => FORBIDDEN.test(name.toLowerCase()));
  if (forbidden !== undefined)
    throw new UnsafeSqlError(`the function ${forbidden} is not allowed in a model`);
  const unknown = called.find((name) => !scalarFunctions.get(runner)?.has(name.toLowerCase()));
  if (unknown === undefined) return;
  const rows = await runner.all(
    `SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE function_type IN ('scalar', 'macro')`,
  );
  const known = new Set(rows.map(({ name }) => String(name)));
  scalarFunctions.set(runner, known);
  const missing = called.find((name) => !known.has(name.toLowerCase()));
  if (missing !== undefined) throw new UnsafeSqlError(`no scalar function is called ${missing}`);
}

/** Names of an engine's scalar functions: listing them takes longer than reading a whole model. */
const scalarFunctions = new WeakMap<SqlRunner, ReadonlySet<string>>();

/** What the parser makes itself, and what the compilers know without a function of that name. */
const BUILT_IN = new Set([
  'and',
  'or',
  'not',
  'is_null',
  'coalesce',
  'case',
  'lambda',
  'lambda_parameter',
  'cast',
  'try_cast',
  'compare_distinct_from',
  'compare_not_distinct_from',
]);

function nodes(value: unknown): readonly SqlNode[] {
  return Array.isArray(value) ? (value as readonly SqlNode[]) : [];
}

function readNode(node: SqlNode): Expression {
  const of = (key: string): Expression => readNode(node[key] as SqlNode);
  switch (node.class) {
    case 'COLUMN_REF':
      return readColumn(node.column_names as readonly string[]);
    case 'CONSTANT':
      return literal(readConstant(node.value as ConstantValue));
    case 'COMPARISON':
      return readComparison(node, of('left'), of('right'));
    case 'CONJUNCTION':
      return call(node.type === 'CONJUNCTION_AND' ? 'and' : 'or', ...nodes(node.children).map(readNode));
    case 'BETWEEN': {
      const input = of('input');
      return call('and', call('>=', input, of('lower')), call('<=', input, of('upper')));
    }
    case 'FUNCTION':
      return readFunction(node);
    case 'CASE':
      return readCase(node);
    case 'CAST':
      return readCast(node, of('child'));
    case 'OPERATOR':
      return readOperator(node);
    case 'LAMBDA':
      return call('lambda', bound(of('expr'), parametersOf(node.lhs as SqlNode)));
    default:
      throw new UnsafeSqlError(`${node.class.toLowerCase()} is not allowed in a condition`);
  }
}

function readColumn(path: readonly string[]): Expression {
  const [side, name, ...more] = path;
  if (side === undefined || more.length > 0)
    throw new UnsafeSqlError('a column is named by itself, or by l. or r.');
  if (name === undefined) return column(side);
  if (side !== 'l' && side !== 'r') throw new UnsafeSqlError(`${side}. is neither l. nor r.`);
  return column(`${name}_${side}`);
}

/** Names before the arrow: one, or several as a row. */
function parametersOf(node: SqlNode): ReadonlySet<string> {
  const named = node.class === 'COLUMN_REF' ? [node] : nodes(node.children);
  return new Set(named.flatMap((one) => one.column_names as readonly string[]));
}

/** The parameters of a lambda are no columns. */
function bound(expression: Expression, parameters: ReadonlySet<string>): Expression {
  if (expression.kind === 'column') {
    return parameters.has(expression.name) ? call('lambda_parameter', expression.name) : expression;
  }
  if (expression.kind === 'literal') return expression;
  return { ...expression, args: expression.args.map((part) => bound(part, parameters)) };
}

interface ConstantValue {
  readonly type: { readonly id: string; readonly type_info: { readonly scale?: number } | null };
  readonly is_null: boolean;
  readonly value?: Value;
}

function readConstant({ type, is_null: missing, value }: ConstantValue): Value {
  if (missing || value === undefined) return null;
  if (type.id === 'DECIMAL') return Number(value) / 10 ** (type.type_info?.scale ?? 0);
  return value;
}

function readComparison(node: SqlNode, a: Expression, b: Expression): Expression {
  const operator = COMPARISONS[node.type];
  if (operator !== undefined) return call(operator, a, b);
  return call(node.type.toLowerCase(), a, b);
}

function readFunction(node: SqlNode): Expression {
  const name = String(node.function_name).toLowerCase();
  // The parser itself spells EXTRACT(year FROM x) as main.date_part.
  const extract = name === 'date_part' && node.schema === 'main';
  if (!extract && (String(node.schema) !== '' || String(node.catalog) !== '')) {
    throw new UnsafeSqlError(`${name} is called from a schema: name it alone`);
  }
  return call(ALIASES[name] ?? name, ...nodes(node.children).map(readNode));
}

/** Other names of functions of the catalogue. */
const ALIASES: Readonly<Record<string, string>> = {
  substring: 'substr',
  editdist3: 'levenshtein',
  len: 'length',
  strlen: 'strlen',
  ucase: 'upper',
  lcase: 'lower',
  prefix: 'starts_with',
  array_has_any: 'list_has_any',
  array_intersect: 'list_intersect',
  list_pack: 'list_value',
};

function readCase(node: SqlNode): Expression {
  const checks = (node.case_checks as readonly { when_expr: SqlNode; then_expr: SqlNode }[]).flatMap(
    ({ when_expr, then_expr }) => [readNode(when_expr), readNode(then_expr)],
  );
  return call('case', ...checks, readNode(node.else_expr as SqlNode));
}

/** The type is an argument, so that a twin can tell casts apart. */
function readCast(node: SqlNode, child: Expression): Expression {
  const type = (node.cast_type as { readonly id: string }).id;
  return call(node.try_cast === true ? 'try_cast' : 'cast', child, type);
}

function readOperator(node: SqlNode): Expression {
  const children = nodes(node.children).map(readNode);
  const [first = literal(null), ...rest] = children;
  switch (node.type) {
    case 'OPERATOR_IS_NULL':
      return call('is_null', first);
    case 'OPERATOR_IS_NOT_NULL':
      return call('not', call('is_null', first));
    case 'OPERATOR_NOT':
      return call('not', first);
    case 'OPERATOR_COALESCE':
      return call('coalesce', ...children);
    case 'COMPARE_IN':
      return call('or', ...rest.map((value) => call('=', first, value)));
    case 'COMPARE_NOT_IN':
      return call('not', call('or', ...rest.map((value) => call('=', first, value))));
    case 'ARRAY_EXTRACT':
      return call('list_extract', ...children);
    case 'ARRAY_SLICE':
      return call('list_slice', ...children);
    default:
      throw new UnsafeSqlError(`${node.type.toLowerCase()} is not allowed in a condition`);
  }
}
