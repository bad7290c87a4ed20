import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { openJobQueue } from '../../platform/postgres/job-queue.ts';
import { createMetrics, serveMetrics } from '../operations/metrics.ts';
import { call, createTestApi } from '../testing/test-api.ts';
import { openTestStore } from '../testing/test-store.ts';
import { buildWorld, type TestWorld } from '../testing/test-world.ts';
import { createRateLimits } from './rate-limits.ts';

let database: Database;
let world: TestWorld;
beforeAll(async () => {
  database = await openTestStore();
  world = await buildWorld(database);
});
afterAll(() => database.close());

describe('the service', () => {
  test('is alive even when its base is not, and ready only with it', async () => {
    const gone: Database = { ...database, transaction: () => Promise.reject(new Error('gone')) };
    const { api } = createTestApi(gone);
    expect((await call(api, 'health')).body).toEqual({ status: 'ok', engine: database.engine });
    expect((await call(api, 'ready')).body).toMatchObject({ status: 503, code: 'not_ready' });
    await api.close();
    const { api: whole } = createTestApi(database);
    expect((await call(whole, 'ready')).body).toEqual({
      status: 'ready',
      warnings: ['trail_unsealed'],
    });
    await whole.close();
  });

  test.each([
    ['a migration is missing', "DELETE FROM raccroche.migrations WHERE module = 'cases'"],
    ['a migration was changed', "UPDATE raccroche.migrations SET sha256 = 'x' WHERE module = 'cases'"],
    ['a right is missing', "DELETE FROM access.permissions WHERE role = 'caseworker'"],
    [
      'the trail does not take a line',
      'ALTER TABLE audit.entries ADD CONSTRAINT full_disk CHECK (false) NOT VALID',
    ],
  ])('is not ready when %s', async (_, sql) => {
    const undo = new Error('undo');
    const broken = database.transaction({}, async (transaction) => {
      await transaction.script(sql);
      const within: Database = {
        ...database,
        // What is asked within sees what was broken, and is taken back with it.
        async transaction(options, work) {
          await transaction.script(`SAVEPOINT within`);
          try {
            if (options.role) await transaction.script(`SET LOCAL ROLE ${options.role}`);
            return await work(transaction);
          } finally {
            await transaction.script('ROLLBACK TO within');
          }
        },
      };
      const { api } = createTestApi(within);
      expect((await call(api, 'ready')).status).toBe(503);
      throw undo;
    });
    await expect(broken).rejects.toBe(undo);
  });

  test('leaves no line of its own in the trail', async () => {
    const { rows } = await database.transaction({}, (transaction) =>
      transaction.query("SELECT FROM audit.entries WHERE action = 'ready.probe'"),
    );
    expect(rows).toEqual([]);
  });
});

test('whoever asks too much is told how long to wait', async () => {
  const limits = createRateLimits({ session: 2, open: 3, signIn: 1 }, () => 0);
  const { api } = createTestApi(database, true, { limits });
  const signIn = () => call(api, 'demoSignIn', { body: { personId: world.ids.nadia } });
  expect((await signIn()).status).toBe(200);
  const { status, headers, body } = await signIn();
  expect({ status, code: body.code, wait: headers['retry-after'] }).toEqual({
    status: 429,
    code: 'too_many_requests',
    wait: '60',
  });
  const me = (token: string) => call(api, 'me', { token });
  const answers = [];
  for (const token of [world.tokens.nadia, world.tokens.nadia, world.tokens.nadia, world.tokens.paul])
    answers.push((await me(token)).status);
  // The first request of a session opens its own count.
  expect(answers).toEqual([200, 200, 429, 200]);
  const guesses = [];
  for (const guess of ['0', '1', '2', '3']) guesses.push((await me(guess.repeat(64))).status);
  expect(guesses).toEqual([401, 401, 401, 429]);
  await api.close();
});

