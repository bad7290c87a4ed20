import { expect } from 'vitest';
import type { SqlRunner } from '../../runner.ts';
import { compileExpression, expressionSql } from '../compile.ts';
import { columnsOf, type Expression, type Row, type Value } from '../expression.ts';
import { isList } from '../functions.ts';
import { quoteName, quoteText } from '../sql-text.ts';

/** SQL types of columns, by name. */
export type ColumnTypes = Readonly<Record<string, string>>;

/** Makes a table of the rows; `row_no` counts them from 0. */
export async function createTable(
  runner: SqlRunner,
  table: string,
  types: ColumnTypes,
  rows: readonly Row[],
): Promise<void> {
  const columns = Object.entries(types);
  const definitions = columns.map(([name, type]) => `${quoteName(name)} ${type}`);
  await runner.run(`CREATE OR REPLACE TABLE ${table} (row_no INTEGER, ${definitions.join(', ')})`);
  for (let from = 0; from < rows.length; from += 500) {
    const values = rows.slice(from, from + 500).map((row, index) => {
      const cells = columns.map(([name, type]) => `${valueSql(row[name] ?? null)}::${type}`);
      return `(${from + index}, ${cells.join(', ')})`;
    });
    await runner.run(`INSERT INTO ${table} VALUES ${values.join(', ')}`);
  }
}

function valueSql(value: Value): string {
  if (isList(value)) return `[${value.map(valueSql).join(', ')}]`;
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return `${quoteText(String(value))}::DOUBLE`;
  return value === null ? 'NULL' : String(value);
}

/** What the engine makes of an expression for each row, in order. */
export async function readBySql(runner: SqlRunner, table: string, sql: string): Promise<readonly Value[]> {
  const rows = await runner.all(`SELECT ${sql} AS value FROM ${table} ORDER BY row_no`);
  return rows.map(({ value }) => value as Value);
}

/** The rows for which SQL and twin disagree, with both answers: none, it is hoped. */
export async function disagreements(
  runner: SqlRunner,
  table: string,
  rows: readonly Row[],
  expression: Expression,
  sql = expressionSql(expression),
): Promise<readonly unknown[]> {
  const twin = compileExpression(expression);
  const bySql = await readBySql(runner, table, sql);
  expect(bySql.length).toBe(rows.length);
  return rows.flatMap((row, index) => {
    const [engine, own] = [bySql[index] ?? null, twin(row)];
    if (agree(engine, own)) return [];
    return [{ ...Object.fromEntries(columnsOf(expression).map((name) => [name, row[name]])), engine, own }];
  });
}

/** Equal, numbers to 1e-12 of their size; the engine's JSON writes large and odd numbers as text. */
export function agree(engine: Value, own: Value): boolean {
  if (isList(engine) && isList(own)) {
    return engine.length === own.length && engine.every((one, index) => agree(one, own[index] ?? null));
  }
  if (typeof own === 'number' && engine !== null && !isList(engine)) {
    const number = Number(engine);
    if (Number.isNaN(number) || Number.isNaN(own)) return Number.isNaN(number) === Number.isNaN(own);
    return number === own || Math.abs(number - own) <= 1e-12 * Math.max(1, Math.abs(own));
  }
  return engine === own;
}
