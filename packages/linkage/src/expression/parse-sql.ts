import type { SqlRunner } from '../runner.ts';
import { type Expression, functionsOf } from './expression.ts';
import { readSqlTree, type SqlNode } from './read-sql-tree.ts';
import { refuseFunctions } from './safe-functions.ts';
import { quoteText } from './sql-text.ts';
import { UnsafeSqlError } from './unsafe-sql.ts';

export { UnsafeSqlError } from './unsafe-sql.ts';

interface SelectNode {
  readonly type: string;
  readonly select_list: readonly (SqlNode & { readonly alias: string })[];
  readonly from_table: { readonly type: string };
  readonly where_clause: unknown;
  readonly having: unknown;
  readonly qualify: unknown;
  readonly sample: unknown;
  readonly modifiers: readonly unknown[];
  readonly group_expressions: readonly unknown[];
  readonly cte_map: { readonly map: readonly unknown[] };
}

/**
 * Reads a condition as the engine does. `l.x` and `r.x` become `x_l` and `x_r`.
 * Throws UnsafeSqlError for anything but one scalar expression over columns and harmless scalar functions:
 * a model file is a program, and may come from anywhere. Its message quotes the names of functions, no value.
 */
export async function parseSqlExpression(runner: SqlRunner, sql: string): Promise<Expression> {
  refuseMarks(sql);
  const [row] = await runner.all(`SELECT json_serialize_sql(${quoteText(`SELECT ${sql}`)}) AS tree`);
  const statements = readStatements(String(row?.tree));
  const [statement, ...others] = statements;
  const node = statement?.node;
  if (node === undefined || others.length > 0 || !isBareSelect(node)) {
    throw new UnsafeSqlError('the condition must be one expression');
  }
  const expression = readSqlTree(node.select_list[0] as SqlNode);
  await refuseFunctions(runner, functionsOf(expression));
  return expression;
}

const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/**
 * A comment would hide what follows it once the condition stands inside a statement; a dollar or a question mark is a
 * parameter, or a text quoted in a way that hides comments from us; an escape text is read by other rules than ours.
 */
function refuseMarks(sql: string): void {
  const bare = sql.replace(QUOTED, (quoted) => (quoted.startsWith("'") ? "''" : '""'));
  const found = /--|\/\*|\*\/|[;$?#\0]|(?<![A-Za-z0-9_])[eExXbBuU]&?''/.exec(bare)?.[0];
  if (found !== undefined) {
    throw new UnsafeSqlError('the condition must hold no comment, parameter, semicolon or escape text');
  }
}

function readStatements(tree: string): readonly { readonly node: SelectNode }[] {
  let parsed: {
    readonly error: boolean;
    readonly error_type?: string;
    readonly statements?: readonly { readonly node: SelectNode }[];
  };
  try {
    parsed = JSON.parse(tree) as typeof parsed;
  } catch {
    throw new UnsafeSqlError('the condition holds a number that is not finite');
  }
  // The engine's message would quote the condition.
  if (parsed.error) {
    throw new UnsafeSqlError(`the condition cannot be read: ${parsed.error_type ?? 'unknown'} error`);
  }
  return parsed.statements ?? [];
}

function isBareSelect(node: SelectNode): boolean {
  return (
    node.type === 'SELECT_NODE' &&
    node.select_list.length === 1 &&
    node.select_list[0]?.alias === '' &&
    node.from_table.type === 'EMPTY' &&
    [node.where_clause, node.having, node.qualify, node.sample].every((part) => part === null) &&
    [node.modifiers, node.group_expressions, node.cte_map.map].every((part) => part.length === 0)
  );
}
