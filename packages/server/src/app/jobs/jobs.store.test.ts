import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobRow } from '@raccroche/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askJob, listJobs, retryJob, takeAsked } from '../../modules/jobs/index.ts';
import { readTerms } from '../../modules/privacy/index.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';
import { type JobEnd, openJobQueue } from '../../platform/postgres/job-queue.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import { call, createTestApi } from '../testing/test-api.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { openTestStore } from '../testing/test-store.ts';
import { buildWorld, type Somebody, type TestWorld } from '../testing/test-world.ts';
import { PUBLISH_JOB } from './job-kinds.ts';
import { startWorker } from './run-worker.ts';

const clock = { now: () => '2025-11-20T10:00:00.000Z', elapsedMs: () => 0 };
const POLL = { clock, pollSeconds: 0.5 };
let database: Database;
let folder: string;
let world: TestWorld;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-jobs-'));
  database = await openTestStore();
  world = await buildWorld(database);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const within = <T>(work: (transaction: Transaction) => Promise<T>) => database.transaction({}, work);
const list = (): Promise<readonly JobRow[]> => within(listJobs);
const cases = () =>
  within(async (transaction) => (await transaction.query('SELECT FROM cases.cases')).rowCount);
const stateOf = async (job: string) =>
  (await list()).filter((row) => row.job === job).map(({ state }) => state);

test('nothing is listed nor tried again where no worker ever was', async () => {
  expect(await list()).toEqual([]);
  expect(await within((transaction) => retryJob(transaction, '785845ca-c6e3-4821-9250-6a281bc726a7'))).toBe(
    false,
  );
});

test('a job is asked with what gives cause for it, or not at all', async () => {
  const undo = new Error('undo');
  const undone = within(async (transaction) => {
    await askJob(transaction, { job: 'a', payload: {} });
    throw undo;
  });
  await expect(undone).rejects.toBe(undo);
  await within((transaction) => askJob(transaction, { job: 'b', payload: { n: 1 } }));
  const taken = within(async (transaction) => {
    expect(await takeAsked(transaction, 10)).toMatchObject([{ job: 'b', payload: { n: 1 } }]);
    throw undo;
  });
  // What could not be handed over is asked still.
  await expect(taken).rejects.toBe(undo);
  expect(await within((transaction) => takeAsked(transaction, 10))).toHaveLength(1);
  expect(await within((transaction) => takeAsked(transaction, 10))).toEqual([]);
});

test('a publication is asked, done by the worker, seen, and doing it again changes nothing', async () => {
  const ended: JobEnd[] = [];
  const worker = await startWorker(database, {
    terms: readTerms(STORE_RETENTION, undefined),
    ended: (end) => ended.push(end),
    carry: async () => {},
    origin: undefined,
    schools: 'daily',
    ...POLL,
  });
  const payload = { folder: writeCampaign(join(folder, 'campagne'), '2025-11-15', people(3)) };
  const ask = (job: string) => within((transaction) => askJob(transaction, { job, payload }));
  await ask(PUBLISH_JOB);
  await expect.poll(() => stateOf(PUBLISH_JOB), { timeout: 20_000 }).toEqual(['completed']);
  expect(await cases()).toBe(3);
  await ask(PUBLISH_JOB);
  await ask('privacy.purge');
  await ask('audit.verify');
  await expect
    .poll(
      async () => [
        ...(await stateOf(PUBLISH_JOB)),
        ...(await stateOf('privacy.purge')),
        ...(await stateOf('audit.verify')),
      ],
      {
        timeout: 20_000,
      },
    )
    .toEqual(Array.from({ length: 4 }, () => 'completed'));
  await worker.close();
  expect(await cases()).toBe(3);
  expect(ended.every(({ outcome }) => outcome === 'done')).toBe(true);
  expect(JSON.stringify(ended)).not.toContain(folder);
});

test('a job that fails is tried again on its own and by hand, and tells a code, never what it was about', async () => {
  let tries = 0;
  let mended = false;
  const ended: JobEnd[] = [];
  const kind = {
    name: 'test.broken',
    minutes: 1,
    async run() {
      tries += 1;
      if (!mended) throw Object.assign(new Error('Awa N., née le 4 mars'), { code: 'broken' });
    },
  };
  const queue = await openJobQueue(database, [kind], { ended: (end) => ended.push(end), ...POLL });
  await within((transaction) => queue.send(transaction, 'test.broken', {}));
  await expect.poll(() => stateOf('test.broken'), { timeout: 20_000 }).toEqual(['retry']);
  // Tried as often as it may.
  await within((transaction) =>
    transaction.query(
      "UPDATE pgboss.job SET retry_count = retry_limit, start_after = now() WHERE name = 'test.broken'",
    ),
  );
  await expect.poll(() => stateOf('test.broken'), { timeout: 20_000 }).toEqual(['failed']);
  const [failed] = await list();
  expect(failed).toMatchObject({ job: 'test.broken', state: 'failed', code: 'broken' });
  mended = true;
  const params = { jobId: failed?.jobId ?? '' };
  const { api } = createTestApi(database);
  const ask = (who: Somebody) => call(api, 'retryJob', { token: world.tokens[who], params });
  expect((await ask('nadia')).status).toBe(403);
  expect((await call(api, 'jobs', { token: world.tokens.anne })).body).toMatchObject({
    jobs: [{ job: 'test.broken', state: 'failed', code: 'broken' }, {}, {}, {}, {}],
  });
  expect((await ask('anne')).body).toEqual({ retried: true });
  expect((await ask('anne')).body.code).toBe('not_possible');
  await api.close();
  await expect.poll(() => stateOf('test.broken'), { timeout: 20_000 }).toEqual(['completed']);
  expect(await within((transaction) => retryJob(transaction, failed?.jobId ?? ''))).toBe(false);
  await queue.close();
  expect(tries).toBe(3);
  expect(ended.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['failed', 'broken'],
    ['failed', 'broken'],
    ['done', undefined],
  ]);
  const kept = await within((transaction) =>
    transaction.query("SELECT FROM pgboss.job WHERE job::TEXT LIKE '%Awa%'"),
  );
  expect(kept.rows).toEqual([]);
});

test('closing waits for the job under way', async () => {
  const steps: string[] = [];
  const kind = {
    name: 'test.slow',
    minutes: 1,
    async run() {
      steps.push('started');
      await new Promise((done) => setTimeout(done, 300));
      steps.push('done');
    },
  };
  const queue = await openJobQueue(database, [kind], { ended: () => {}, ...POLL });
  await within((transaction) => queue.send(transaction, 'test.slow', {}));
  await expect.poll(() => steps, { timeout: 20_000 }).toContain('started');
  await queue.close();
  expect(steps).toEqual(['started', 'done']);
  expect(await stateOf('test.slow')).toEqual(['completed']);
});
