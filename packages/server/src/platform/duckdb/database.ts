import { type DuckDBConnection, DuckDBInstance, DuckDBResultReader } from '@duckdb/node-api';
import { ENGINE_THREADS, runStatements } from '@raccroche/linkage';

/** Values that may be bound to `$1`, `$2`… of a statement. */
export type SqlValue = string | number | bigint | boolean | null;
export type SqlRow = Record<string, unknown>;

/** What a module may do with the columnar engine. Dates come back as `yyyy-mm-dd`, BIGINT as text or number (JSON). */
export interface Database {
  run(sql: string, values?: readonly SqlValue[]): Promise<void>;
  all<Row extends SqlRow = SqlRow>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  close(): void;
  /** Another connection to the same tables, for what is to run beside; to be closed by itself, before this one. */
  connectAgain(): Promise<Database>;
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
 * Of the memory it may hold, what the engine keeps for its next statement where one is done with it, rather than give it back: to be given
 * pages anew, every time, was an eighth of a country's processor time. Not all: what it holds beside, as tables of joins, is given back.
 */
const KEPT_BLOCKS = 0.75;

/** That share of a limit as `512MB` or `3GB`. */
const shareOf = (limit: string, share: number): string =>
  limit.replace(/^[\d.]+/, (amount) => (Number(amount) * share).toFixed(3));

/**
 * Opens an in-memory DuckDB. Insertion order is kept so that results do not depend on the number of threads.
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const config: Record<string, string> = {
    threads: String(options.threads ?? 2),
    ...ENGINE_THREADS,
    autoinstall_known_extensions: 'false',
    // It takes a file written again under the same name within the second for the one it has read, and answers with that.
    enable_external_file_cache: 'false',
    // Tables in memory are not compressed: writing them anew, each time sixteen megabytes of them were written, gives nothing back.
    checkpoint_threshold: '1TB',
  };
  if (options.memoryLimit) {
    config.memory_limit = options.memoryLimit;
    config.block_allocator_memory = shareOf(options.memoryLimit, KEPT_BLOCKS);
  }
  if (options.spillFolder) config.temp_directory = options.spillFolder;
  const instance = await DuckDBInstance.create(':memory:', config);
  return connected(instance, () => instance.closeSync());
}

async function connected(instance: DuckDBInstance, afterClose: () => void): Promise<Database> {
  const connection = await instance.connect();
  let last: Promise<unknown> = Promise.resolve();
  /** One statement at a time: a connection forgets the one it is at when another begins. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work, work);
    last = done;
    return done;
  };
  return {
    async run(sql, values) {
      await inTurn(() => runStatements(connection, sql, values));
    },
    async all<Row extends SqlRow>(sql: string, values?: readonly SqlValue[]): Promise<Row[]> {
      const result = await inTurn(() => runStatements(connection, sql, values));
      const reader = new DuckDBResultReader(result);
      await reader.readAll();
      return reader.getRowObjectsJson() as Row[];
    },
    close() {
      connection.closeSync();
      afterClose();
    },
    connectAgain: () => connected(instance, () => undefined),
    connection,
  };
}
