import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { FETCHED_RECORDS, openFetchedRecords } from './fetched-records.ts';
import { createSourcesTablesSql } from './tables.ts';

const RECORDS = 200;
let database: Database;
beforeAll(async () => {
  database = await openDatabase({ threads: 1 });
  await database.run(createSourcesTablesSql());
  // Ten records a file.
  await database.run(`INSERT INTO sources.records BY NAME
    SELECT 'r' || i AS record_id, i // 10 AS file_no, i AS ordinal, i::VARCHAR AS position, 'CFA' AS source, 4 AS source_rank,
      'inscriptions' AS row_kind, DATE '2008-03-01' AS birth_date, 'Nom ' || i AS family_name FROM range(${RECORDS}) r(i)`);
});
afterAll(() => database.close());

let asked: number;
beforeEach(() => {
  asked = 0;
});
const ids = (...numbers: number[]) =>
  `SELECT unnest([${numbers.map((n) => `'r${n}'`).join(', ')}]::VARCHAR[]) AS record_id`;
const first = (n: number) => `SELECT 'r' || i AS record_id FROM range(${n}) r(i)`;

function open(most?: number) {
  return openFetchedRecords(database, {
    most,
    rowsAmong: (of) => {
      asked += 1;
      return `SELECT * FROM sources.records SEMI JOIN (${of}) asked USING (record_id)`;
    },
  });
}

/** Rows of those records alone, as `sources` tells them and as the relations do. */
async function bothOf(of: string) {
  const rows = (table: string) =>
    database.all(`FROM ${table} SEMI JOIN (${of}) USING (record_id) ORDER BY ALL`);
  return { told: await rows('sources.records'), fetched: await rows(FETCHED_RECORDS) };
}
const held = async () => (await database.all(`FROM ${FETCHED_RECORDS}`)).length;

it.each([
  ['few', ids(3, 4, 4, 77)],
  ['many', first(60)],
  ['none', ids()],
  ['one that is nowhere', ids(5, 999)],
])('holds the rows of %s', async (_name, of) => {
  await open().hold(of);
  const { told, fetched } = await bothOf(of);
  expect(fetched).toEqual(told);
});

it('looks for nobody twice', async () => {
  const store = open();
  await store.hold(first(60));
  asked = 0;
  await store.hold(ids(7, 8));
  expect(asked).toBe(0);
  await store.hold(ids(8, 100));
  expect(await held()).toBe(61);
  const { told, fetched } = await bothOf(ids(7, 8, 100));
  expect(fetched).toEqual(told);
});

it('tells everybody, and holds nobody, where too many are asked for; and goes on with fewer', async () => {
  const store = open(20);
  await store.hold(first(15));
  await store.hold(ids(16, 17, 18, 19, 20, 21));
  expect(await held()).toBe(RECORDS);
  expect(
    await database.all("FROM duckdb_tables() WHERE schema_name = 'sources' AND table_name LIKE 'fetched%'"),
  ).toEqual([]);
  await store.hold(ids(1));
  expect(await held()).toBe(1);
});

it('begins anew with another store', async () => {
  await open().hold(ids(1));
  await open().hold(ids(2));
  expect(await database.all(`SELECT record_id FROM ${FETCHED_RECORDS}`)).toEqual([{ record_id: 'r2' }]);
});
