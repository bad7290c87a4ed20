import type { Database } from '../../../platform/duckdb/database.ts';

/** Version of the columnar engine, as it says itself. */
export async function engineVersion(database: Database): Promise<string> {
  const [row] = await database.all<{ version: string }>('SELECT version() AS version');
  return row?.version ?? 'unknown';
}
