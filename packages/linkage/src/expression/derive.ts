import { compileExpression } from './compile.ts';
import type { Expression, Row, Value } from './expression.ts';

/**
 * The twin of derived columns: a record with them added, each computed from the record and from those before it.
 * Throws NoTwinError when one calls a function that only the engine knows.
 */
export function compileDerivations(
  derivations: readonly { readonly name: string; readonly expression: Expression }[],
): (record: Row) => Row {
  const compiled = derivations.map(({ name, expression }) => ({ name, of: compileExpression(expression) }));
  return (record) => {
    const row: Record<string, Value | undefined> = { ...record };
    for (const { name, of } of compiled) row[name] = of(row);
    return row;
  };
}
