import { quoteName } from '../expression/sql-text.ts';

/** Term frequencies of a column, as a table. */
export interface TermFrequencyTable {
  readonly column: string;
  /** What follows FROM: the column itself, and `tf_<column>`, above 0 to 1. */
  readonly relation: string;
  /** Frequency of a value that the table does not have, above 0 to 1; by default it has none. */
  readonly unlisted?: number;
}

/** `tf_<column>` of the rows `of`: by what `tables` say, or by how many records, `held`, the rows `from` say to have the value. */
export function frequencySql(
  name: string,
  alias: string,
  of: string,
  from: string,
  tables: readonly TermFrequencyTable[],
  held = 'count(*)',
): { readonly selected: string; readonly join: string } {
  const value = quoteName(name);
  const table = tables.find(({ column }) => column === name);
  const shares =
    table === undefined
      ? `(SELECT ${value} AS value, ${held} / sum(${held}) OVER () AS share FROM ${from}
      WHERE ${value} IS NOT NULL GROUP BY ${value})`
      : givenFrequenciesSql(table);
  const share =
    table?.unlisted === undefined
      ? `${alias}.share`
      : `CASE WHEN ${of}.${value} IS NOT NULL THEN coalesce(${alias}.share, ${table.unlisted}::DOUBLE) END`;
  return {
    selected: `${share} AS ${quoteName(`tf_${name}`)}`,
    join: `LEFT JOIN ${shares} ${alias} ON ${alias}.value = ${of}.${value}`,
  };
}

/** A table of term frequencies, as `value` and `share`. */
export function givenFrequenciesSql({ column, relation }: TermFrequencyTable): string {
  const [value, share] = [quoteName(column), quoteName(`tf_${column}`)];
  return `(SELECT ${value} AS value, ${share}::DOUBLE AS share FROM ${relation} WHERE ${value} IS NOT NULL)`;
}
