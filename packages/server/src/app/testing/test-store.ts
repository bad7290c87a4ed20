import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../platform/postgres/database.ts';
import { dumpPglite, openPglite } from '../../platform/postgres/pglite-database.ts';
import { openServer } from '../../platform/postgres/server-database.ts';
import { migrateStore, storeMigrations } from '../store/migrations.ts';
import { STORE_RETENTION } from '../store/retention.ts';

/** Address of a PostgreSQL on which the same suites run; without it they run on PGlite. */
export const TEST_SERVER = process.env.DATABASE_URL_TEST;
let opened = 0;

/** A migrated base of its own, gone when closed: on the server of DATABASE_URL_TEST, else in memory. */
export async function openTestStore(): Promise<Database> {
  if (TEST_SERVER === undefined) return openEmbeddedTestStore();
  const { database } = await openTestServerBase(TEST_SERVER);
  await migrateStore(database);
  return database;
}

/** The same in memory, whatever the environment says. */
export async function openEmbeddedTestStore(): Promise<Database> {
  return openPglite({ template: await readTemplate() });
}

/** A migrated base in a folder, filled by `fill` and closed: another program may open it. */
export async function fillTestFolder<T>(
  folder: string,
  fill: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openPglite({ folder, template: await readTemplate() });
  return fill(database).finally(() => database.close());
}

/** An empty base of the server, and its address. */
export async function openTestServerBase(server: string): Promise<{ database: Database; url: string }> {
  opened += 1;
  const name = `raccroche_test_${process.pid}_${opened}`;
  await onServer(server, [`DROP DATABASE IF EXISTS ${name}`, `CREATE DATABASE ${name}`]);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = await openServer(url.href);
  return {
    url: url.href,
    database: {
      ...database,
      async close() {
        await database.close();
        // Never WITH (FORCE): it asks for the right to end an autovacuum that passes by, which no role but a superuser
        // has, and fails. Without it the server ends the autovacuum itself, and waits five seconds for whoever is leaving.
        await onServer(server, [`DROP DATABASE IF EXISTS ${name}`]);
      },
    },
  };
}

/** Statements that refuse to be part of a transaction. */
async function onServer(server: string, statements: readonly string[]): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Making a base costs seconds, copying one does not: kept beside the system's temporary files, one for each set of migrations. */
async function readTemplate(): Promise<Blob> {
  const key = createHash('sha256');
  for (const { sha256 } of storeMigrations()) key.update(sha256);
  key.update(JSON.stringify((await import('@raccroche/contract')).PERMISSION_TABLE));
  key.update(JSON.stringify(STORE_RETENTION));
  const path = join(tmpdir(), `raccroche-base-${key.digest('hex').slice(0, 16)}.tar`);
  if (!existsSync(path)) {
    const dump = await dumpPglite(async (database) => {
      await migrateStore(database);
    });
    const own = `${path}.${process.pid}`;
    writeFileSync(own, Buffer.from(await dump.arrayBuffer()));
    renameSync(own, path);
  }
  return new Blob([readFileSync(path)]);
}
