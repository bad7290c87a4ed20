import { expressionSql } from '../expression/compile.ts';
import { columnsOf, type Expression } from '../expression/expression.ts';
import { quoteName } from '../expression/sql-text.ts';

/** Which records of a pair an expression reads: none, one side, both; `unknown` when a column names no side. */
export type Side = 'none' | 'l' | 'r' | 'both' | 'unknown';

export function sideOf(expression: Expression): Side {
  const sides = new Set(columnsOf(expression).map((name) => /_([lr])$/.exec(name)?.[1] ?? 'unknown'));
  if (sides.has('unknown')) return 'unknown';
  if (sides.size === 0) return 'none';
  if (sides.size === 2) return 'both';
  return sides.has('l') ? 'l' : 'r';
}

/** The expression over the columns of one record: `x_l` and `x_r` become `x`. */
export function ofRecord(expression: Expression): Expression {
  switch (expression.kind) {
    case 'column':
      return { kind: 'column', name: expression.name.replace(/_[lr]$/, '') };
    case 'literal':
      return expression;
    case 'call':
      return { ...expression, args: expression.args.map(ofRecord) };
  }
}

/** SQL over the records `l` and `r`, as blocking rules are written: `l."x"`. */
export function pairSql(expression: Expression): string {
  // Texts first, so that a quoted name inside one is left alone.
  return expressionSql(expression).replace(
    /'(?:[^']|'')*'|"((?:[^"]|"")*)_([lr])"/g,
    (whole: string, name: string | undefined, side: string | undefined) =>
      name === undefined || side === undefined ? whole : `${side}.${quoteName(name.replaceAll('""', '"'))}`,
  );
}

/** SQL over the columns of one record. */
export function recordSql(expression: Expression): string {
  return expressionSql(ofRecord(expression));
}
