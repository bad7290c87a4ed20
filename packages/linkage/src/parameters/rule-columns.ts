import { columnsOf } from '../expression/expression.ts';
import { parseSqlExpression } from '../expression/parse-sql.ts';
import type { SqlRunner } from '../runner.ts';
import { InputError } from '../session.ts';

/** Columns of the records that a rule reads, each once. */
export async function columnsOfRule(runner: SqlRunner, sql: string): Promise<readonly string[]> {
  const condition = await parseSqlExpression(runner, sql);
  return [...new Set(columnsOf(condition).map((name) => name.replace(/_[lr]$/, '')))];
}

/** Throws InputError when the records that were gathered lack columns that a rule or a label needs. */
export async function requireColumns(
  runner: SqlRunner,
  records: string,
  columns: readonly string[],
): Promise<void> {
  const rows = await runner.all(`DESCRIBE ${records}`);
  const known = new Set(rows.map((row) => String(row.column_name).toLowerCase()));
  const missing = columns.filter((name) => !known.has(name.toLowerCase()));
  if (missing.length > 0) {
    throw new InputError(`the records were gathered without ${missing.join(', ')}: name it in retainColumns`);
  }
}
