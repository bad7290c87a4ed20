import { compileExpression, type Evaluate, NoTwinError } from '../expression/compile.ts';
import type { Expression, Value } from '../expression/expression.ts';

/** SQL type of a column, or undefined when it is not known. */
export type TypeOf = (column: string) => string | undefined;

/** Types whose values TypeScript holds exactly. Others (decimals, timestamps, …) are left to the engine. */
const EXACT_TYPES = new Set([
  'VARCHAR',
  'BOOLEAN',
  'DATE',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'DOUBLE',
  'VARCHAR[]',
  'INTEGER[]',
]);

/** A date is a text here: arithmetic on it would give no number. */
const ARITHMETIC = new Set(['+', '-', '*', '/', 'abs']);
/** A BIGINT beyond 2^53 is a text here: it can be told from others, not ordered. */
const IDENTITY = new Set(['=', '<>', 'is_null', 'coalesce', 'case', 'nullif', 'list_value']);

/**
 * The twin of an expression over columns of these types, or undefined when the engine must evaluate it: it calls a
 * function without a twin, or reads a type that TypeScript would not treat as the engine does.
 */
export function compileSafely(expression: Expression, typeOf: TypeOf): Evaluate | undefined {
  if (!isExact(expression, typeOf)) return undefined;
  try {
    return compileExpression(expression);
  } catch (error) {
    if (error instanceof NoTwinError) return undefined;
    throw error;
  }
}

function isExact(expression: Expression, typeOf: TypeOf): boolean {
  if (expression.kind === 'literal') return true;
  if (expression.kind === 'column') return EXACT_TYPES.has(typeOf(expression.name) ?? '');
  return expression.args.every((arg) => {
    if (!isExact(arg, typeOf)) return false;
    const type = arg.kind === 'column' ? typeOf(arg.name) : undefined;
    if (type === 'DATE') return !ARITHMETIC.has(expression.name);
    if (type === 'BIGINT') return IDENTITY.has(expression.name);
    return true;
  });
}

/** A value as the engine's JSON rows give it, as twins want it. */
export function twinValue(value: unknown, type: string): Value {
  if (value === null || value === undefined) return null;
  if (type === 'BIGINT') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (type === 'DOUBLE') return Number(value);
  return value as Value;
}
