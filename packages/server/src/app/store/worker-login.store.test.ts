import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { askJob, readQueueDepth } from '../../modules/jobs/index.ts';
import { readTerms } from '../../modules/privacy/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { type JobEnd, makeJobQueue } from '../../platform/postgres/job-queue.ts';
import { openServer } from '../../platform/postgres/server-database.ts';
import { requireStartable } from '../cli/start-check.ts';
import { JOB_MINUTES, QUEUES } from '../jobs/job-minutes.ts';
import { startWorker } from '../jobs/run-worker.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import { openTestServerBase, TEST_SERVER } from '../testing/test-store.ts';
import { buildWorld, type TestWorld } from '../testing/test-world.ts';
import { migrateStore } from './migrations.ts';
import { STORE_RETENTION } from './retention.ts';
import { grantServiceLogin, loginFaults } from './service-login.ts';
import { requireOwner } from './with-store.ts';

const LOGIN = `worker_test_${process.pid}`;
const LISTED_ON = '2025-11-15';
const KEYS = generateKeyPairSync('ed25519');
/** Of which the trail lets go: it keeps three years. */
const OLD_SEAL = day(-4 * 365);

// The embedded base has no login to hold: this is of a server alone.
describe.skipIf(TEST_SERVER === undefined)('a login of a server that works', () => {
  let owner: Database;
  let worker: Database;
  let world: TestWorld;
  let folder: string;
  const asOwner = <R extends object>(sql: string, parameters: readonly unknown[] = []) =>
    owner.transaction({}, async (transaction) => (await transaction.query<R>(sql, parameters)).rows);
  const script = (sql: string) => owner.transaction({}, (transaction) => transaction.script(sql));
  const ask = (job: string, payload: Record<string, unknown> = {}) =>
    owner.transaction({}, (transaction) => askJob(transaction, { job, payload }));
  /** Kinds of jobs by how they ended, all of them when nothing is under way. */
  const ended = async () => {
    const rows = await asOwner<{ name: string; state: string }>(
      "SELECT name, state::TEXT AS state FROM pgboss.job WHERE name NOT LIKE '\\_\\_pgboss%' ORDER BY 1",
    );
    return rows.map(({ name, state }) => `${name} ${state}`);
  };
  beforeAll(async () => {
    const opened = await openTestServerBase(TEST_SERVER ?? '');
    owner = opened.database;
    await migrateStore(owner);
    world = await buildWorld(owner);
    folder = mkdtempSync(join(tmpdir(), 'raccroche-worker-'));
    mkdirSync(join(folder, 'recus'));
    await script(`CREATE ROLE ${LOGIN} LOGIN PASSWORD 'test' NOINHERIT`);
    const url = new URL(opened.url);
    url.username = LOGIN;
    url.password = 'test';
    worker = await openServer(url.href);
  });
  afterAll(async () => {
    await worker.close();
    await script(`DROP ROLE ${LOGIN}`);
    await owner.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = (more: Partial<Parameters<typeof startWorker>[1]> = {}) =>
    startWorker(worker, {
      clock: systemClock,
      terms: readTerms(STORE_RETENTION, undefined),
      carry: async () => {},
      origin: 'https://raccroche.exemple.fr',
      sealing: { privateKey: KEYS.privateKey, folder: undefined },
      tell: { serviceKey: Buffer.alloc(32, 3), reach: 'public', post: async () => 204 },
      campaigns: { campaigns: folder, deliveries: join(folder, 'recus'), memory: '512MB' },
      ended: () => {},
      pollSeconds: 0.5,
      ...more,
    });

  test('has the roles of the worker and those alone, none of which serves', async () => {
    await grantServiceLogin(owner, LOGIN, 'serve');
    await expect(requireStartable(worker, { requireServiceLogin: true }, 'worker')).rejects.toMatchObject({
      code: 'login_without_roles',
    });
    const roles = await grantServiceLogin(owner, LOGIN, 'worker');
    expect(roles).not.toContain('raccroche_door');
    await requireStartable(worker, { requireServiceLogin: true }, 'worker');
    expect(await loginFaults(worker, 'worker')).toEqual([]);
    await expect(loginFaults(worker, 'serve')).rejects.toMatchObject({ code: 'login_without_roles' });
    await expect(requireOwner(worker)).rejects.toMatchObject({ code: 'login_not_owner' });
  });

  test('waits for the owner to make the queue of this version', async () => {
    await expect(start()).rejects.toMatchObject({ code: 'queue_not_ready' });
    await makeJobQueue(owner, QUEUES.slice(1));
    await expect(start()).rejects.toMatchObject({ code: 'queue_not_ready' });
    await makeJobQueue(owner, QUEUES);
    await makeJobQueue(owner, QUEUES);
    expect(await loginFaults(worker, 'worker')).toEqual([]);
  });

  test('does every job, each with something to do', async () => {
    const heads = await asOwner<{ line: string }>(
      "SELECT concat_ws(' ', chain, entries, encode(head, 'hex')) AS line FROM audit.chains ORDER BY chain",
    );
    const statement = ['raccroche-trail/1', OLD_SEAL, ...heads.map(({ line }) => line), ''].join('\n');
    await asOwner("INSERT INTO audit.seals (day, statement, signature, key_id) VALUES ($1, $2, $3, 'x')", [
      OLD_SEAL,
      statement,
      sign(null, Buffer.from(statement, 'utf8'), KEYS.privateKey),
    ]);
    await asOwner(
      `INSERT INTO contacts.messages (key, kind, channel, address, subject, body)
       VALUES ('a', 'school_question', 'email', 'ecole@exemple.fr', 'Des nouvelles', 'Bonjour')`,
    );
    const [run] = await asOwner<{ id: string }>(
      `INSERT INTO lists.campaign_runs (name, as_of, rule_set, allow_missing)
       VALUES ('vide', $1, 'siei-2011', '{}') RETURNING run_id AS id`,
      [LISTED_ON],
    );
    const ends: JobEnd[] = [];
    const carried: string[] = [];
    const working = await start({
      ended: (end) => ends.push(end),
      carry: async ({ address }) => {
        carried.push(address);
      },
    });
    await ask('campaign.publish', { folder: writeCampaign(join(folder, '1'), LISTED_ON, people(2)) });
    await expect.poll(ended, { timeout: 30_000 }).toEqual(['campaign.publish completed']);
    const listed = await asOwner<{ birth_date: string }>('SELECT birth_date FROM cases.cases');
    expect(listed).toHaveLength(2);
    const [published] = await asOwner<{ id: number }>('SELECT publication_id AS id FROM lists.publications');
    const others = Object.keys(JOB_MINUTES).filter((job) => job !== 'campaign.publish');
    for (const job of others)
      await ask(job, job === 'campaign.run' ? { run: run?.id } : { publication: published?.id });
    const all = Object.keys(JOB_MINUTES)
      .sort()
      .map((job) => `${job} completed`);
    await expect.poll(ended, { timeout: 60_000 }).toEqual(all);
    await working.close();
    expect(ends.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(carried).toEqual(['ecole@exemple.fr']);
    expect(await asOwner('SELECT state, message FROM lists.campaign_runs')).toEqual([
      { state: 'failed', message: expect.stringContaining('Aucun fichier') as string },
    ]);
    expect(await asOwner('SELECT FROM lists.publications WHERE taken_back_at IS NOT NULL')).toHaveLength(1);
    expect(await asOwner('SELECT day FROM audit.seals ORDER BY day')).toEqual([
      { day: OLD_SEAL },
      { day: day() },
    ]);
    expect(await asOwner("SELECT FROM audit.entries WHERE action = 'trail.purged'")).toHaveLength(1);
    const depth = await worker.transaction({ role: 'raccroche_worker' }, readQueueDepth);
    expect(depth).toMatchObject({ depths: [], outbox: 0 });
  });

  test.each([
    'SELECT FROM cases.cases',
    'SELECT FROM pgboss.job',
    'DELETE FROM audit.entries',
    'ALTER TABLE cases.cases DISABLE ROW LEVEL SECURITY',
  ])('may not « %s » outside of its roles', async (sql) => {
    const asked = worker.transaction({}, (transaction) => transaction.query(sql));
    await expect(asked).rejects.toThrow(/permission denied|must be owner/);
  });

  test.each(['raccroche_app', 'raccroche_door', 'raccroche_officer', 'owner'])(
    'nobody enters « %s » from it',
    async (role) => {
      const [row] = await asOwner<{ name: string }>('SELECT current_user::TEXT AS name');
      const asked = worker.transaction({}, (transaction) =>
        transaction.query("SELECT set_config('role', $1, true)", [role === 'owner' ? row?.name : role]),
      );
      await expect(asked).rejects.toThrow('permission denied to set role');
    },
  );

  test.each(['raccroche_worker', 'raccroche_publisher', 'raccroche_keeper'] as const)(
    'as « %s » it touches no line of the trail, opens no session, makes no table of the queue',
    async (role) => {
      for (const sql of [
        "UPDATE audit.entries SET actor = 'x'",
        'DELETE FROM audit.entries',
        "INSERT INTO audit.seals (day, statement, signature, key_id) VALUES ('2020-01-01', '', '', '')",
        'DELETE FROM audit.starts',
        "SELECT audit.append('x', 'x', 'x', '{}', '{}')",
        `SELECT access.open_session('${world.ids.nadia}', 1)`,
        "SELECT pgboss.create_queue('x', '{}')",
        'DROP TABLE pgboss.job',
        'TRUNCATE jobs.outbox',
      ]) {
        const asked = worker.transaction({ role }, (transaction) => transaction.query(sql));
        await expect(asked, sql).rejects.toThrow(/permission denied|must be owner/);
      }
    },
  );

  test('seals nothing but the trail as it is today, and removes nothing that no old seal lets go', async () => {
    const asked = (sql: string, ...given: unknown[]) =>
      worker.transaction({ role: 'raccroche_worker' }, (transaction) => transaction.query(sql, given));
    const { rows } = await asked(
      "SELECT concat_ws(' ', chain, entries, encode(head, 'hex')) AS line FROM audit.chains ORDER BY chain",
    );
    const lines = rows.map(({ line }) => String(line));
    const keep = (of: string, told: readonly string[]) =>
      asked('SELECT audit.keep_seal($1, $2, $3)', ['raccroche-trail/1', of, ...told, ''].join('\n'), '', 'x');
    const forged = lines.map((line) =>
      line.endsWith(' ') ? line : line.replace(/.$/, (sign) => (sign === '0' ? '1' : '0')),
    );
    await expect(keep(OLD_SEAL, lines)).rejects.toThrow('the trail is not so');
    await expect(keep(day(), forged)).rejects.toThrow('the trail is not so');
    await expect(keep(day(), lines.slice(1))).rejects.toThrow('the trail is not so');
    await expect(keep(day(), [...lines, '64 1 00'])).rejects.toThrow('the trail is not so');
    // True, and refused because the day has its seal.
    await expect(keep(day(), lines)).rejects.toThrow('seals_pkey');
    await expect(asked('SELECT audit.remove_sealed($1)', day())).rejects.toThrow(
      'the trail keeps a year at least',
    );
  });
});
