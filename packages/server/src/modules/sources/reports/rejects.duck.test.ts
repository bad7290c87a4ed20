import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { createSourcesTablesSql } from '../tables.ts';
import { issueMessage, writeRejects } from './rejects.ts';

let database: Database;
let folder: string;

beforeEach(async () => {
  database = await openDatabase();
  folder = mkdtempSync(join(tmpdir(), 'raccroche-rejects-'));
  await database.run(createSourcesTablesSql());
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

async function addFile(fileNo: number, path: string): Promise<void> {
  await database.run(
    `INSERT INTO sources.files VALUES ($1, 'abc', $2, 'abc', 1, NULL, NULL, [], NULL, NULL, NULL, NULL, false, 1, 1, 0, 0, 0, 0, false)`,
    [fileNo, path],
  );
}

async function written(): Promise<string> {
  const path = join(folder, 'rejets.csv');
  await writeRejects(database, path);
  return readFileSync(path, 'utf8');
}

test('what a spreadsheet would compute is made harmless, what would break a line is quoted', async () => {
  await addFile(1, 'b"c;d.csv');
  await addFile(2, '=a.csv');
  await database.run(`INSERT INTO sources.issues VALUES
    (1, 2, '-2', 'uai', 'uai_fichier_cle_fausse', 'avertissement'),
    (1, 1, '+1' || chr(13) || 'x', NULL, 'unknown', 'rejet'),
    (2, NULL, NULL, NULL, 'fichier_en_double', 'rejet')`);
  expect(await written()).toBe(
    [
      '\ufefffichier;position;champ;code;message;gravite',
      `'=a.csv;;;fichier_en_double;${issueMessage('fichier_en_double', null)};rejet`,
      '"b""c;d.csv";"\'+1\rx";;unknown;unknown;rejet',
      `"b""c;d.csv";'-2;uai;uai_fichier_cle_fausse;"${issueMessage('uai_fichier_cle_fausse', 'uai')}";avertissement`,
      '',
    ].join('\r\n'),
  );
});

test('lines follow one another over the pages, in the order of the rows', async () => {
  await addFile(1, 'a.csv');
  await database.run(
    `INSERT INTO sources.issues SELECT 1, 45000 - n, (45000 - n)::VARCHAR, 'ine', 'ine_invalide', 'avertissement' FROM range(45000) r(n)`,
  );
  const positions = (await written()).split('\r\n').slice(1, -1);
  expect(positions.map((line) => Number(line.split(';')[1]))).toEqual(
    Array.from({ length: 45_000 }, (_, index) => index + 1),
  );
});

test('without problems, the header alone', async () => {
  expect(await written()).toBe('\ufefffichier;position;champ;code;message;gravite\r\n');
});