test('the metrics count routes, transactions and defects, and tell nothing of anybody', async () => {
  let time = 0;
  const metrics = createMetrics(() => ++time);
  const { api, log } = createTestApi(metrics.watch(database));
  await call(api, 'me', { token: world.tokens.nadia });
  await call(api, 'caseDetail', { token: world.tokens.nadia, params: { caseId: world.ids.nadia } });
  await api.inject({ method: 'GET', url: `/api/nowhere/${world.ids.nadia}` });
  for (const line of log) metrics.request(line);
  const server = await serveMetrics(metrics, 0);
  const answer = await server.inject('/metrics');
  const text = answer.body;
  expect(answer.headers['content-type']).toContain('version=0.0.4');
  expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/api/me",status="200"} 1');
  expect(text).toContain('_count{method="GET",route="/api/cases/:caseId",status="404"} 1');
  expect(text).toContain('_count{method="GET",route="unknown",status="404"} 1');
  expect(text).toContain(
    'raccroche_transaction_duration_seconds_count{role="raccroche_app",outcome="committed"} 1',
  );
  expect(text).toContain(
    'raccroche_transaction_duration_seconds_count{role="raccroche_app",outcome="undone"} 1',
  );
  expect(text).toContain('raccroche_defects_total 0');
  expect(text).not.toMatch(/nadia|[0-9a-f]{8}-[0-9a-f]{4}/);
  expect(server.addresses()).toMatchObject([{ address: '127.0.0.1' }]);
  await server.close();
  await api.close();
});

test('the metrics tell what waits in the queue and since when, as it is whenever they are read', async () => {
  const metrics = createMetrics(() => 0);
  metrics.watchQueue(database);
  expect(await metrics.text()).toContain('raccroche_outbox_jobs 0');
  const ask = (sql: string) => database.transaction({}, (transaction) => transaction.script(sql));
  await ask(
    "INSERT INTO jobs.outbox (job, payload, asked_at) VALUES ('a', '{}', now() - INTERVAL '90 seconds'), ('a', '{}', now())",
  );
  const kind = { name: 'test.waits', minutes: 1, run: async () => {} };
  const queue = await openJobQueue(database, [kind], {
    ended: () => {},
    pollSeconds: 60,
    clock: systemClock,
  });
  for (let sent = 0; sent < 3; sent += 1)
    await database.transaction({}, (transaction) =>
      queue.send(transaction, kind.name, { notBefore: '2999-01-01T00:00:00.000Z' }),
    );
  await ask(
    `UPDATE pgboss.job SET state = 'failed', completed_on = now() - INTERVAL '60 seconds'
     WHERE id = (SELECT id FROM pgboss.job WHERE name = 'test.waits' LIMIT 1)`,
  );
  await queue.close();
  const text = await metrics.text();
  expect(text).toContain('raccroche_outbox_jobs 2');
  expect(text).toMatch(/raccroche_outbox_oldest_seconds 9\d/);
  expect(text).toContain('raccroche_queue_jobs{job="test.waits",state="created"} 2');
  expect(text).toContain('raccroche_queue_oldest_seconds{job="test.waits",state="created"} 0');
  expect(text).toContain('raccroche_queue_jobs{job="test.waits",state="failed"} 1');
  expect(text).toMatch(/raccroche_queue_oldest_seconds\{job="test.waits",state="failed"\} 6\d/);
  await ask('DELETE FROM jobs.outbox');
  expect(await metrics.text()).toContain('raccroche_outbox_jobs 0');
});

test('asked to stop, it answers what is under way and takes nothing new', async () => {
  const signals = new EventEmitter();
  const [entered, going] = [once(signals, 'entered'), once(signals, 'going')];
  const slow: Database = {
    ...database,
    async transaction(options, work) {
      signals.emit('entered');
      await going;
      return database.transaction(options, work);
    },
  };
  const { api } = createTestApi(slow);
  const address = await api.listen({ host: '127.0.0.1', port: 0 });
  const underWay = globalThis.fetch(`${address}/api/me`, {
    headers: { cookie: `__Host-raccroche=${world.tokens.nadia}` },
  });
  await entered;
  const closed = api.close();
  // Refused at the door: the server does not listen any more.
  await expect
    .poll(() =>
      globalThis.fetch(`${address}/api/health`).then(
        () => 'taken',
        () => 'refused',
      ),
    )
    .toBe('refused');
  signals.emit('going');
  const { status, headers } = await underWay;
  expect({ status, connection: headers.get('connection') }).toEqual({ status: 200, connection: 'close' });
  await closed;
});
