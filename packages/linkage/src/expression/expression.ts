/** What a field or an expression can hold. A DATE is its civil text, `yyyy-mm-dd`; NULL is null. */
export type Value = string | number | boolean | null | readonly Value[];

/** Values by column name: of one record (`name`), or of a pair (`name_l`, `name_r`). */
export type Row = Readonly<Record<string, Value | undefined>>;

/**
 * A scalar expression with two readings that agree: SQL text (`expressionSql`) for millions of pairs, and a function
 * (`compileExpression`) for one pair at once and for explanations. NULL follows SQL's three-valued logic in both.
 */
export type Expression =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

/** Something that stands for an expression: a text is a literal, never a column. */
export type Operand = Expression | string | number | boolean | null;

export function column(name: string): Expression {
  return { kind: 'column', name };
}

/** The left record's side of a pair. */
export function left(name: string): Expression {
  return column(`${name}_l`);
}

/** The right record's side of a pair. */
export function right(name: string): Expression {
  return column(`${name}_r`);
}

export function literal(value: Value): Expression {
  return { kind: 'literal', value };
}

/** A call of a function of the catalogue (`functions.ts`), or of any other scalar function, which then has no twin. */
export function call(name: string, ...args: readonly Operand[]): Expression {
  return { kind: 'call', name, args: args.map(toExpression) };
}

export const and = (...terms: readonly Operand[]): Expression => call('and', ...terms);
export const or = (...terms: readonly Operand[]): Expression => call('or', ...terms);
export const not = (term: Operand): Expression => call('not', term);
export const isNull = (term: Operand): Expression => call('is_null', term);
export const equal = (a: Operand, b: Operand): Expression => call('=', a, b);
export const atLeast = (a: Operand, b: Operand): Expression => call('>=', a, b);
export const different = (a: Operand, b: Operand): Expression => call('<>', a, b);
export const atMost = (a: Operand, b: Operand): Expression => call('<=', a, b);

/** Reads a value as another type of SQL (`DATE`, `VARCHAR`, `DOUBLE`, …); NULL where it cannot be. */
export const tryCast = (value: Operand, type: string): Expression => call('try_cast', value, type);

/** What a pattern finds in a text, whole or one of its groups; NULL, not '', where it finds nothing. */
export function extracted(text: Operand, pattern: string, group = 0): Expression {
  return call('nullif', call('regexp_extract', text, pattern, group), '');
}

/** A list with `body` made of each element of another. */
export function eachOf(list: Operand, body: (element: Expression) => Expression, name = 'x'): Expression {
  return call('list_transform', list, call('lambda', name, body(call('parameter', name))));
}

/** The elements of a list for which `condition` is true. */
export function those(list: Operand, condition: (element: Expression) => Expression, name = 'x'): Expression {
  return call('list_filter', list, call('lambda', name, condition(call('parameter', name))));
}

/**
 * `body` over a value that is worked out once, however often `body` uses it: written in several places, its SQL would
 * grow with every use, and the engine's planning with it. (SQL: a list of one, transformed.)
 */
export function withValue(value: Operand, body: (value: Expression) => Expression, name = 'v'): Expression {
  return call('list_extract', eachOf(call('list_value', value), body, name), 1);
}

function toExpression(operand: Operand): Expression {
  return typeof operand === 'object' && operand !== null ? operand : literal(operand);
}

/** Names of the columns that an expression reads, each once, in order of appearance. */
export function columnsOf(expression: Expression): readonly string[] {
  const found = new Set<string>();
  walk(expression, (part) => {
    if (part.kind === 'column') found.add(part.name);
  });
  return [...found];
}

/** Names of the functions that an expression calls, each once. */
export function functionsOf(expression: Expression): readonly string[] {
  const found = new Set<string>();
  walk(expression, (part) => {
    if (part.kind === 'call') found.add(part.name);
  });
  return [...found];
}

function walk(expression: Expression, visit: (part: Expression) => void): void {
  visit(expression);
  if (expression.kind === 'call') for (const arg of expression.args) walk(arg, visit);
}
