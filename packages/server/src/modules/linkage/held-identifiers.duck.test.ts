import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { identifierColumns } from '../sources/tables.ts';
import { heldIdentifiersSql, heldSql } from './held-identifiers.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

it.each([
  ['none', {}, ''],
  ['the first type', { ine_rnie: '120000001AA' }, '120000001AA'],
  ['another type alone', { ine_bea: '1234567890A' }, '|1:1234567890A'],
  ['an INA alone', { ina: 'A12' }, '|3:A12'],
  ['an INE of the first type and an INA', { ine_rnie: 'B2', ina: 'x' }, 'B2|3:x'],
  ['an INE of another type and an INA', { ine_apprenti: 'A1', ina: 'x' }, '|2:A1|3:x'],
  ['what has no form, and looks like another one', { ina: 'x|1:y\n|2:z' }, '|3:x|1:y\n|2:z'],
] as const)('what a record holds as one text, and back: %s', async (_case, identifiers, held) => {
  const { ine_type, ine, ina } = identifierColumns(identifiers);
  await database.run(
    `CREATE OR REPLACE TABLE holders AS SELECT 7 AS owner, ${heldSql('r')} AS held
     FROM (SELECT $1::VARCHAR AS ine_type, $2::VARCHAR AS ine, $3::VARCHAR AS ina) r`,
    [ine_type, ine, ina],
  );
  expect(await database.all('FROM holders')).toEqual([{ owner: 7, held }]);
  expect(
    await database.all(`SELECT * FROM (${heldIdentifiersSql('holders', 'owner')}) ORDER BY type`),
  ).toEqual(
    Object.entries(identifiers)
      .map(([type, value]) => ({ owner: 7, type, value }))
      .sort((a, b) => (a.type < b.type ? -1 : 1)),
  );
});
