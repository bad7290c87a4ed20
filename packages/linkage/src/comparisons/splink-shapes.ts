import { and, call, type Expression, isNull, left, literal, or, right } from '../expression/expression.ts';
import { quoteName, quoteText } from '../expression/sql-text.ts';
import type { LevelSettings } from '../levels/logic-levels.ts';
import { type ComparisonLevel, ELSE } from '../model/model.ts';

/**
 * Conditions spelled as Splink 4 spells them on DuckDB, to the letter but for blanks, beside the expression that they are:
 * a model made here saves to the same text as one made there. `splink.duck.test.ts` reads each text back.
 */
export interface Shape {
  readonly sql: string;
  readonly condition: Expression;
}

export interface Sides {
  readonly l: Shape;
  readonly r: Shape;
}

/** A column on both sides. */
export function sidesOf(name: string): Sides {
  return {
    l: { sql: quoteName(`${name}_l`), condition: left(name) },
    r: { sql: quoteName(`${name}_r`), condition: right(name) },
  };
}

/** The same form of both sides. */
export function formOf(sides: Sides, form: (side: Shape) => Shape): Sides {
  return { l: form(sides.l), r: form(sides.r) };
}

export function shapeCall(name: string, args: readonly Shape[], spelled = name): Shape {
  return {
    sql: `${spelled}(${args.map(({ sql }) => sql).join(', ')})`,
    condition: call(name, ...args.map(({ condition }) => condition)),
  };
}

export const textShape = (text: string): Shape => ({ sql: quoteText(text), condition: literal(text) });
export const numberShape = (value: number): Shape => ({ sql: String(value), condition: literal(value) });

/** `a <operator> b`, without brackets. */
export function binary(operator: string, a: Shape, b: Shape): Shape {
  return { sql: `${a.sql} ${operator} ${b.sql}`, condition: call(operator, a.condition, b.condition) };
}

/** `(a) AND (b)`: levels put together. */
export function both(a: Shape, b: Shape): Shape {
  return { sql: `(${a.sql}) AND (${b.sql})`, condition: and(a.condition, b.condition) };
}

export function either(a: Shape, b: Shape): Shape {
  return { sql: `(${a.sql}) OR (${b.sql})`, condition: or(...termsOf(a), ...termsOf(b)) };
}

/** The parser makes one OR of two within each other. */
function termsOf({ condition }: Shape): readonly Expression[] {
  return condition.kind === 'call' && condition.name === 'or' ? condition.args : [condition];
}

export function missing({ l, r }: Sides): Shape {
  return {
    sql: `${l.sql} IS NULL OR ${r.sql} IS NULL`,
    condition: or(isNull(l.condition), isNull(r.condition)),
  };
}

export const same = ({ l, r }: Sides): Shape => binary('=', l, r);

/** A text that a pattern finds; NULL where it finds nothing. */
export function found(pattern: string): (side: Shape) => Shape {
  return (side) => {
    const extracted = shapeCall('regexp_extract', [side, textShape(pattern), numberShape(0)]);
    return shapeCall('nullif', [extracted, textShape('')], 'NULLIF');
  };
}

export function similar(name: string, { l, r }: Sides, operator: '>=' | '<=', threshold: number): Shape {
  return binary(operator, shapeCall(name, [l, r]), numberShape(threshold));
}

export function levelOf(label: string, shape: Shape, settings: LevelSettings = {}): ComparisonLevel {
  return { label, sql: shape.sql, condition: shape.condition, ...settings };
}

export function nullShape(label: string, shape: Shape): ComparisonLevel {
  return levelOf(`${label} is NULL`, shape, { isNull: true });
}

export function exactShape(label: string, sides: Sides, termFrequency?: string): ComparisonLevel {
  return levelOf(
    `Exact match on ${label}`,
    same(sides),
    termFrequency === undefined
      ? {}
      : { termFrequency: { column: termFrequency, weight: 1, minimumU: 0, ownU: false } },
  );
}

export const elseShape: ComparisonLevel = { label: 'All other comparisons', sql: ELSE };
