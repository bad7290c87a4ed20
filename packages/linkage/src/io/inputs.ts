import { quoteName, quoteText } from '../expression/sql-text.ts';
import type { LinkInput } from '../records/record-tables.ts';
import type { SqlRunner } from '../runner.ts';

/** An input whose columns are known when compiled: comparisons on others are refused by the compiler. */
export interface TypedInput<Columns extends string = string> extends LinkInput {
  /** Never set: carries the type. */
  readonly columns?: readonly Columns[];
}

/** A CSV file: separator, quotes and types are told from its content, unless `allText` keeps every column as text. */
export function csvInput<Columns extends string = string>(
  path: string,
  options: { readonly name?: string; readonly allText?: boolean } = {},
): TypedInput<Columns> {
  const { name, allText = true } = options;
  const relation = `read_csv(${quoteText(path)}, header = true, all_varchar = ${allText}, nullstr = '')`;
  return { relation, ...(name === undefined ? {} : { name }) };
}

/** A Parquet file, or several by a pattern. */
export function parquetInput<Columns extends string = string>(
  path: string,
  options: { readonly name?: string } = {},
): TypedInput<Columns> {
  return { relation: `read_parquet(${quoteText(path)})`, ...options };
}

/** Anything that may follow FROM in the engine. */
export function relationInput<Columns extends string = string>(
  relation: string,
  options: { readonly name?: string } = {},
): TypedInput<Columns> {
  return { relation, ...options };
}

/** What a field of a row given from TypeScript may hold. A list becomes a list of texts. */
export type FieldValue = string | number | boolean | null | undefined | readonly string[];

export interface RowsOptions {
  /** Table that is made. */
  readonly table: string;
  readonly name?: string;
  readonly batchRows?: number;
}

const BATCH_ROWS = 5_000;

/**
 * Rows from TypeScript, an array or an (async) iterable, as a table of the engine; read once, in batches. Columns are
 * those of the first row; their type that of its first value that is not missing (text when there is none). Empty texts are missing.
 * Throws a TypeError for no row at all, and for a row with another column.
 */
export async function rowsInput<Fields extends Readonly<Record<string, FieldValue>>>(
  runner: SqlRunner,
  rows: Iterable<Fields> | AsyncIterable<Fields>,
  options: RowsOptions,
): Promise<TypedInput<keyof Fields & string>> {
  const { table, name, batchRows = BATCH_ROWS } = options;
  let columns: readonly string[] | undefined;
  let batch: Fields[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const first = columns === undefined;
    columns ??= Object.keys(batch[0] ?? {});
    refuseOtherColumns(batch, columns);
    const types = first ? columnTypes(batch, columns) : undefined;
    if (types !== undefined) {
      const definitions = columns.map((column, index) => `${quoteName(column)} ${types[index] ?? 'VARCHAR'}`);
      await runner.run(`CREATE OR REPLACE TABLE ${table} (${definitions.join(', ')})`);
    }
    await runner.run(insertSql(table, batch, columns));
    batch = [];
  };
  for await (const row of rows) {
    batch.push(row);
    if (batch.length >= batchRows) await flush();
  }
  await flush();
  if (columns === undefined) throw new TypeError('give at least one row');
  return { relation: table, ...(name === undefined ? {} : { name }) };
}

function refuseOtherColumns(batch: readonly object[], columns: readonly string[]): void {
  for (const row of batch) {
    const other = Object.keys(row).find((column) => !columns.includes(column));
    if (other !== undefined) throw new TypeError(`column ${other} is not in the first row`);
  }
}

function columnTypes(
  batch: readonly Readonly<Record<string, FieldValue>>[],
  columns: readonly string[],
): readonly string[] {
  return columns.map((column) => {
    const value = batch.map((row) => row[column]).find((one) => one !== null && one !== undefined);
    if (Array.isArray(value)) return 'VARCHAR[]';
    if (typeof value === 'number') return 'DOUBLE';
    return typeof value === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
  });
}

function insertSql(
  table: string,
  batch: readonly Readonly<Record<string, FieldValue>>[],
  columns: readonly string[],
): string {
  const rows = batch.map((row) => `(${columns.map((column) => valueSql(row[column])).join(', ')})`);
  return `INSERT INTO ${table} VALUES ${rows.join(',\n')}`;
}

function valueSql(value: FieldValue): string {
  if (value === null || value === undefined || value === '') return 'NULL';
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'object') return `[${value.map(quoteText).join(', ')}]`;
  return String(value);
}
