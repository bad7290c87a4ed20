import { quoteName } from '../expression/sql-text.ts';
import type { SqlRunner } from '../runner.ts';
import type { IndexTables } from './index-format.ts';

/**
 * Frequencies by column: a relation (what follows FROM) with the column and `tf_<column>`, a share in ]0, 1]. Values that
 * it does not hold have no frequency: a pair then takes the other side's, or none.
 */
export type FrequencyRelations = Readonly<Record<string, string | undefined>>;

/**
 * Makes the tables of frozen frequencies (`value`, `tf`, sorted by value): of the relations given, else of the records.
 * Records whose frequencies are given are changed to them.
 */
export async function freezeFrequencies(
  runner: SqlRunner,
  tables: IndexTables,
  columns: readonly string[],
  given: FrequencyRelations,
): Promise<void> {
  for (const [place, name] of columns.entries()) {
    const [value, tf] = [quoteName(name), quoteName(`tf_${name}`)];
    await runner.run(`CREATE OR REPLACE TABLE ${tables.frequencies(place)} AS
      SELECT DISTINCT ${value} AS value, ${tf}::DOUBLE AS tf FROM ${given[name] ?? tables.records}
      WHERE ${value} IS NOT NULL AND ${tf} IS NOT NULL ORDER BY value`);
  }
  const replaced = columns.filter((name) => given[name] !== undefined);
  if (replaced.length === 0) return;
  const { from, select } = frozenFrequenciesSql(tables, columns, 'r');
  const kept = columns.map((name) => quoteName(`tf_${name}`)).join(', ');
  await runner.run(`CREATE OR REPLACE TABLE ${tables.records} AS
    SELECT r.* EXCLUDE (${kept}), ${select.join(', ')} FROM ${tables.records} r ${from} ORDER BY r.rid`);
}

/** `tf_…` of the records `alias` from the frozen tables: joins, and what to select. */
export function frozenFrequenciesSql(
  tables: IndexTables,
  columns: readonly string[],
  alias: string,
): { readonly from: string; readonly select: readonly string[] } {
  const joins = columns.map(
    (name, place) =>
      `LEFT JOIN ${tables.frequencies(place)} f${place} ON f${place}.value = ${alias}.${quoteName(name)}`,
  );
  const select = columns.map((name, place) => `f${place}.tf AS ${quoteName(`tf_${name}`)}`);
  return { from: joins.join('\n'), select };
}
