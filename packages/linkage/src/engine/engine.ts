import { type DuckDBConnection, DuckDBInstance, DuckDBResultReader } from '@duckdb/node-api';
import type { SqlRunner } from '../runner.ts';
import { ENGINE_THREADS, runStatements } from './run-statements.ts';

/** Numbers of a column of integers or doubles. NULL is NaN in a column of doubles; elsewhere it may not occur. */
export type NumberColumn = Int32Array | Float64Array;

/** A runner that also moves whole columns of numbers between the engine and TypeScript: millions of rows a second. */
export interface Engine extends SqlRunner {
  /** Columns of one statement whose result holds INTEGER and DOUBLE columns only. Throws a TypeError for others. */
  readColumns(sql: string): Promise<readonly NumberColumn[]>;
  /** Adds rows to a table of INTEGER and DOUBLE columns, in order; columns must be of one length. */
  appendColumns(table: string, columns: readonly NumberColumn[]): Promise<void>;
  interrupt(): void;
  close(): void;
}

export interface EngineOptions {
  /** Memory that DuckDB may hold before it spills, as `512MB`, `3GB`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Folder for what does not fit in memory. */
  readonly spillFolder?: string;
  /** Database file; in memory when absent. */
  readonly file?: string;
}

/** Opens a DuckDB of one's own. Insertion order is kept, so that results do not depend on the number of threads. */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const config: Record<string, string> = {
    threads: String(options.threads ?? 2),
    autoinstall_known_extensions: 'false',
    ...ENGINE_THREADS,
  };
  if (options.memoryLimit !== undefined) config.memory_limit = options.memoryLimit;
  if (options.spillFolder !== undefined) config.temp_directory = options.spillFolder;
  const instance = await DuckDBInstance.create(options.file ?? ':memory:', config);
  const connection = await instance.connect();
  return asEngine(connection, () => {
    connection.closeSync();
    instance.closeSync();
  });
}

/** An engine on a connection that somebody else opened with `ENGINE_THREADS`, and closes by `close`. */
export function asEngine(connection: DuckDBConnection, close: () => void): Engine {
  return {
    async run(sql) {
      await runStatements(connection, sql);
    },
    async all(sql) {
      const reader = new DuckDBResultReader(await runStatements(connection, sql));
      await reader.readAll();
      return reader.getRowObjectsJson();
    },
    readColumns: (sql) => readColumns(connection, sql),
    appendColumns: (table, columns) => appendColumns(connection, table, columns),
    interrupt: () => connection.interrupt(),
    close,
  };
}

async function readColumns(connection: DuckDBConnection, sql: string): Promise<readonly NumberColumn[]> {
  const result = await connection.stream(sql);
  const chunks: NumberColumn[][] = Array.from({ length: result.columnCount }, () => []);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    for (const [index, parts] of chunks.entries()) {
      parts.push(numbersOf(chunk.getColumnVector(index), chunk.rowCount));
    }
  }
  return chunks.map(joined);
}

interface NumberVector {
  readonly items?: unknown;
  getItem(index: number): unknown;
}

function numbersOf(vector: NumberVector, rows: number): NumberColumn {
  const { items } = vector;
  // The engine's memory is used again for the next chunk: copy.
  if (items instanceof Int32Array) return items.slice(0, rows);
  if (items instanceof Float64Array) {
    return items.slice(0, rows).map((value, index) => (vector.getItem(index) === null ? Number.NaN : value));
  }
  throw new TypeError('readColumns reads INTEGER and DOUBLE columns only');
}

function joined(parts: readonly NumberColumn[]): NumberColumn {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = parts[0] instanceof Float64Array ? new Float64Array(length) : new Int32Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  columns: readonly NumberColumn[],
): Promise<void> {
  const [schema, name] = table.includes('.') ? table.split('.') : [undefined, table];
  const appender = await connection.createAppender(name ?? table, schema);
  const rows = columns[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    for (const column of columns) {
      const value = column[row] ?? 0;
      if (column instanceof Float64Array) appender.appendDouble(value);
      else appender.appendInteger(value);
    }
    appender.endRow();
  }
  appender.closeSync();
}
