import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, type Transaction as PgliteTransaction } from '@electric-sql/pglite';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { LockHeldError, takeLock } from '../files/lock-file.ts';
import { type Database, enterTransaction, type RawTransaction, VALUE_PARSERS } from './database.ts';

/**
 * PostgreSQL compiled to WebAssembly, in `folder` (made when absent), or in memory without one.
 * One program at a time: throws a RaccrocheError `database_busy` when another holds it. Transactions wait for one another.
 * `template`: a data directory to start from, as `dumpDataDir` gave it; for tests.
 */
export async function openPglite(options: { folder?: string; template?: Blob }): Promise<Database> {
  const release = options.folder === undefined ? () => {} : lockFolder(options.folder);
  try {
    const pglite = await PGlite.create({
      ...(options.folder === undefined ? {} : { dataDir: join(options.folder, 'donnees') }),
      ...(options.template ? { loadDataDir: options.template } : {}),
      parsers: VALUE_PARSERS,
    });
    await pglite.exec("SET TimeZone = 'UTC'");
    return databaseOver(pglite, release);
  } catch (error) {
    release();
    throw error;
  }
}

/** The data directory of a base in memory, to start others from. */
export async function dumpPglite(fill: (database: Database) => Promise<void>): Promise<Blob> {
  const pglite = await PGlite.create({ parsers: VALUE_PARSERS });
  await fill(databaseOver(pglite, () => {}));
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  return dump;
}

function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    return takeLock(join(folder, 'verrou'));
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    const who = error.holder ? ` (processus ${error.holder.pid} de ${error.holder.host})` : '';
    throw new RaccrocheError(
      'database_busy',
      `La base « ${folder} » est déjà ouverte par un autre programme${who}. La base embarquée n’en accepte qu’un à la fois : arrêtez-le d’abord, ou employez un serveur PostgreSQL avec DATABASE_URL.`,
      EXIT_CODES.usage,
    );
  }
}

function databaseOver(pglite: PGlite, release: () => void): Database {
  return {
    engine: 'pglite',
    transaction: (options, work) =>
      pglite.transaction(async (transaction) => work(await enterTransaction(rawOver(transaction), options))),
    async close() {
      await pglite.close();
      release();
    },
  };
}

function rawOver(transaction: PgliteTransaction): RawTransaction {
  return {
    async query<R extends object>(sql: string, parameters: readonly unknown[] = []) {
      const { rows, affectedRows } = await transaction.query<R>(sql, [...parameters]);
      return { rows, rowCount: rows.length > 0 ? rows.length : (affectedRows ?? 0) };
    },
    async script(sql) {
      await transaction.exec(sql);
    },
    async copyIn(table, columns, chunks) {
      // The engine takes a COPY whole: parts of a few megabytes, all in the same transaction, bound the memory.
      let part: string[] = [];
      let length = 0;
      const flush = async () => {
        await asOwner(transaction, table, () =>
          transaction.query(`COPY ${table} (${columns.join(', ')}) FROM '/dev/blob'`, [], {
            blob: new Blob(part),
          }),
        );
        [part, length] = [[], 0];
      };
      for await (const chunk of chunks) {
        part.push(chunk);
        length += chunk.length;
        if (length > COPY_PART) await flush();
      }
      if (part.length > 0) await flush();
    },
    async *copyOut(source) {
      const { blob } = await transaction.query(`COPY ${source} TO '/dev/blob'`);
      if (blob) yield new Uint8Array(await blob.arrayBuffer());
    },
  };
}

/**
 * Here a COPY reads a file of the engine, which only its owner may: a role that may insert in the table is left for the
 * length of the COPY, and entered again.
 */
async function asOwner(
  transaction: PgliteTransaction,
  table: string,
  copy: () => Promise<unknown>,
): Promise<void> {
  const { rows } = await transaction.query<{ role: string; may: boolean; left: boolean }>(
    "SELECT quote_ident(current_user) AS role, has_table_privilege($1, 'INSERT') AS may, current_user <> session_user AS left",
    [table],
  );
  const [now] = rows;
  if (!now?.may) throw new Error(`permission denied for table ${table}`);
  if (now.left) await transaction.exec('RESET ROLE');
  await copy();
  if (now.left) await transaction.exec(`SET LOCAL ROLE ${now.role}`);
}

const COPY_PART = 8 * 2 ** 20;
