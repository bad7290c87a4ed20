import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { HELD_SQL, heldIdentifiersSql, heldJoins } from './held-identifiers.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

it.each([
  ['none', [], ''],
  ['the first type', [['ine_rnie', '120000001AA']], '120000001AA'],
  ['another type alone', [['ine_bea', '1234567890A']], '|1:1234567890A'],
  [
    'several, in whatever order they come',
    [
      ['ina', 'x'],
      ['ine_apprenti', 'A1'],
      ['ine_rnie', 'B2'],
    ],
    'B2|2:A1|3:x',
  ],
  ['what has no form, and looks like another one', [['ina', 'x|1:y\n|2:z']], '|3:x|1:y\n|2:z'],
] as const)('what a record holds as one text, and back: %s', async (_case, identifiers, held) => {
  const rows = identifiers.map(([type, value]) => `('r', '${type}', '${value}')`);
  await database.run(`CREATE OR REPLACE TABLE identifiers (record_id VARCHAR, type VARCHAR, value VARCHAR);
    ${rows.length === 0 ? '' : `INSERT INTO identifiers VALUES ${rows.join(', ')};`}
    CREATE OR REPLACE TABLE holders AS
    SELECT 7 AS owner, ${HELD_SQL} AS held FROM (SELECT 'r' AS record_id) r ${heldJoins('identifiers').join(' ')}`);
  expect(await database.all('FROM holders')).toEqual([{ owner: 7, held }]);
  expect(
    await database.all(`SELECT * FROM (${heldIdentifiersSql('holders', 'owner')}) ORDER BY type`),
  ).toEqual(
    identifiers
      .map(([type, value]) => ({ owner: 7, type, value }))
      .sort((a, b) => (a.type < b.type ? -1 : 1)),
  );
});
