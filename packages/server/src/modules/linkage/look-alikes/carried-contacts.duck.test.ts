import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { runSteps } from '../../../platform/duckdb/step.ts';
import { SHOWN } from '../incremental/previous-linkage.ts';
import { createLinkageTablesSql } from '../tables.ts';
import { recountedContactsStep } from './carried-contacts.ts';
import { MOST_SHARING } from './variant-contacts.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await database.run(createLinkageTablesSql());
});
afterAll(() => database.close());

const TABLES = { ...SHOWN.tables, ways: 'linkage.ways', crowded_tellings: 'linkage.crowded_tellings' };

/** One number, given then by `then` touched persons and by `others` whom nothing touches, and now by `now` touched ones. */
async function recount(then: number, now: number, others: number): Promise<string> {
  const crowded = then + others > MOST_SHARING;
  const givers = `SELECT 't' || range AS id FROM range(${then}) UNION ALL SELECT 'o' || range FROM range(${others})`;
  await database.run(`CREATE OR REPLACE TABLE linkage.touched_persons AS SELECT 't' || range AS person_id FROM range(20);
    DELETE FROM linkage.ways; DELETE FROM linkage.crowded_tellings;
    INSERT INTO linkage.ways BY NAME SELECT id AS record_id, id AS person_id, ${crowded ? 'NULL' : "['1']"} AS phones FROM (${givers});
    INSERT INTO linkage.crowded_tellings SELECT id, id, 'phone', '1' FROM (${givers}) WHERE ${crowded};
    CREATE OR REPLACE TABLE linkage.variant_cores AS SELECT range AS variant, range AS person FROM range(${now});
    CREATE OR REPLACE TABLE linkage.told_contacts AS SELECT range AS variant, 'phone' AS kind, '1' AS value FROM range(${now})`);
  await runSteps(database, [recountedContactsStep({ ...SHOWN, tables: TABLES })]);
  const [row] = await database.all<{ crowded: number; rewritten: number }>(`SELECT
    (SELECT count(*) FROM linkage.crowded_contacts)::INTEGER AS crowded,
    (SELECT count(*) FROM linkage.rewritten_persons)::INTEGER AS rewritten`);
  return `${row?.crowded === 1 ? 'crowded' : 'few'}, ${row?.rewritten} rewritten`;
}

it.each([
  ['as many give it, too many', 4, 4, MOST_SHARING, 'crowded, 0 rewritten'],
  ['as many give it, and few', 4, 4, 2, 'few, 0 rewritten'],
  ['more give it, too many now', 4, 5, MOST_SHARING - 4, `crowded, ${MOST_SHARING - 4} rewritten`],
  ['more give it, still few', 4, 5, MOST_SHARING - 5, 'few, 0 rewritten'],
  ['fewer give it, few now', 5, 4, MOST_SHARING - 4, `few, ${MOST_SHARING - 4} rewritten`],
  ['fewer give it, still too many', 5, 4, MOST_SHARING, 'crowded, 0 rewritten'],
  ['nobody touched gives it any more', 1, 0, MOST_SHARING, `few, ${MOST_SHARING} rewritten`],
  ['touched persons give it who did not', 0, 1, MOST_SHARING, `crowded, ${MOST_SHARING} rewritten`],
] as const)('%s', async (_name, then, now, others, outcome) => {
  expect(await recount(then, now, others)).toBe(outcome);
});
