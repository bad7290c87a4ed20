import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSession } from '../../modules/access/index.ts';
import { publishCampaign } from '../../modules/cases/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { type DatabaseLocation, openDatabaseAt } from '../../platform/postgres/open-database.ts';
import { type Callers, type LoadUser, startCallers, totalOf } from '../testing/load/callers.ts';
import { findLost } from '../testing/load/find-lost.ts';
import { loadServer } from '../testing/load/load-server.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { fillTestFolder, openTestServerBase } from '../testing/test-store.ts';
import { buildWorld } from '../testing/test-world.ts';
import { migrateStore } from './migrations.ts';

const CALLERS = 20;
/** Few, so that colleagues meet on them. */
const CASES = 60;
/** Attempts acknowledged before the server dies, and again once it is back. */
const ENOUGH = 20;
/** Four programs start: time enough on a machine that does much else. */
const TWO_STARTS_MS = 240_000;

/** Two programs that are loaded already. */
type Starts = readonly [ReturnType<typeof loadServer>, ReturnType<typeof loadServer>];

/** Cases to work on, and twenty open sessions of the two who follow them. */
async function fill(database: Database, folder: string): Promise<LoadUser[]> {
  const { lens, ids } = await buildWorld(database);
  await publishCampaign(database, writeCampaign(folder, '2025-11-15', people(CASES)));
  const users: LoadUser[] = [];
  for (let caller = 0; caller < CALLERS; caller += 1)
    users.push({
      platformId: lens,
      token: await openSession(database, caller % 2 === 0 ? ids.nadia : ids.paul),
    });
  return users;
}

async function acknowledges({ acknowledged, counts }: Callers, more: number): Promise<void> {
  const wanted = totalOf(acknowledged) + more;
  while (totalOf(acknowledged) < wanted && counts.errors === 0)
    await new Promise((done) => setTimeout(done, 20));
}

/** Attempts recorded on a base before and after a SIGKILL of the server: what the callers heard. */
async function killAtWork(location: DatabaseLocation, users: readonly LoadUser[], starts: Starts) {
  let server = await starts[0](location);
  const refusals: unknown[] = [];
  const callers = startCallers(users, {
    address: () => server.address,
    thinkMs: 5,
    retryMs: 100,
    queries: ['', '&sort=last_attempt'],
    refused: (...told) => refusals.push(told),
  });
  try {
    await acknowledges(callers, ENOUGH);
    await server.kill();
    server = await starts[1](location);
    await acknowledges(callers, ENOUGH);
  } finally {
    await callers.stop();
    await server.kill();
  }
  expect(refusals).toEqual([]);
  // They were at work when it died.
  expect(callers.counts.cut).toBeGreaterThan(0);
  return callers;
}

async function expectNothingLost(database: Database, callers: Callers): Promise<void> {
  expect(await findLost(database, callers, CASES)).toEqual([]);
  // What was acknowledged and is not there, or there and was never sent, would have been told.
  const [someone = ''] = callers.acknowledged.keys();
  const heard = (count: number) => ({ acknowledged: new Map([[someone, count]]), unanswered: new Map() });
  expect(await findLost(database, heard(1_000), CASES)).toContain(
    `${someone}: 1000 acknowledged, not all there`,
  );
  expect(await findLost(database, heard(0), CASES)).not.toEqual([]);
}

test(
  'a server that is killed at work and starts again lost no acknowledged attempt, nor counts one twice',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'raccroche-kill-load-'));
    const starts: Starts = [loadServer(), loadServer()];
    const address = process.env.DATABASE_URL_TEST;
    try {
      if (address === undefined) {
        const location = { folder: join(folder, 'base') };
        const users = await fillTestFolder(location.folder, (database) => fill(database, folder));
        const callers = await killAtWork(location, users, starts);
        const database = await openDatabaseAt(location);
        await expectNothingLost(database, callers).finally(() => database.close());
      } else {
        const { database, url } = await openTestServerBase(address);
        try {
          await migrateStore(database);
          const users = await fill(database, folder);
          await expectNothingLost(database, await killAtWork({ url, folder: '' }, users, starts));
        } finally {
          await database.close();
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  TWO_STARTS_MS,
);
