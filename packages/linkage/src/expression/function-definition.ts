import type { Expression, Value } from './expression.ts';
import { isList } from './value-order.ts';

/** How dear a call is for one pair, relative to an equality; decides what is evaluated first (`scoring/cascade.ts`). */
export type Cost = 1 | 4 | 40;

export interface FunctionDefinition {
  /** SQL of the call, from the SQL of its arguments. */
  sql(...args: readonly string[]): string;
  /** The twin. Arguments are not null unless `ownNulls`. */
  evaluate(...args: readonly Value[]): Value;
  readonly cost: Cost;
  /** The function decides itself what NULL gives; otherwise one NULL argument gives NULL. */
  readonly ownNulls?: true;
  /** Whether the twin covers a call with these arguments; always, when absent. */
  hasTwin?(args: readonly Expression[]): boolean;
}

/** Functions by their name in expressions. */
export type Catalogue = Readonly<Record<string, FunctionDefinition>>;

export const plainCall =
  (name: string) =>
  (...args: readonly string[]) =>
    `${name}(${args.join(', ')})`;

/** `(a <operator> b)`; with one argument, `(<operator> a)`. */
export const infix =
  (operator: string) =>
  (a: string, b?: string): string =>
    b === undefined ? `(${operator} ${a})` : `(${a} ${operator} ${b})`;

/** A function that is called in SQL by its name. */
export function plain(
  name: string,
  evaluate: FunctionDefinition['evaluate'],
  cost: Cost = 1,
): FunctionDefinition {
  return { sql: plainCall(name), evaluate, cost };
}

/** The literal text of an argument, undefined when it is anything else. */
export function literalText(argument: Expression | undefined): string | undefined {
  return argument?.kind === 'literal' && typeof argument.value === 'string' ? argument.value : undefined;
}

export const listOf = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);
