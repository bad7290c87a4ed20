import { call, column, type Expression, literal, type Value } from './expression.ts';
import { UnsafeSqlError } from './unsafe-sql.ts';

/** A node of the engine's syntax tree, as `json_serialize_sql` gives it. */
export interface SqlNode {
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
  COMPARE_DISTINCT_FROM: 'is_distinct_from',
  COMPARE_NOT_DISTINCT_FROM: 'is_not_distinct_from',
};

/** Names of the parameters of the lambdas around a node, in lower case. */
type Parameters = ReadonlySet<string>;

/** An expression from the tree of one. Throws UnsafeSqlError for every kind of node that is not listed here. */
export function readSqlTree(node: SqlNode): Expression {
  return readNode(node, new Set());
}

function nodes(value: unknown): readonly SqlNode[] {
  return Array.isArray(value) ? (value as readonly SqlNode[]) : [];
}

function readNode(node: SqlNode, parameters: Parameters): Expression {
  const of = (key: string): Expression => readNode(node[key] as SqlNode, parameters);
  switch (node.class) {
    case 'COLUMN_REF':
      return readColumn(node.column_names as readonly string[], parameters);
    case 'CONSTANT':
      return literal(readConstant(node.value as ConstantValue));
    case 'COMPARISON':
      return readComparison(node, of('left'), of('right'));
    case 'CONJUNCTION':
      return call(
        node.type === 'CONJUNCTION_AND' ? 'and' : 'or',
        ...nodes(node.children).map((child) => readNode(child, parameters)),
      );
    case 'BETWEEN': {
      const input = of('input');
      return call('and', call('>=', input, of('lower')), call('<=', input, of('upper')));
    }
    case 'FUNCTION':
      return readFunction(node, parameters);
    case 'CASE':
      return readCase(node, parameters);
    case 'CAST':
      return call(node.try_cast === true ? 'try_cast' : 'cast', of('child'), typeName(node.cast_type));
    case 'OPERATOR':
      return readOperator(
        node,
        nodes(node.children).map((child) => readNode(child, parameters)),
      );
    default:
      throw new UnsafeSqlError(`${node.class.toLowerCase()} is not allowed in a condition`);
  }
}

/** The engine takes these for functions where no column has their name. */
const SESSION_VALUE = /^(current_|session_user$|user$|localtime)/i;

function readColumn(path: readonly string[], parameters: Parameters): Expression {
  const [side, name, ...more] = path;
  if (side === undefined || more.length > 0)
    throw new UnsafeSqlError('a column is named by itself, or by l. or r.');
  if (name === undefined) {
    if (SESSION_VALUE.test(side))
      throw new UnsafeSqlError(`${side} tells of more than the records of a pair`);
    return parameters.has(side.toLowerCase()) ? call('parameter', side.toLowerCase()) : column(side);
  }
  const prefix = side.toLowerCase();
  if (prefix !== 'l' && prefix !== 'r') throw new UnsafeSqlError(`${side}. is neither l. nor r.`);
  return column(`${name}_${prefix}`);
}

interface ConstantValue {
  readonly type: { readonly id: string; readonly type_info: { readonly scale?: number } | null };
  readonly is_null: boolean;
  readonly value?: unknown;
}

function readConstant({ type, is_null: missing, value }: ConstantValue): Value {
  if (missing || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'number')
    throw new UnsafeSqlError(`a constant ${type.id} is not allowed in a condition`);
  if (Number.isInteger(value) && type.id !== 'DOUBLE' && !Number.isSafeInteger(value)) {
    throw new UnsafeSqlError('the condition holds a number with too many digits');
  }
  return type.id === 'DECIMAL' ? value / 10 ** (type.type_info?.scale ?? 0) : value;
}

function readComparison(node: SqlNode, a: Expression, b: Expression): Expression {
  const operator = COMPARISONS[node.type];
  if (operator === undefined)
    throw new UnsafeSqlError(`${node.type.toLowerCase()} is not allowed in a condition`);
  return call(operator, a, b);
}

/** What the parser makes of `[a, b]`, `trim(a)`, `position(a IN b)` and the like: calls of `main.`. */
const FROM_SYNTAX: ReadonlySet<string> = new Set([
  'list_value',
  'trim',
  'ltrim',
  'rtrim',
  'position',
  'substring',
  'date_part',
]);

