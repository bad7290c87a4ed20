import { createHash } from 'node:crypto';
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

const names = new Map<string, string>();

/**
 * The name under which a connection keeps a statement that was parsed and planned once: under row-level security planning
 * takes longer than a read by key. None for a long one, which is made for its occasion, nor beyond a thousand of them.
 */
function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined) return known;
  if (names.size >= STATEMENTS_MAX || sql.length > STATEMENT_LENGTH_MAX) return undefined;
  const name = createHash('sha256').update(sql).digest('base64url');
  names.set(sql, name);
  return name;
}
const STATEMENTS_MAX = 1000;
const STATEMENT_LENGTH_MAX = 8000;

/** A message of the protocol a part, not a line: each costs both ends a call of the system. */
async function* inParts(chunks: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let part: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    part.push(chunk);
    length += chunk.length;
    if (length < COPY_PART) continue;
    yield part.join('');
    [part, length] = [[], 0];
  }
  if (part.length > 0) yield part.join('');
}
/** Characters. */
const COPY_PART = 65_536;
/** Bytes made ready while the server digests those before: by default a part or two, and each end waits for the other in turn. */
const COPY_AHEAD = 16 * 2 ** 20;

function rawOver(client: pg.PoolClient): RawTransaction {
  return {
    async query<R extends object>(sql: string, parameters: readonly unknown[] = []) {
      const { rows, rowCount } = await client.query<R>({
        name: nameOf(sql),
        text: sql,
        values: [...parameters],
      });
      return { rows, rowCount: rowCount ?? 0 };
    },
    async script(sql) {
      await client.query(sql);
    },
    async copyIn(table, columns, chunks) {
      const into = client.query(
        copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`, { highWaterMark: COPY_AHEAD }),
      );
      await pipeline(Readable.from(inParts(chunks)), into);
    },
    async *copyOut(source) {
      const out = client.query(copyTo(`COPY ${source} TO STDOUT`));
      for await (const chunk of out) yield chunk as Uint8Array;
    },
  };
}
