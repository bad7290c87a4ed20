import { readFileSync } from 'node:fs';
import { WorklistQuery } from '@raccroche/contract';
import { type CompiledQuery, createQueryId, type RootOperationNode } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, withCaller } from '../../modules/access/index.ts';
import { nextToVerify, readWorklist, searchCases } from '../../modules/cases/index.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';
import { readCommitted } from '../testing/plans/plans-page.ts';
import { findExample, QUESTION_NAMES, type QuestionName } from '../testing/plans/questions.ts';
import { indexesOf, type Plan, readAllPlans, readWhole } from '../testing/plans/read-plans.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, type TestWorld } from '../testing/test-world.ts';

/** Enough elsewhere for the planner to prefer an index to reading everybody. */
const LENS_CASES = 1_000;
const CASES = 8_000;

/** A name of letters for each, the first ones as different as they can be. */
const nameOf = (index: number) =>
  [1, 26, 26 ** 2].map((place) => String.fromCharCode(65 + (Math.floor(index / place) % 26))).join('') +
  'NOM';

/** What lists told of one in two hundred, and of nobody else. */
const RARE = {
  school: '0620002B',
  missionLocale: 'active',
  lastTraining: { mef: '2412210131', leadsTo: 3 },
} as const;

let database: Database;
let world: TestWorld;
let published: OpenedWorld;
beforeAll(async () => {
  const all = people(CASES).map((one, index) => ({
    ...one,
    familyName: nameOf(index),
    ...(index % 200 === 0 ? RARE : {}),
  }));
  const elsewhere = all.slice(LENS_CASES).map((one) => ({ ...one, commune: ARRAS_COMMUNE }));
  published = await openPublishedWorld([...all.slice(0, LENS_CASES), ...elsewhere]);
  ({ database, world } = published);
  await database.transaction({}, (transaction) =>
    transaction.script('ANALYZE cases.cases, cases.name_words, cases.phone_keys'),
  );
});
afterAll(async () => {
  await published.close();
});

/** The plan of the very query that the worklist makes, under the caller's row-level security. */
function planOf(query: Record<string, string>): Promise<string> {
  return withCaller(database, { token: world.tokens.nadia, permission: 'case.read' }, async (caller) => {
    let seen: RootOperationNode | undefined;
    const watching: Transaction = {
      ...caller.transaction,
      tables: <T>() =>
        caller.transaction.tables<T>().withPlugin({
          transformQuery({ node }) {
            seen = node;
            return node;
          },
          transformResult: async ({ result }) => result,
        }),
    };
    const watched: Caller = { ...caller, transaction: watching };
    await readWorklist(watched, WorklistQuery.parse({ platform: world.lens, ...query }), '2025-11-20');
    if (!seen) throw new Error('no query was made');
    const { sql, parameters }: CompiledQuery = caller.transaction
      .tables()
      .getExecutor()
      .compileQuery(seen, createQueryId());
    const { rows } = await caller.transaction.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (COSTS OFF) ${sql}`,
      parameters,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}

const cursorOf = (value: string | null) =>
  Buffer.from(JSON.stringify([value, '785845ca-c6e3-4821-9250-6a281bc726a7'])).toString('base64url');

test.each([
  ['the first page by name', {}, 'cases_by_name'],
  ['a page in the middle', { cursor: cursorOf('MBCNOM AWA') }, 'cases_by_name'],
  ['the beginning of a name', { name: 'mb' }, 'cases_by_name'],
  ['a state', { verification: 'to_verify', contact: 'to_contact' }, 'cases_by_name'],
  ['those who wait the longest', { sort: 'last_attempt' }, 'cases_by_last_attempt'],
  ['what most have', { missionLocale: 'unknown', trainingLevel: '4' }, 'cases_by_name'],
] as const)('%s reads its index in order, without sorting nor reading everybody', async (_, query, index) => {
  const plan = await planOf(query);
  expect(plan).toContain(`Index Scan using ${index}`);
  expect(plan).not.toMatch(/Seq Scan on cases|Sort/);
});

test.each([
  ['a school', { school: RARE.school }, 'cases_by_origin'],
  ['a last training', { training: 'cap_2' }, 'cases_by_\\w+'],
  ['its level', { trainingLevel: '3' }, 'cases_by_\\w+'],
  ['who is known to a mission locale', { missionLocale: RARE.missionLocale }, 'cases_by_\\w+'],
  ['a priority', { priority: 'deadline' }, 'cases_by_\\w+'],
] as const)('%s is looked for by an index, among those of the platform at most', async (_, query, index) => {
  const plan = await planOf(query);
  expect(plan).toMatch(new RegExp(`Index Scan (using|on) ${index}\\b`));
  expect(plan).not.toContain('Seq Scan on cases');
});

/** Each must be readable by an index: what a small base would read whole because it is small is left out. */
const NEVER_WHOLE = 'SET LOCAL enable_seqscan = off';

/** The plans of the queries that `work` makes by hand, those on `table`. */
function plansOf(table: string, work: (caller: Caller) => Promise<unknown>): Promise<string[]> {
  return withCaller(database, { token: world.tokens.nadia, permission: 'case.read' }, async (caller) => {
    const seen: (readonly [string, readonly unknown[]])[] = [];
    const watching: Transaction = {
      ...caller.transaction,
      query<R extends object>(sql: string, parameters: readonly unknown[] = []) {
        if (sql.includes(`FROM ${table}`)) seen.push([sql, parameters]);
        return caller.transaction.query<R>(sql, parameters);
      },
    };
    await work({ ...caller, transaction: watching });
    const plans: string[] = [];
    await caller.transaction.script(NEVER_WHOLE);
    for (const [sql, parameters] of seen) {
      const { rows } = await caller.transaction.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN (COSTS OFF) ${sql}`,
        parameters,
      );
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return plans;
  });
}

