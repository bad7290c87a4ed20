import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Values that may be bound to `$1`, `$2`… of a statement. */
export type SqlValue = string | number | bigint | boolean | null;
export type SqlRow = Record<string, unknown>;

/** What a module may do with the columnar engine. Dates come back as `yyyy-mm-dd`, BIGINT as text or number (JSON). */
export interface Database {
  run(sql: string, values?: readonly SqlValue[]): Promise<void>;
  all<Row extends SqlRow = SqlRow>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  close(): void;
  /** The connection itself, for the linkage package, which reads whole columns of it. */
  readonly connection: DuckDBConnection;
}

export interface DatabaseOptions {
  /** Memory that DuckDB may hold before it spills, as `512MB`, `3GB`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Folder for what does not fit in memory. */
  readonly spillFolder?: string;
}

/**
 * Opens an in-memory DuckDB. Insertion order is kept so that results do not depend on the number of threads.
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const config: Record<string, string> = {
    threads: String(options.threads ?? 2),
    autoinstall_known_extensions: 'false',
    // It takes a file written again under the same name within the second for the one it has read, and answers with that.
    enable_external_file_cache: 'false',
  };
  if (options.memoryLimit) config.memory_limit = options.memoryLimit;
  if (options.spillFolder) config.temp_directory = options.spillFolder;
  const instance = await DuckDBInstance.create(':memory:', config);
  const connection = await instance.connect();
  return asDatabase(connection, () => {
    connection.closeSync();
    instance.closeSync();
  });
}

function asDatabase(connection: DuckDBConnection, close: () => void): Database {
  return {
    async run(sql, values) {
      await (values ? connection.run(sql, [...values]) : connection.run(sql));
    },
    async all<Row extends SqlRow>(sql: string, values?: readonly SqlValue[]): Promise<Row[]> {
      const reader = await (values
        ? connection.runAndReadAll(sql, [...values])
        : connection.runAndReadAll(sql));
      return reader.getRowObjectsJson() as Row[];
    },
    close,
    connection,
  };
}
