import { castTwin, castType } from './casts.ts';
import type { Expression, Row, Value } from './expression.ts';
import { type Cost, FUNCTIONS, type FunctionDefinition } from './functions.ts';
import { isList } from './value-order.ts';

export { expressionSql } from './write-sql.ts';

/** An expression has no twin: it calls a function that only the engine knows. `functionName` says which. */
export class NoTwinError extends Error {
  readonly functionName: string;
  constructor(functionName: string) {
    super(`the function ${functionName} runs in SQL only`);
    this.name = 'NoTwinError';
    this.functionName = functionName;
  }
}

export type Evaluate = (row: Row) => Value;

/** What the parameters of the functions around hold, while they run. */
type Scope = ReadonlyMap<string, { value: Value }>;

/** The twin of an expression. Throws NoTwinError when it calls a function that only the engine knows. */
export function compileExpression(expression: Expression): Evaluate {
  return compile(expression, new Map());
}

function compile(expression: Expression, scope: Scope): Evaluate {
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
      return compileCall(expression.name, expression.args, scope);
  }
}

function compileCall(name: string, args: readonly Expression[], scope: Scope): Evaluate {
  switch (name) {
    case 'parameter':
      return compileParameter(args, scope);
    case 'list_transform':
    case 'list_filter':
      return compileOverElements(name, args, scope);
    case 'cast':
    case 'try_cast':
      return compileCast(args, scope);
    default: {
      const compiled = args.map((arg) => compile(arg, scope));
      return compileControl(name, compiled) ?? compileFunction(name, args, compiled);
    }
  }
}

function compileControl(name: string, args: readonly Evaluate[]): Evaluate | undefined {
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
      return undefined;
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

function compileParameter([name]: readonly Expression[], scope: Scope): Evaluate {
  const cell = name?.kind === 'literal' ? scope.get(String(name.value)) : undefined;
  if (cell === undefined) throw new TypeError('a parameter is read outside the function that has it');
  return () => cell.value;
}

/** `list_transform(list, lambda(name, body))` and `list_filter(…)`: the body is evaluated for each element. */
function compileOverElements(name: string, [list, lambda]: readonly Expression[], scope: Scope): Evaluate {
  const [parameter, body] = lambda?.kind === 'call' && lambda.name === 'lambda' ? lambda.args : [];
  if (list === undefined || body === undefined || parameter?.kind !== 'literal') throw new NoTwinError(name);
  const cell: { value: Value } = { value: null };
  const over = compile(list, scope);
  const each = compile(body, new Map([...scope, [String(parameter.value), cell]]));
  const evaluate = (row: Row, element: Value): Value => {
    cell.value = element;
    return each(row);
  };
  return (row) => {
    const elements = over(row);
    if (!isList(elements)) return null;
    return name === 'list_transform'
      ? elements.map((element) => evaluate(row, element))
      : elements.filter((element) => evaluate(row, element) === true);
  };
}

function compileCast(args: readonly Expression[], scope: Scope): Evaluate {
  const type = castType(args);
  const twin = castTwin(type);
  const [child] = args;
  if (twin === undefined || child === undefined) throw new NoTwinError(`cast to ${type}`);
  const value = compile(child, scope);
  return (row) => {
    const uncast = value(row);
    return uncast === null ? null : twin(uncast);
  };
}

function compileFunction(name: string, args: readonly Expression[], compiled: readonly Evaluate[]): Evaluate {
  const definition = findFunction(name);
  if (definition === undefined || definition.hasTwin?.(args) === false) throw new NoTwinError(name);
  const { evaluate, ownNulls } = definition;
  return (row) => {
    const values: Value[] = [];
    for (const arg of compiled) {
      const value = arg(row);
      if (value === null && ownNulls !== true) return null;
      values.push(value);
    }
    return evaluate(...values);
  };
}

function findFunction(name: string): FunctionDefinition | undefined {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
}

/** What the compilers know without a function of that name; casts apart, whose second argument is a type. */
const CONTROL: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'is_null',
  'coalesce',
  'case',
  'lambda',
  'parameter',
]);
const CASTS: ReadonlySet<string> = new Set(['cast', 'try_cast']);

/** Take a function of the elements of a list. */
const OVER_ELEMENTS: ReadonlySet<string> = new Set(['list_transform', 'list_filter']);

/** Whether a call of this name is one that the compilers know: of the catalogue, of control, a cast, or over elements. */
export function isKnownCall(name: string): boolean {
  return [CONTROL, CASTS, OVER_ELEMENTS].some((names) => names.has(name)) || findFunction(name) !== undefined;
}

/** How dear an expression is for one pair: its dearest call. A function without a twin counts as dear. */
export function costOf(expression: Expression): Cost {
  if (expression.kind !== 'call') return 1;
  let cost = costOfCall(expression.name);
  for (const arg of expression.args) {
    const other = costOf(arg);
    if (other > cost) cost = other;
  }
  return cost;
}

function costOfCall(name: string): Cost {
  if (CONTROL.has(name)) return 1;
  return CASTS.has(name) ? 4 : (findFunction(name)?.cost ?? 40);
}
