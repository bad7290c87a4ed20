import { WorklistQuery } from '@raccroche/contract';
import { type CompiledQuery, createQueryId, type RootOperationNode } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, withCaller } from '../../modules/access/index.ts';
import { readWorklist } from '../../modules/cases/index.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';
import { openPublishedWorld, type PublishedWorld } from '../testing/published-world.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, type TestWorld } from '../testing/test-world.ts';

/** Enough for the planner to prefer an index when it may use one. */
const LENS_CASES = 4_000;

let database: Database;
let world: TestWorld;
let published: PublishedWorld;
beforeAll(async () => {
  const elsewhere = people(LENS_CASES, LENS_CASES).map((one) => ({ ...one, commune: ARRAS_COMMUNE }));
  published = await openPublishedWorld([...people(LENS_CASES), ...elsewhere]);
  ({ database, world } = published);
  await database.transaction({}, (transaction) => transaction.script('ANALYZE cases.cases'));
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
  ['a page in the middle', { cursor: cursorOf('NOM000050') }, 'cases_by_name'],
  ['the beginning of a name', { name: 'nom00001' }, 'cases_by_name'],
  ['a state', { verification: 'to_verify', contact: 'to_contact' }, 'cases_by_name'],
  ['those who wait the longest', { sort: 'last_attempt' }, 'cases_by_last_attempt'],
] as const)('%s reads its index in order, without sorting nor reading everybody', async (_, query, index) => {
  const plan = await planOf(query);
  expect(plan).toContain(`Index Scan using ${index}`);
  expect(plan).not.toMatch(/Seq Scan on cases|Sort/);
});
