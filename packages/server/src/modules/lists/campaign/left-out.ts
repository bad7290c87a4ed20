import { literal } from '../../../platform/duckdb/sql.ts';

/** What the files of a table do not tell of every row, because whoever reads them gives it back. Columns by their name, as SQL. */
export interface LeftOut {
  /** Relation that the whole table is written from: its rows as they are kept. By default the table itself. */
  readonly from?: string;
  /** Columns that are kept otherwise in the base: what they are, of the columns that stand there. */
  readonly givenBack?: Readonly<Record<string, string>>;
  /**
   * What the rows of a second file of the base have in common: those that say just that stand there, so that two threads write the table, and the
   * file lacks these columns.
   */
  readonly second?: Readonly<Record<string, string>>;
}

/** Queries of the rows of each file of a whole table, as it tells them: of the first, and of the second if there is one. */
export function keptRowsSql(table: string, { from = table, second }: LeftOut): readonly string[] {
  if (second === undefined) return [`FROM ${from}`];
  const alike = Object.entries(second).map(([column, value]) => `${column} IS NOT DISTINCT FROM ${value}`);
  const where = alike.join(' AND ');
  return [
    `FROM ${from} WHERE NOT (${where})`,
    `SELECT * EXCLUDE (${Object.keys(second).join(', ')}) FROM ${from} WHERE ${where}`,
  ];
}

/**
 * The rows of a whole table, whose files are given in their order, to stand after FROM. `which`: a join that says of which rows: what stands
 * above would have columns given back of all of them first.
 */
export function givenBackSql(
  files: readonly string[],
  { givenBack = {}, second = {} }: LeftOut,
  which = '',
): string {
  const replaced = Object.entries(givenBack).map(as).join(', ');
  const rows = files.map((file, index) => {
    const constants = index === 0 ? [] : Object.entries(second).map(as);
    const columns = [replaced === '' ? '*' : `* REPLACE (${replaced})`, ...constants];
    return `SELECT ${columns.join(', ')} FROM read_parquet(${literal(file)}) ${which}`;
  });
  return `(${rows.join(' UNION ALL BY NAME ')})`;
}

const as = ([column, value]: readonly [string, string]) => `${value} AS ${column}`;
