import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TRUTH_COLUMNS, type TruthTable } from '@raccroche/synthetic';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSourcesTablesSql } from '../../modules/sources/index.ts';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { runSteps } from '../../platform/duckdb/step.ts';
import { truthSteps } from './truth-steps.ts';

const DELIVERY = 'aaaaaaaaaaaa';
const FILE_NO = Number.parseInt(DELIVERY, 16);

const folder = mkdtempSync(join(tmpdir(), 'truth-'));
function writeTruth(table: TruthTable, rows: readonly Partial<Record<string, string>>[]): void {
  const lines = [
    TRUTH_COLUMNS[table],
    ...rows.map((row) => TRUTH_COLUMNS[table].map((name) => row[name] ?? '')),
  ];
  mkdirSync(join(folder, table));
  writeFileSync(join(folder, table, 'lille.csv'), `${lines.map((line) => line.join(';')).join('\n')}\n`);
}

let database: Database;
beforeAll(async () => {
  writeTruth('files', [{ file: '1', path: 'inscriptions.csv' }]);
  writeTruth('people', [{ person: 'P0000001' }, { person: 'P0000002' }]);
  writeTruth('spells', []);
  writeTruth('rows', [
    { file: '1', position: '2', person: 'P0000001' },
    { file: '1', position: '3', person: 'P0000001' },
    { file: '1', position: '4', person: 'P0000002' },
  ]);
  database = await openDatabase({ threads: 1 });
  await database.run(`${createSourcesTablesSql()};
    CREATE SCHEMA linkage; CREATE TABLE linkage.memberships (record_id VARCHAR, person_id VARCHAR);
    INSERT INTO sources.files BY NAME SELECT * FROM (VALUES
      (${FILE_NO}, '${DELIVERY}', 'inscriptions.csv', false, 3), (-1, '${DELIVERY}', 'la meme.csv', true, 0))
      t (file_no, delivery_id, path, rejected, row_count), (SELECT '' AS sha256, 0 AS bytes, [] AS families, 0 AS record_count,
      0 AS reject_count, 0 AS removed_under16, 0 AS out_of_scope, 0 AS warning_count, false AS dated);
    INSERT INTO sources.records BY NAME SELECT '${DELIVERY}-' || o AS record_id, ${FILE_NO} AS file_no, o AS ordinal,
      (o + 1)::VARCHAR AS position, 'INTERCHANGE' AS source, 5 AS source_rank, 'inscriptions' AS row_kind,
      DATE '2007-01-01' AS birth_date FROM range(1, 4) t (o);
    INSERT INTO linkage.memberships VALUES ('${DELIVERY}-1', '${DELIVERY}-1'), ('${DELIVERY}-2', '${DELIVERY}-1'), ('${DELIVERY}-3', '${DELIVERY}-3')`);
  await runSteps(database, truthSteps({ folder, ruleSet: 'siei-2011', asOf: '2025-11-15' }));
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

test('the rows of a file of which a copy came too are there once, each of one person', async () => {
  expect(
    await database.all('SELECT human, n FROM quality.cells ORDER BY human'),
    'persons of the campaign by true people',
  ).toEqual([
    { human: 1, n: 2 },
    { human: 2, n: 1 },
  ]);
  expect(await database.all('SELECT count(*)::INTEGER AS n FROM quality.rows')).toEqual([{ n: 3 }]);
});