test('a search reads words and sounds by their indexes, under row-level security', async () => {
  const plans = await plansOf('cases.name_words', (caller) => searchCases(caller, 'mbcnom', '2025-11-20'));
  expect(plans.length).toBeGreaterThanOrEqual(2);
  for (const plan of plans) {
    expect(plan).toMatch(/Index (Only )?Scan (using|on) name_words_by_(word|sound)/);
    expect(plan).not.toContain('Seq Scan on name_words');
  }
});

test('a telephone is found by its index', async () => {
  const [plan] = await plansOf('cases.phone_keys', (caller) =>
    searchCases(caller, '0600000000', '2025-11-20'),
  );
  expect(plan).toMatch(/phone_keys_by_phone/);
});

test('the next to verify are read in their order, without sorting', async () => {
  const [plan] = await plansOf('cases.cases', (caller) => nextToVerify(caller, world.lens, 20, '2025-11-20'));
  expect(plan).toContain('Index Scan using cases_to_verify');
  expect(plan).not.toContain('Sort');
});

/** Those that have one good way whatever the size of the base, by their first statement. */
const SAME_IN_EVERY_BASE: readonly QuestionName[] = [
  'worklist: by name',
  'worklist: by name, a page in the middle',
  'worklist: the beginning of a name',
  'worklist: by last attempt',
  'next to verify',
  'search: a name',
  'search: a telephone',
  'search: a number',
  'a case',
];

describe('what the screens ask', () => {
  let plans: ReadonlyMap<QuestionName, readonly Plan[]>;
  const committed = readCommitted(
    readFileSync(new URL('../../../../../docs/plans.md', import.meta.url), 'utf8'),
  );
  beforeAll(async () => {
    const example = await findExample(database, world.lens, '2025-11-20');
    plans = await readAllPlans(database, world.tokens.nadia, example, NEVER_WHOLE);
  });

  test('is in docs/plans.md, every question, and reads no large table whole there', () => {
    expect([...committed.keys()]).toEqual(QUESTION_NAMES);
    const page = readFileSync(new URL('../../../../../docs/plans.md', import.meta.url), 'utf8');
    expect(readWhole(page)).toEqual([]);
  });

  test.each(QUESTION_NAMES)('%s: by indexes alone, under row-level security', (name) => {
    for (const { plan } of plans.get(name) ?? []) expect(readWhole(plan)).toEqual([]);
  });

  test.each(SAME_IN_EVERY_BASE)('%s: by the index of docs/plans.md', (name) => {
    const [first] = plans.get(name) ?? [];
    expect(indexesOf(first?.plan ?? '')).toEqual(committed.get(name)?.[0]);
    expect(committed.get(name)?.[0]).not.toEqual([]);
  });
});
