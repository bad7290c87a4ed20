import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { runSteps } from '../../../platform/duckdb/step.ts';
import { SHOWN } from '../incremental/previous-linkage.ts';
import { createLinkageTablesSql } from '../tables.ts';
import { recountedContactsStep, rewrittenWaysStep } from './carried-contacts.ts';
import { MOST_SHARING } from './variant-contacts.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await database.run(`${createLinkageTablesSql()} CREATE SCHEMA earlier;
    -- The first did not come again.
    CREATE TABLE earlier.files AS SELECT unnest([1, 2])::BIGINT AS file_no;
    CREATE TABLE linkage.same_deliveries AS SELECT 2::BIGINT AS file_no`);
});
afterAll(() => database.close());

const TABLES = {
  ...SHOWN.tables,
  ways: 'earlier.ways',
  crowded_contacts: 'earlier.crowded_contacts',
  first_persons: 'earlier.first_persons',
};
const BEFORE = { ...SHOWN, files: 'earlier.files', records: 'earlier.records', tables: TABLES };

/** One number, given then by `then` touched persons and by `others` whom nothing touches, and now by `now` touched ones. */
async function recount(then: number, now: number, others: number): Promise<string> {
  const crowded = then + others > MOST_SHARING;
  const touched = (prefix: string, count: number) =>
    `SELECT '${prefix}' || range AS record_id, 't' || range AS person_id FROM range(${count})`;
  const told = "NULL::VARCHAR AS email, '1' AS phone, NULL::VARCHAR AS mobile";
  await database.run(`
    CREATE OR REPLACE TABLE linkage.touched_persons AS SELECT 't' || range AS person_id FROM range(${Math.max(then, now)});
    -- Of two that were made one by a resemblance, each gave it.
    CREATE OR REPLACE TABLE linkage.left_records AS SELECT record_id, 't0' AS person_id FROM (${touched('r', then)});
    CREATE OR REPLACE TABLE earlier.first_persons AS FROM (${touched('r', then)}) WHERE person_id <> 't0';
    CREATE OR REPLACE TABLE linkage.gone_records AS FROM linkage.left_records;
    CREATE OR REPLACE TABLE earlier.records AS SELECT record_id, 1::BIGINT AS file_no, ${told} FROM linkage.left_records
      UNION ALL SELECT 'o' || range, 2, ${told} FROM range(${others});
    CREATE OR REPLACE TABLE earlier.ways AS SELECT record_id, person_id, NULL::VARCHAR[] AS emails, ${crowded ? 'NULL::VARCHAR[]' : "['1']"} AS phones
      FROM (${touched('r', then)} UNION ALL SELECT 'o' || range, 'o' || range FROM range(${others}));
    CREATE OR REPLACE TABLE earlier.crowded_contacts AS
      SELECT 'phone' AS kind, '1' AS value, ${then + others}::BIGINT AS givers WHERE ${crowded};
    CREATE OR REPLACE TABLE linkage.touched_rows AS SELECT record_id, ${told} FROM (${touched('n', now)});
    CREATE OR REPLACE TABLE linkage.memberships AS ${touched('n', now)}`);
  await runSteps(database, [recountedContactsStep(BEFORE), rewrittenWaysStep(BEFORE)]);
  const [row] = await database.all<{ givers: number | null; fallen: number; rewritten: number }>(`SELECT
    (SELECT givers FROM linkage.crowded_contacts)::INTEGER AS givers,
    (SELECT count(*) FROM linkage.fallen_contacts)::INTEGER AS fallen,
    (SELECT count(*) FROM linkage.rewritten_ways WHERE phones IS NULL)::INTEGER AS rewritten`);
  const crowd = row?.givers == null ? 'few' : `${row.givers} give it`;
  return `${crowd}, ${row?.rewritten} rewritten${row?.fallen === 1 ? ', others are looked for' : ''}`;
}

it.each([
  ['as many give it, too many', 4, 4, MOST_SHARING, `${MOST_SHARING + 4} give it, 0 rewritten`],
  ['as many give it, and few', 4, 4, 2, 'few, 0 rewritten'],
  [
    'more give it, too many now',
    ...[4, 5, MOST_SHARING - 4],
    `${MOST_SHARING + 1} give it, ${MOST_SHARING - 4} rewritten`,
  ],
  ['more give it, still few', 4, 5, MOST_SHARING - 5, 'few, 0 rewritten'],
  ['more give it, who were too many', 4, 90, MOST_SHARING, `${MOST_SHARING + 90} give it, 0 rewritten`],
  ['fewer give it, few now', 5, 4, MOST_SHARING - 4, 'few, 0 rewritten, others are looked for'],
  ['fewer give it, still too many', 5, 4, MOST_SHARING, `${MOST_SHARING + 4} give it, 0 rewritten`],
  ['hardly any of very many give it', 500, 4, 2, 'few, 0 rewritten, others are looked for'],
  ['none of very many give it any more', 500, 0, 0, 'few, 0 rewritten'],
  ['very many give it who did not', 0, 500, 2, '502 give it, 2 rewritten'],
  ['nobody touched gives it any more', 1, 0, MOST_SHARING, 'few, 0 rewritten, others are looked for'],
  [
    'touched persons give it who did not',
    ...[0, 1, MOST_SHARING],
    `${MOST_SHARING + 1} give it, ${MOST_SHARING} rewritten`,
  ],
] as [string, number, number, number, string][])('%s', async (_name, then, now, others, outcome) => {
  expect(await recount(then, now, others)).toBe(outcome);
});
