import type { Expression, Row, Value } from './expression.ts';
import { type Cost, FUNCTIONS, type FunctionDefinition } from './functions.ts';
import { quoteName, quoteText } from './sql-text.ts';

/** An expression has no twin: it calls a function that only the engine knows. `functionName` says which. */
export class NoTwinError extends Error {
  readonly functionName: string;
  constructor(functionName: string) {
    super(`the function ${functionName} runs in SQL only`);
    this.name = 'NoTwinError';
    this.functionName = functionName;
  }
}

/** SQL text of an expression; columns are quoted and bare: `"name_l"`. */
export function expressionSql(expression: Expression): string {
  switch (expression.kind) {
    case 'column':
      return quoteName(expression.name);
    case 'literal':
      return literalSql(expression.value);
    case 'call':
      return callSql(expression.name, expression.args.map(expressionSql));
  }
}

function literalSql(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a literal number must be finite');
    return String(value);
  }
  return `[${value.map(literalSql).join(', ')}]`;
}

function callSql(name: string, args: readonly string[]): string {
  switch (name) {
    case 'and':
    case 'or':
      return args.length === 0 ? String(name === 'and') : `(${args.join(` ${name.toUpperCase()} `)})`;
    case 'not':
      return `(NOT ${args[0]})`;
    case 'is_null':
      return `(${args[0]} IS NULL)`;
    case 'coalesce':
      return `coalesce(${args.join(', ')})`;
    case 'case':
      return caseSql(args);
    default:
      return FUNCTIONS[name]?.sql(...args) ?? `${name}(${args.join(', ')})`;
  }
}

/** `case(condition, value, condition, value, …, otherwise)`. */
function caseSql(args: readonly string[]): string {
  const whens: string[] = [];
  for (let index = 0; index + 1 < args.length; index += 2) {
    whens.push(`WHEN ${args[index]} THEN ${args[index + 1]}`);
  }
  return `CASE ${whens.join(' ')} ELSE ${args.at(-1)} END`;
}

export type Evaluate = (row: Row) => Value;

/** The twin of an expression. Throws NoTwinError when it calls a function that only the engine knows. */
export function compileExpression(expression: Expression): Evaluate {
  switch (expression.kind) {
    case 'column': {
      const { name } = expression;
      return (row) => row[name] ?? null;
    }
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'call':
      return compileCall(expression.name, expression.args.map(compileExpression));
  }
}

function compileCall(name: string, args: readonly Evaluate[]): Evaluate {
  const [first = () => null] = args;
  switch (name) {
    case 'and':
      return connective(args, false);
    case 'or':
      return connective(args, true);
    case 'not':
      return (row) => {
        const value = first(row);
        return value === null ? null : value !== true;
      };
    case 'is_null':
      return (row) => first(row) === null;
    case 'coalesce':
      return (row) => {
        for (const arg of args) {
          const value = arg(row);
          if (value !== null) return value;
        }
        return null;
      };
    case 'case':
      return compileCase(args);
    default:
      return compileFunction(name, args);
  }
}

/** AND (`decisive` = false) and OR (`decisive` = true) of three-valued logic. */
function connective(args: readonly Evaluate[], decisive: boolean): Evaluate {
  return (row) => {
    let unknown = false;
    for (const arg of args) {
      const value = arg(row);
      if (value === decisive) return decisive;
      if (value === null) unknown = true;
    }
    return unknown ? null : !decisive;
  };
}

function compileCase(args: readonly Evaluate[]): Evaluate {
  return (row) => {
    let index = 0;
    for (; index + 1 < args.length; index += 2) {
      if (args[index]?.(row) === true) return args[index + 1]?.(row) ?? null;
    }
    return args[index]?.(row) ?? null;
  };
}

function compileFunction(name: string, args: readonly Evaluate[]): Evaluate {
  const definition: FunctionDefinition | undefined = FUNCTIONS[name];
  if (definition === undefined) throw new NoTwinError(name);
  return (row) => {
    const values: Value[] = [];
    for (const arg of args) {
      const value = arg(row);
      if (value === null && definition.ownNulls !== true) return null;
      values.push(value);
    }
    return definition.evaluate(...values);
  };
}

/** How dear an expression is for one pair: its dearest call. A function without a twin counts as dear. */
export function costOf(expression: Expression): Cost {
  if (expression.kind !== 'call') return 1;
  let cost: Cost = isControl(expression.name) ? 1 : (FUNCTIONS[expression.name]?.cost ?? 40);
  for (const arg of expression.args) {
    const other = costOf(arg);
    if (other > cost) cost = other;
  }
  return cost;
}

function isControl(name: string): boolean {
  return ['and', 'or', 'not', 'is_null', 'coalesce', 'case'].includes(name);
}
