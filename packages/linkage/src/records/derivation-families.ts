import { expressionSql } from '../expression/compile.ts';
import { columnsOf } from '../expression/expression.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { Derivation } from '../model/model.ts';

/** Columns that are derived of the same others. */
export interface DerivationFamily {
  readonly derivations: readonly Derivation[];
  /** Columns of the input that they come from. */
  readonly reads: readonly string[];
}

/** Derivations parted so that none reads another of a family that is not its own; each family in the order given. */
export function familiesOf(derivations: readonly Derivation[]): readonly DerivationFamily[] {
  let families: DerivationFamily[] = [];
  for (const derivation of derivations) {
    const read = columnsOf(derivation.expression);
    const isRead = ({ derivations: own }: DerivationFamily) => own.some(({ name }) => read.includes(name));
    const joined = families.filter(isRead);
    const known = new Set(joined.flatMap(({ derivations: own }) => own.map(({ name }) => name)));
    const reads = [...new Set([...joined.flatMap((family) => family.reads), ...read])];
    const own = {
      derivations: [...joined.flatMap((family) => family.derivations), derivation],
      reads: reads.filter((name) => !known.has(name)),
    };
    families = [...families.filter((family) => !isRead(family)), own];
  }
  // Those that come from the same columns share one look at them.
  const together = new Map<string, DerivationFamily>();
  for (const { derivations: own, reads } of families) {
    const key = JSON.stringify([...reads].sort());
    const before = together.get(key)?.derivations ?? [];
    together.set(key, { derivations: [...before, ...own], reads });
  }
  return [...together.values()];
}

/**
 * The rows of a SELECT with derived columns added. A derivation that reads another one stands in a SELECT further out: in
 * the same one the engine would put the whole expression in the place of its name, and compute it again at every use.
 */
export function derivedSql(derivations: readonly Derivation[], select: string): string {
  let sql = select;
  let layer: Derivation[] = [];
  const close = (): void => {
    if (layer.length === 0) return;
    const columns = layer.map(({ name, expression }) => `${expressionSql(expression)} AS ${quoteName(name)}`);
    sql = `SELECT *, ${columns.join(', ')} FROM (${sql})`;
    layer = [];
  };
  for (const derivation of derivations) {
    const read = new Set(columnsOf(derivation.expression));
    if (layer.some(({ name }) => read.has(name))) close();
    layer.push(derivation);
  }
  close();
  return sql;
}
