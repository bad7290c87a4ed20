import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { FETCHED_MEMBERS, openFetchedMembers } from './fetched-members.ts';
import { createLinkageTablesSql } from './tables.ts';

const PERSONS = 40;
let database: Database;
beforeAll(async () => {
  database = await openDatabase({ threads: 1 });
  await database.run(createLinkageTablesSql());
  // Three records a person.
  await database.run(`INSERT INTO linkage.memberships BY NAME
    SELECT 'r' || i AS record_id, 'p' || i % ${PERSONS} AS person_id FROM range(${PERSONS * 3}) r(i)`);
});
afterAll(() => database.close());

const persons = (...numbers: number[]) =>
  `SELECT unnest([${numbers.map((n) => `'p${n}'`).join(', ')}]::VARCHAR[]) AS person_id`;
const rowsOf = (table: string, of: string) =>
  database.all(`FROM ${table} SEMI JOIN (${of}) USING (person_id) ORDER BY ALL`);
const held = async () => (await database.all(`FROM ${FETCHED_MEMBERS}`)).length;

it.each([
  ['one', persons(3)],
  ['some, told twice', persons(3, 4, 4, 7)],
  ['nobody', persons()],
  ['one who is nowhere', persons(5, 999)],
])('holds all rows of %s', async (_name, of) => {
  await openFetchedMembers(database).hold(of);
  expect(await rowsOf(FETCHED_MEMBERS, of)).toEqual(await rowsOf('linkage.memberships', of));
});

it('holds also those who were asked for before, each once', async () => {
  const store = openFetchedMembers(database);
  await store.hold(persons(1, 2));
  await store.hold(persons(2, 3));
  await store.hold(persons(1));
  expect(await held()).toBe(9);
  const all = persons(1, 2, 3);
  expect(await rowsOf(FETCHED_MEMBERS, all)).toEqual(await rowsOf('linkage.memberships', all));
});

it('shows everybody where there are too many to hold, and begins anew after', async () => {
  const store = openFetchedMembers(database, 2);
  await store.hold(persons(1, 2));
  expect(await held()).toBe(6);
  await store.hold(persons(3));
  expect(await held()).toBe(PERSONS * 3);
  await store.hold(persons(3));
  expect(await held()).toBe(3);
});

it('knows nothing of what a store before it held', async () => {
  await openFetchedMembers(database).hold(persons(1, 2));
  await openFetchedMembers(database).hold(persons(3));
  expect(await held()).toBe(3);
});
