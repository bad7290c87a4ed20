import { DuckDBInstance } from '@duckdb/node-api';
import type { SqlRunner } from '../runner.ts';

/** An empty in-memory DuckDB for tests. */
export interface MemoryDatabase extends SqlRunner {
  close(): void;
}

export async function openMemoryDatabase(threads = 2): Promise<MemoryDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async all(sql) {
      return (await connection.runAndReadAll(sql)).getRowObjectsJson();
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A text as a SQL literal. */
export function quoted(text: string | null): string {
  return text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`;
}
