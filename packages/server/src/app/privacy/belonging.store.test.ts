import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModuleRetention } from '../../kernel/retention.ts';
import { findExtract, grantKeeper, purge, readTerms } from '../../modules/privacy/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { people } from '../testing/test-campaign.ts';

/** Tables that a module may come to have: about two people at once, with a number somewhere within, with a day of their own. */
const MORE: ModuleRetention = {
  tables: {
    'cases.pairs': {
      about: 'young_person',
      purpose: 'x',
      source: 'x',
      ends: ['cases.age_limit'],
      of: [
        { column: 'one', key: 'siei' },
        { column: 'other', key: 'siei' },
      ],
      columns: { identifier: ['one', 'other'] },
    },
    'cases.kept_answers': {
      about: 'young_person',
      purpose: 'x',
      source: 'x',
      ends: ['cases.age_limit'],
      of: { column: 'answer', key: 'case_id', within: true },
      columns: { entry: ['answer'] },
    },
    'cases.short_notes': {
      about: 'young_person',
      purpose: 'x',
      source: 'x',
      ends: ['cases.short_note'],
      of: { column: 'case_id', key: 'case_id' },
      columns: { identifier: ['case_id'], free_text: ['text'], follow_up: ['erase_after'] },
    },
  },
  classes: [
    {
      code: 'cases.short_note',
      label: 'x',
      from: 'le jour que la note porte',
      basis: 'x',
      adjustable: false,
      ending: { does: 'remove_rows', table: 'cases.short_notes', where: 'erase_after < $1' },
    },
  ],
};
const RETENTION = [...STORE_RETENTION, MORE];
const TERMS = readTerms(RETENTION, undefined);

let database: Database;
let published: OpenedWorld;
/** Case ids: one who is 26, the two who turned out to be them, one who is young. */
let [old, twin, triplet, young] = ['', '', '', ''];
beforeAll(async () => {
  const [a, b, c, d] = people(4);
  if (!a || !b || !c || !d) throw new Error('four people');
  published = await openPublishedWorld([{ ...a, birthDate: '2001-05-01' }, b, c, d]);
  ({ database } = published);
  await database.transaction({}, async (transaction) => {
    await transaction.script(`
      CREATE TABLE cases.pairs (one TEXT, other TEXT);
      CREATE TABLE cases.kept_answers (answer JSONB);
      CREATE TABLE cases.short_notes (case_id UUID REFERENCES cases.cases, text TEXT, erase_after DATE)`);
    await grantKeeper(transaction, RETENTION);
    const { rows } = await transaction.query<{ case_id: string; siei: string }>(
      'SELECT case_id, siei FROM cases.cases ORDER BY siei',
    );
    [old = '', twin = '', triplet = '', young = ''] = rows.map(({ case_id }) => case_id);
    const [first, , third, last] = rows.map(({ siei }) => siei);
    const merge = 'UPDATE cases.cases SET merged_into = $1 WHERE case_id = $2';
    await transaction.query(merge, [old, twin]);
    await transaction.query(merge, [twin, triplet]);
    await transaction.query('INSERT INTO cases.pairs VALUES ($1, $2), ($2, $1), ($3, $3)', [
      last,
      first,
      last,
    ]);
    await transaction.query('INSERT INTO cases.pairs VALUES ($1, $1)', [third]);
    await transaction.query('INSERT INTO cases.kept_answers VALUES ($1), ($2)', [
      JSON.stringify({ body: { cases: [{ caseId: young }, { caseId: old }] } }),
      JSON.stringify({ body: { caseId: young } }),
    ]);
    await transaction.query(
      "INSERT INTO cases.short_notes VALUES ($1, 'x', '2030-01-01'), ($2, 'y', '2027-04-30'), ($2, 'z', '2027-05-01')",
      [old, young],
    );
  });
});
afterAll(() => published.close());

const run = (today: string) => purge(database, RETENTION, { today, terms: TERMS, dryRun: true });

test('whoever turned out to be somebody else ends with them, and not before', async () => {
  expect((await run('2027-04-30')).tables).toMatchObject({ 'cases.cases': 0 });
  const { classes, tables, proof } = await run('2027-05-01');
  expect(classes['cases.age_limit']).toBe(3);
  expect(tables).toMatchObject({ 'cases.cases': 3, 'lists.published_entries': 3 });
  expect(proof).toMatchObject({ searched: 3, leftIn: [] });
  // By themselves the other two would be 26 in 2031, and young too.
  expect((await run('2031-03-04')).classes['cases.age_limit']).toBe(4);
});

test('rows that belong by several columns, or by a number within a document, go with the case', async () => {
  expect((await run('2027-05-01')).tables).toMatchObject({ 'cases.pairs': 3, 'cases.kept_answers': 1 });
});

test('rows that bear the day of their end go after it, or with the case', async () => {
  expect((await run('2027-04-30')).classes['cases.short_note']).toBe(0);
  expect((await run('2027-05-01')).tables['cases.short_notes']).toBe(2);
});

test('what may tell of others is not given to the person', async () => {
  const extract = await database.transaction({ role: 'raccroche_keeper' }, (keeper) =>
    findExtract(keeper, RETENTION, young, '2026-01-01T00:00:00.000Z'),
  );
  const rows = Object.fromEntries((extract?.tables ?? []).map((one) => [one.table, one.rows.length]));
  expect(rows).toMatchObject({ 'cases.pairs': 3, 'cases.short_notes': 2, 'cases.cases': 1 });
  expect(rows).not.toHaveProperty('cases.kept_answers');
});
