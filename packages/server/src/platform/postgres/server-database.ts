import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { type Database, enterTransaction, type RawTransaction, VALUE_PARSERS } from './database.ts';

const OLDEST_SERVER = 15;
const POOL_SIZE = 10;

const parseOf = (type: number, format?: 'text' | 'binary') =>
  VALUE_PARSERS[type] ?? (pg.types.getTypeParser(type, format) as (text: string) => unknown);

/** A PostgreSQL server, 15 or later. Throws a RaccrocheError when it does not answer or is older. */
export async function openServer(url: string, poolSize = POOL_SIZE): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types: { getTypeParser: parseOf } as pg.CustomTypesConfig,
    options: '-c TimeZone=UTC',
    application_name: 'raccroche',
  });
  // A connection that dies while idle is replaced by the pool; the next query tells if the server is gone.
  pool.on('error', () => {});
  await checkServer(pool);
  return {
    engine: 'postgresql',
    async transaction(options, work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        const result = await work(await enterTransaction(rawOver(client), options));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

async function checkServer(pool: pg.Pool): Promise<void> {
  try {
    const { rows } = await pool.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::INT / 10000 AS version",
    );
    if ((rows[0]?.version ?? 0) >= OLDEST_SERVER) return;
  } catch (error) {
    await pool.end();
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'inconnue';
    throw new RaccrocheError(
      'database_unreachable',
      `Le serveur PostgreSQL de DATABASE_URL ne répond pas (cause : ${code}). Vérifiez l’adresse, le compte et que le serveur tourne.`,
      EXIT_CODES.usage,
    );
  }
  await pool.end();
  throw new RaccrocheError(
    'database_too_old',
    `Le serveur de DATABASE_URL est trop ancien : il faut PostgreSQL ${OLDEST_SERVER} ou plus récent.`,
    EXIT_CODES.usage,
  );
}

function rawOver(client: pg.PoolClient): RawTransaction {
  return {
    async query<R extends object>(sql: string, parameters: readonly unknown[] = []) {
      const { rows, rowCount } = await client.query<R>(sql, [...parameters]);
      return { rows, rowCount: rowCount ?? 0 };
    },
    async script(sql) {
      await client.query(sql);
    },
    async copyIn(table, columns, chunks) {
      const into = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
      await pipeline(Readable.from(chunks), into);
    },
    async *copyOut(source) {
      const out = client.query(copyTo(`COPY ${source} TO STDOUT`));
      for await (const chunk of out) yield chunk as Uint8Array;
    },
  };
}
