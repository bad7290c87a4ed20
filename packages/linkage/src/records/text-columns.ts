import type { SqlRunner } from '../runner.ts';

/** Names of the columns of a table that hold texts. */
export async function textColumns(runner: SqlRunner, table: string): Promise<ReadonlySet<string>> {
  const rows = await runner.all(`DESCRIBE SELECT * FROM ${table}`);
  return new Set(rows.flatMap((row) => (row.column_type === 'VARCHAR' ? [String(row.column_name)] : [])));
}