function readFunction(node: SqlNode, parameters: Parameters): Expression {
  const name = String(node.function_name).toLowerCase();
  const schema = FROM_SYNTAX.has(name) && node.schema === 'main' ? '' : String(node.schema);
  if (schema !== '' || String(node.catalog) !== '') {
    throw new UnsafeSqlError(`${name} is called from a schema: name it alone`);
  }
  const ordered = (node.order_bys as { readonly orders?: readonly unknown[] } | null)?.orders ?? [];
  if (node.filter !== null || node.distinct === true || ordered.length > 0 || node.export_state === true) {
    throw new UnsafeSqlError(`${name} is called as an aggregate`);
  }
  const children = nodes(node.children);
  const canonical = ALIASES[name] ?? name;
  if (!OVER_ELEMENTS.has(canonical)) {
    return call(canonical, ...children.map((child) => readNode(child, parameters)));
  }
  const [list, lambda] = children;
  if (list === undefined || lambda === undefined || children.length !== 2) {
    throw new UnsafeSqlError(`${name} takes a list and a function`);
  }
  return call(canonical, readNode(list, parameters), readLambda(lambda, parameters));
}

/** Functions that take another function as their second argument. */
const OVER_ELEMENTS: ReadonlySet<string> = new Set(['list_transform', 'list_filter']);

/** Other names of functions that the compilers know. */
const ALIASES: Readonly<Record<string, string>> = {
  substring: 'substr',
  editdist3: 'levenshtein',
  len: 'length',
  array_length: 'length',
  ucase: 'upper',
  lcase: 'lower',
  prefix: 'starts_with',
  ends_with: 'suffix',
  str_split: 'string_split',
  string_to_array: 'string_split',
  array_has_any: 'list_has_any',
  array_has_all: 'list_has_all',
  array_intersect: 'list_intersect',
  array_contains: 'list_contains',
  list_has: 'list_contains',
  array_has: 'list_contains',
  array_distinct: 'list_distinct',
  array_position: 'list_position',
  list_indexof: 'list_position',
  list_element: 'list_extract',
  array_extract: 'list_extract',
  list_pack: 'list_value',
  array_transform: 'list_transform',
  list_apply: 'list_transform',
  array_apply: 'list_transform',
  apply: 'list_transform',
  array_filter: 'list_filter',
  filter: 'list_filter',
  datediff: 'date_diff',
  datepart: 'date_part',
  power: 'pow',
};

/** `x -> body` or `lambda x: body`, of one parameter. */
function readLambda(node: SqlNode, parameters: Parameters): Expression {
  const lhs = node.class === 'LAMBDA' ? (node.lhs as SqlNode) : undefined;
  const names = lhs?.class === 'COLUMN_REF' ? (lhs.column_names as readonly string[]) : [];
  const [name] = names;
  if (name === undefined || names.length > 1) throw new UnsafeSqlError('a lambda has one parameter');
  const parameter = name.toLowerCase();
  return call('lambda', parameter, readNode(node.expr as SqlNode, new Set([...parameters, parameter])));
}

function readCase(node: SqlNode, parameters: Parameters): Expression {
  const checks = (node.case_checks as readonly { when_expr: SqlNode; then_expr: SqlNode }[]).flatMap(
    ({ when_expr, then_expr }) => [readNode(when_expr, parameters), readNode(then_expr, parameters)],
  );
  return call('case', ...checks, readNode(node.else_expr as SqlNode, parameters));
}

interface TypeNode {
  readonly id: string;
  readonly type_info: {
    readonly width?: number;
    readonly scale?: number;
    readonly size?: number;
    readonly child_type?: TypeNode;
  } | null;
}

/** The name of a type in SQL. */
function typeName(type: unknown): string {
  const { id, type_info: info } = type as TypeNode;
  if (id === 'DECIMAL' && info !== null) return `DECIMAL(${info.width ?? 18},${info.scale ?? 3})`;
  if (id === 'LIST' && info?.child_type !== undefined) return `${typeName(info.child_type)}[]`;
  if (id === 'ARRAY' && info?.child_type !== undefined)
    return `${typeName(info.child_type)}[${info.size ?? ''}]`;
  if (info !== null || !/^[A-Z]+( WITH TIME ZONE)?$/.test(id)) {
    throw new UnsafeSqlError(`a cast to ${id} is not allowed in a condition`);
  }
  return id;
}

function readOperator(node: SqlNode, children: readonly Expression[]): Expression {
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
