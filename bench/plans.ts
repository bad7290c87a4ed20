/**
 * Writes docs/plans.md: how the base reads what the screens ask about cases, as a caseworker, under row-level security.
 * `DATABASE_URL=postgres://… npx tsx bench/plans.ts [--check] [--cases 1000000] [--users 2000] [--platforms 380]`, on the base of
 * `bench/platform-load.ts`; an empty base is filled likewise first. `--check` compares the indexes with those of the file.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCommitted, toPage } from '../packages/server/src/app/testing/plans/plans-page.ts';
import { findExample } from '../packages/server/src/app/testing/plans/questions.ts';
import { indexesOf, readAllPlans, readWhole } from '../packages/server/src/app/testing/plans/read-plans.ts';
import type { Database } from '../packages/server/src/platform/postgres/database.ts';
import { openDatabaseAt } from '../packages/server/src/platform/postgres/open-database.ts';
import { fillBase, openSessions, tokenOf } from './platform-load-base.ts';

const FILE = new URL('../docs/plans.md', import.meta.url);
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    cases: { type: 'string', default: '1000000' },
    users: { type: 'string', default: '2000' },
    platforms: { type: 'string', default: '380' },
  },
});
const url = process.env.DATABASE_URL;
if (url === undefined) throw new Error('DATABASE_URL must name a base of the load test, or an empty one');

interface Base {
  readonly cases: number;
  readonly platforms: number;
  readonly version: string;
  readonly today: string;
  readonly person: string;
  readonly platform: string;
}

/** Its size, and a caseworker with the platform that they work for. */
async function describe(database: Database): Promise<Base> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<Base>(
      `SELECT (SELECT count(*) FROM cases.cases) AS cases, (SELECT count(*) FROM access.platforms) AS platforms,
         split_part(current_setting('server_version'), ' ', 1) AS version, current_date AS today,
         person_id AS person, territory_id AS platform
       FROM access.memberships WHERE role = 'caseworker' ORDER BY person_id LIMIT 1`,
    ),
  );
  const [base] = rows;
  if (!base) throw new Error('nobody works in this base');
  return base;
}

const isEmpty = async (database: Database) =>
  (
    await database.transaction({}, (transaction) =>
      transaction.query("SELECT FROM pg_namespace WHERE nspname = 'cases'"),
    )
  ).rowCount === 0;

const database = await openDatabaseAt({ url, folder: '' });
if (await isEmpty(database)) {
  const size = {
    cases: Number(options.cases),
    users: Number(options.users),
    platforms: Number(options.platforms),
  };
  await fillBase(database, size, (what, ms) =>
    process.stdout.write(`  ${what}: ${(ms / 1000).toFixed(1)} s\n`),
  );
}
const base = await describe(database);
const token = tokenOf('plans');
await database.transaction({}, (transaction) =>
  openSessions(transaction, [{ token, personId: base.person }]),
);
const example = await findExample(database, base.platform, base.today);
const plans = await readAllPlans(database, token, example);
await database.close();

for (const [name, all] of plans)
  for (const { plan } of all)
    for (const table of readWhole(plan)) {
      process.stderr.write(`${name} reads ${table} whole\n`);
      process.exitCode = 1;
    }
if (options.check) {
  const committed = readCommitted(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '');
  for (const [name, all] of plans) {
    const [now, then] = [all.map(({ plan }) => indexesOf(plan)), committed.get(name)];
    if (JSON.stringify(now) === JSON.stringify(then)) continue;
    process.stderr.write(`${name}: ${JSON.stringify(now)}, in docs/plans.md ${JSON.stringify(then)}\n`);
    process.exitCode = 1;
  }
} else writeFileSync(FILE, toPage(base, plans));
