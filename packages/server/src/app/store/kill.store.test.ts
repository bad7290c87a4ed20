import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishCampaign } from '../../modules/cases/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { type DatabaseLocation, openDatabaseAt } from '../../platform/postgres/open-database.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { openTestServerBase } from '../testing/test-store.ts';
import { buildWorld } from '../testing/test-world.ts';
import { migrateStore } from './migrations.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LISTED = 300;
const moduleAt = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** Publishes in a program of its own, which is killed at the first statement that holds `at`. */
function publishAndDie(location: DatabaseLocation, campaign: string, at: string): void {
  const program = `
    import { register } from 'tsx/esm/api';
    register();
    const { openDatabaseAt } = await import(${moduleAt('../../platform/postgres/open-database.ts')});
    const { publishCampaign } = await import(${moduleAt('../../modules/cases/index.ts')});
    const database = await openDatabaseAt(${JSON.stringify(location)});
    const deadly = {
      ...database,
      transaction: (options, work) => database.transaction(options, (transaction) => work({
        ...transaction,
        query: (sql, values) => sql.includes(${JSON.stringify(at)})
          ? process.kill(process.pid, 'SIGKILL')
          : transaction.query(sql, values),
      })),
    };
    await publishCampaign(deadly, ${JSON.stringify(campaign)});`;
  const { signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
}

async function withBase(
  location: DatabaseLocation,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  const database = await openDatabaseAt(location);
  await work(database).finally(() => database.close());
}

async function survives(location: DatabaseLocation): Promise<void> {
  const campaign = writeCampaign(join(folder, 'campagne'), '2025-11-15', people(LISTED));
  const count = async (database: Database) => {
    const { rows } = await database.transaction({}, (transaction) =>
      transaction.query<{ n: number }>(
        'SELECT (SELECT count(*) FROM cases.cases) + (SELECT count(*) FROM cases.events) AS n',
      ),
    );
    return rows[0]?.n;
  };
  await withBase(location, async (database) => {
    await migrateStore(database);
    await buildWorld(database);
  });
  // With the cases opened and their keys written, then with everything written and only the end of the transaction to come.
  for (const at of ['DELETE FROM lists.published_entries', 'record_publication']) {
    publishAndDie(location, campaign, at);
    await withBase(location, async (database) => expect(await count(database)).toBe(0));
  }
  await withBase(location, async (database) => {
    expect(await publishCampaign(database, campaign)).toMatchObject({
      opened: LISTED,
      alreadyPublished: false,
    });
    expect(await count(database)).toBe(2 * LISTED);
  });
}

test('a publication that is killed leaves nothing, in the embedded base', () =>
  survives({ folder: join(folder, 'base') }));

const SERVER = process.env.DATABASE_URL_TEST;
if (SERVER !== undefined)
  test('a publication that is killed leaves nothing, on a server', async () => {
    const { database, url } = await openTestServerBase(SERVER);
    try {
      await survives({ url, folder: '' });
    } finally {
      await database.close();
    }
  });
