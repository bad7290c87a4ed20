import { castType } from './casts.ts';
import type { Expression, Value } from './expression.ts';
import { infix } from './function-definition.ts';
import { FUNCTIONS } from './functions.ts';
import { quoteName, quoteText } from './sql-text.ts';

/** SQL text of an expression; columns are quoted and bare: `"name_l"`. Throws a TypeError for a call of no plain name. */
export function expressionSql(expression: Expression): string {
  switch (expression.kind) {
    case 'column':
      return quoteName(expression.name);
    case 'literal':
      return literalSql(expression.value);
    case 'call':
      return callSql(expression.name, expression.args);
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

function callSql(name: string, args: readonly Expression[]): string {
  switch (name) {
    case 'cast':
    case 'try_cast':
      return `${name.toUpperCase()}(${args.slice(0, 1).map(expressionSql).join()} AS ${castType(args)})`;
    case 'parameter':
      return quoteName(parameterName(args));
    case 'lambda':
      return `lambda ${quoteName(parameterName(args))}: ${args.slice(1).map(expressionSql).join()}`;
    default:
      return plainSql(name, args.map(expressionSql));
  }
}

function parameterName([name]: readonly Expression[]): string {
  if (name?.kind !== 'literal' || typeof name.value !== 'string') {
    throw new TypeError('a parameter is named by a literal text');
  }
  return name.value;
}

function plainSql(name: string, args: readonly string[]): string {
  switch (name) {
    case 'and':
    case 'or':
      return args.length === 0 ? String(name === 'and') : `(${args.join(` ${name.toUpperCase()} `)})`;
    case 'not':
      return `(NOT ${args[0]})`;
    case 'is_null':
      return `(${args[0]} IS NULL)`;
    case 'case':
      return caseSql(args);
    default:
      return functionSql(name, args);
  }
}

/** Operators that run in SQL only. */
const OPERATORS: Readonly<Record<string, string>> = {
  '%': '%',
  '//': '//',
  '**': '**',
  '^': '^',
  '~~*': 'ILIKE',
  '!~~*': 'NOT ILIKE',
};

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a call of this name can be written: a function of the catalogue, an operator, or a plain name. */
export function isWritable(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name) || Object.hasOwn(OPERATORS, name) || PLAIN_NAME.test(name);
}

function functionSql(name: string, args: readonly string[]): string {
  if (!isWritable(name)) throw new TypeError(`not the name of a function: ${name}`);
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  const [first = '', second] = args;
  if (operator !== undefined) return infix(operator)(first, second);
  if (Object.hasOwn(FUNCTIONS, name)) return FUNCTIONS[name]?.sql(...args) ?? '';
  return `${name}(${args.join(', ')})`;
}

/** `case(condition, value, condition, value, …, otherwise)`. */
function caseSql(args: readonly string[]): string {
  const whens: string[] = [];
  for (let index = 0; index + 1 < args.length; index += 2) {
    whens.push(`WHEN ${args[index]} THEN ${args[index + 1]}`);
  }
  return `CASE ${whens.join(' ')} ELSE ${args.at(-1)} END`;
}
