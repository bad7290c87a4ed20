import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { runSteps } from '../../platform/duckdb/step.ts';
import { JUDGE_STEPS } from './judge-steps.ts';
import { measureGroups, measureLists } from './measure.ts';

/** People, where they truly live, whether they dropped out, and the lists that their entries stand on. */
const PEOPLE: readonly (readonly [human: number, home: string, due: boolean, lists: readonly string[]])[] = [
  [1, '59', true, ['59']],
  [2, '59', true, ['62']],
  [3, '59', true, ['XX']],
  [4, '62', true, ['59', '62']],
  [5, '62', true, []],
  [6, '62', false, ['59']],
  [7, '99', true, ['59']],
];

/** Every other person bears the id that a record of theirs kept of another delivery, of which no file is here. */
const idOf = (ordinal: number) =>
  ordinal % 2 === 0 ? `aaaaaaaaaaaa-${ordinal}` : `bbbbbbbbbbbb-${ordinal}-2`;

const entries = PEOPLE.flatMap(([human, , , lists]) =>
  lists.map((list, rank) => ({ human, list, ordinal: 11 * human + rank })),
);

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ threads: 1 });
  const people = PEOPLE.map(
    ([human, home, due]) => `(${human}, ${due}, 'x', 'x', false, false, 'france', 'F', '${home}')`,
  );
  await database.run(`
    CREATE SCHEMA eligibility; CREATE SCHEMA lists; CREATE SCHEMA quality;
    CREATE TABLE quality.ranks AS SELECT 1 AS rank, 'aaaaaaaaaaaa' AS delivery_id;
    CREATE TABLE quality.held_ids (record_id VARCHAR, delivery_id VARCHAR, record BIGINT);
    CREATE TABLE eligibility.persons (person_id VARCHAR, flags VARCHAR[], listed BOOLEAN);
    CREATE TABLE lists.places (person_id VARCHAR, department VARCHAR);
    CREATE TABLE quality.cells (person BIGINT, human INTEGER, n INTEGER);
    CREATE TABLE quality.last_schools (human INTEGER, office VARCHAR);
    CREATE TABLE quality.people (human INTEGER, due BOOLEAN, reason VARCHAR, state VARCHAR, raw BOOLEAN, in_training BOOLEAN,
      name_group VARCHAR, sex VARCHAR, department VARCHAR);
    INSERT INTO quality.people VALUES ${people.join(', ')}`);
  for (const { human, list, ordinal } of entries)
    await database.run(`
      INSERT INTO eligibility.persons VALUES ('${idOf(ordinal)}', [], true);
      INSERT INTO lists.places VALUES ('${idOf(ordinal)}', '${list}');
      INSERT INTO quality.held_ids SELECT '${idOf(ordinal)}', 'aaaaaaaaaaaa', 4294967296 + ${ordinal} WHERE ${ordinal % 2 === 1};
      INSERT INTO quality.cells VALUES (4294967296 + ${ordinal}, ${human}, 1)`);
  await runSteps(database, JUDGE_STEPS);
});
afterAll(() => database.close());

test('somebody on the list of another département, or of none, is found, and counted apart', async () => {
  const lists = await measureLists(database);
  expect(lists).toMatchObject({ trulyDroppedOut: 6, found: 5, missed: { count: 1, of: 6 }, listedTwice: 1 });
  expect(lists.listedElsewhere).toMatchObject({ count: 3, of: 5, rate: 3 / 5 });
});

test('they are told by the département where they live', async () => {
  const { department } = await measureGroups(database);
  expect(department.map(({ group, elsewhere }) => [group, elsewhere.count, elsewhere.of])).toEqual([
    ['59', 2, 3],
    ['62', 0, 1],
    ['99', 1, 1],
  ]);
});
