import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import type { DataFile } from './data-files.ts';
import { persistTables } from './persist.ts';

/** What is made of tables while they are written reads them as they were, and is over before files stand in their place. */

const COMES: DataFile = { table: 'sources.contracts', file: 'contracts', orderBy: 'id', asItComes: true };
const SORTED: DataFile = { table: 'sources.issues', file: 'issues', orderBy: 'id' };

let database: Database;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'persist-meanwhile-'));
  database = await openDatabase();
  await database.run(`CREATE SCHEMA sources;
    CREATE TABLE sources.contracts AS SELECT range AS id FROM range(100);
    CREATE TABLE sources.issues AS SELECT range AS id FROM range(10)`);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const kinds = async (on: Database) =>
  (
    await on.all<{ kind: string }>(
      "SELECT table_type AS kind FROM information_schema.tables WHERE table_schema = 'sources'",
    )
  ).map(({ kind }) => kind);

describe.each([
  ['beside tables that are written as they come', [COMES, SORTED]],
  ['where none is', [SORTED]],
])('%s', (_name, files) => {
  it('reads the tables', async () => {
    let counted: unknown;
    await persistTables(database, folder, files, async (beside) => {
      const rows = '(SELECT count(*)::INTEGER FROM sources.contracts) AS contracts';
      counted = await beside.all(`SELECT ${rows}, count(*)::INTEGER AS issues FROM sources.issues`);
      expect(await kinds(beside)).toEqual(['BASE TABLE', 'BASE TABLE']);
    });
    expect(counted).toEqual([{ contracts: 100, issues: 10 }]);
    expect(files.map(({ file }) => existsSync(join(folder, `${file}.parquet`)))).not.toContain(false);
    expect(await kinds(database)).toContain('VIEW');
  });

  it('tells what goes wrong, and leaves the tables', async () => {
    const failed = persistTables(database, folder, files, () => Promise.reject(new Error('disque plein')));
    await expect(failed).rejects.toThrow('disque plein');
    expect(await kinds(database)).toEqual(['BASE TABLE', 'BASE TABLE']);
    expect(await database.all('SELECT count(*)::INTEGER AS n FROM sources.contracts')).toEqual([{ n: 100 }]);
  });
});
