import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishCampaign } from '../../modules/cases/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { openServer } from '../../platform/postgres/server-database.ts';
import { requireStartable } from '../cli/start-check.ts';
import { actsOn } from '../testing/case-acts.ts';
import { call, createTestApi } from '../testing/test-api.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { openEmbeddedTestStore, openTestServerBase, TEST_SERVER } from '../testing/test-store.ts';
import { buildWorld, type TestWorld } from '../testing/test-world.ts';
import { migrateStore } from './migrations.ts';
import { grantServiceLogin, loginFaults, SERVICE_ROLES } from './service-login.ts';
import { requireMigrated, requireOwner } from './with-store.ts';

const LOGIN = `service_test_${process.pid}`;
const STRONG = `strong_test_${process.pid}`;

test('the embedded base, which has no login, starts without a word', async () => {
  const database = await openEmbeddedTestStore();
  expect(await loginFaults(database, 'serve')).toEqual([]);
  await requireStartable(database, { requireServiceLogin: true }, 'serve');
  await expect(grantServiceLogin(database, LOGIN, 'serve')).rejects.toMatchObject({ code: 'no_logins' });
  await database.close();
});

test('from PostgreSQL 16 on, which the embedded base is, a login inherits nothing of the roles that it is given', async () => {
  const embedded = await openEmbeddedTestStore();
  const database: Database = { ...embedded, engine: 'postgresql' };
  const { rows } = await database.transaction({}, async (transaction) => {
    await transaction.script(`CREATE ROLE ${LOGIN} LOGIN; GRANT raccroche_app, raccroche_keeper TO ${LOGIN}`);
    return transaction.query("SELECT current_setting('server_version_num')::INT >= 160000 AS newer");
  });
  expect(rows).toEqual([{ newer: true }]);
  const roles = await grantServiceLogin(database, LOGIN, 'serve');
  const given = await database.transaction({}, (transaction) =>
    transaction.query(
      `SELECT roleid::REGROLE::TEXT AS role, inherit_option AS inherits FROM pg_auth_members
       WHERE member = $1::REGROLE ORDER BY 1`,
      [LOGIN],
    ),
  );
  expect(given.rows).toEqual([...roles].sort().map((role) => ({ role, inherits: false })));
  const asLogin = (sql: string) =>
    database.transaction({}, async (transaction) => {
      await transaction.script(`SET LOCAL SESSION AUTHORIZATION ${LOGIN}`);
      return transaction.query(sql);
    });
  await expect(asLogin('SELECT FROM cases.cases')).rejects.toThrow('permission denied');
  await expect(asLogin('SET LOCAL ROLE raccroche_keeper')).rejects.toThrow('permission denied');
  await asLogin('SET LOCAL ROLE raccroche_app');
  await embedded.close();
});

// The embedded base has no login to hold: this is of a server alone.
describe.skipIf(TEST_SERVER === undefined)('a login of a server that serves', () => {
  let owner: Database;
  let service: Database;
  let world: TestWorld;
  let folder: string;
  const asOwner = (sql: string) => owner.transaction({}, (transaction) => transaction.script(sql));
  beforeAll(async () => {
    const opened = await openTestServerBase(TEST_SERVER ?? '');
    owner = opened.database;
    await migrateStore(owner);
    world = await buildWorld(owner);
    folder = mkdtempSync(join(tmpdir(), 'raccroche-login-'));
    await publishCampaign(owner, writeCampaign(join(folder, '1'), '2025-11-15', people(2)));
    await asOwner(`CREATE ROLE ${LOGIN} LOGIN PASSWORD 'test' INHERIT`);
    await asOwner(`CREATE ROLE ${STRONG} LOGIN CREATEROLE`);
    const url = new URL(opened.url);
    url.username = LOGIN;
    url.password = 'test';
    service = await openServer(url.href);
  });
  afterAll(async () => {
    await service.close();
    await asOwner(`DROP ROLE ${LOGIN}`);
    await asOwner(`DROP ROLE ${STRONG}`);
    await owner.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** A statement that a route would let in, under the role of the application, after what is to leave the role. */
  const injected = (leave: string, sql: string) =>
    service.transaction({ role: 'raccroche_app' }, async (transaction) => {
      await transaction.query(leave);
      return transaction.query(sql);
    });

  test('is told what it lacks before, and the owner is told that it may too much', async () => {
    await expect(requireMigrated(service)).rejects.toMatchObject({ code: 'login_without_roles' });
    expect(await loginFaults(owner, 'serve')).toContainEqual(expect.stringContaining('possède la base'));
    await expect(requireStartable(owner, { requireServiceLogin: true }, 'serve')).rejects.toMatchObject({
      code: 'login_too_powerful',
    });
  });

  test('is none that may more, nor one that is not there', async () => {
    const grant = (name: string) => grantServiceLogin(owner, name, 'serve');
    await expect(grant(STRONG)).rejects.toMatchObject({ code: 'login_too_powerful' });
    await expect(grant('nobody"; DROP SCHEMA cases --')).rejects.toMatchObject({ code: 'no_such_login' });
    await expect(grant('raccroche_app')).rejects.toMatchObject({ code: 'no_such_login' });
    await asOwner(`GRANT SELECT ON cases.cases TO ${LOGIN}`);
    await expect(grant(LOGIN)).rejects.toMatchObject({ code: 'login_too_powerful' });
    await asOwner(`REVOKE SELECT ON cases.cases FROM ${LOGIN}`);
  });

  test('serves, once it has its roles and those alone: reading, writing, being ready', async () => {
    await asOwner(`GRANT raccroche_keeper, ${SERVICE_ROLES.serve.join(', ')} TO ${LOGIN}`);
    expect(await loginFaults(service, 'serve')).toEqual([
      expect.stringContaining('sans entrer dans un rôle'),
      expect.stringContaining('qui ne servent pas'),
    ]);
    const roles = await grantServiceLogin(owner, LOGIN, 'serve');
    expect(await grantServiceLogin(owner, LOGIN, 'serve')).toEqual(roles);
    await requireStartable(service, { requireServiceLogin: true }, 'serve');
    expect(await loginFaults(service, 'serve')).toEqual([]);
    // What administers the base, and the worker, say that they need its owner.
    await expect(requireOwner(service)).rejects.toMatchObject({ code: 'login_not_owner' });
    await requireOwner(owner);
    const server = createTestApi(service);
    expect((await call(server.api, 'ready')).body).toMatchObject({ status: 'ready' });
    expect((await call(server.api, 'demoSignIn', { body: { personId: world.ids.nadia } })).status).toBe(200);
    const on = actsOn(server, { world });
    const { caseId } = await on.caseOf('TEST000000AA');
    const set = { at: '2025-11-24T09:00:00.000Z', mode: 'on_site' };
    expect((await on.act('setInterview', caseId, set)).body).toMatchObject({ pathway: 'interview_set' });
    await server.api.close();
  });

  test('reads to an officer of data protection what is held on somebody, and to nobody else', async () => {
    const server = createTestApi(service);
    const token = world.tokens.david;
    const { caseId } = await actsOn(server, { world }).caseOf('TEST000000AA');
    const opened = await call(server.api, 'openPrivacyRequest', {
      token,
      body: { kind: 'access', caseId, receivedOn: '2025-11-19', identityChecked: true },
    });
    const params = { requestId: String(opened.body.requestId) };
    const extract = await call(server.api, 'privacyExtract', { token, params });
    expect(extract.body).toMatchObject({ caseId });
    expect((extract.body.seenBy as unknown[]).length).toBeGreaterThan(0);
    await server.api.close();
    // Somebody else who enters the role, as an injection could.
    const settings = { 'raccroche.session': world.tokens.nadia, 'raccroche.purpose': 'follow_up' };
    const seen = await service.transaction({ role: 'raccroche_officer', settings }, (transaction) =>
      transaction.query('SELECT FROM cases.cases'),
    );
    expect(seen.rowCount).toBe(0);
    const trail = service.transaction({ role: 'raccroche_officer', settings }, (transaction) =>
      transaction.query('SELECT privacy.seen_by($1)', [caseId]),
    );
    await expect(trail).rejects.toThrow('not for you');
  });

  test.each([
    "SELECT set_config('role', 'none', true)",
    'RESET ROLE',
    'SET ROLE NONE',
    'RESET SESSION AUTHORIZATION',
  ])('whoever leaves the role by « %s » reads no case and touches no line of the trail', async (leave) => {
    for (const sql of [
      'SELECT FROM cases.cases',
      'SELECT FROM audit.entries',
      "UPDATE audit.entries SET actor = 'x'",
      'DELETE FROM audit.entries',
      'ALTER TABLE audit.entries DISABLE TRIGGER USER',
      'ALTER TABLE cases.cases DISABLE ROW LEVEL SECURITY',
      'SELECT FROM raccroche.migrations',
    ])
      await expect(injected(leave, sql)).rejects.toThrow(/permission denied|must be owner/);
  });

  test.each(['raccroche_publisher', 'raccroche_keeper', 'raccroche_worker', 'owner'])(
    'nobody enters « %s » from it',
    async (role) => {
      const { rows } = await owner.transaction({}, (transaction) =>
        transaction.query<{ name: string }>('SELECT current_user::TEXT AS name'),
      );
      const name = role === 'owner' ? rows[0]?.name : role;
      await expect(injected('SELECT 1', `SELECT set_config('role', '${name}', true)`)).rejects.toThrow(
        'permission denied to set role',
      );
    },
  );

  test.each(['raccroche_app', 'raccroche_door', 'raccroche_monitor', 'raccroche_officer'])(
    'as « %s » without a session, it sees no case and touches no line of the trail',
    async (role) => {
      const enter = `SELECT set_config('role', '${role}', true)`;
      const seen = injected(enter, 'SELECT FROM cases.cases').then(
        ({ rowCount }) => rowCount,
        () => 0,
      );
      expect(await seen).toBe(0);
      for (const sql of ["UPDATE audit.entries SET actor = 'x'", 'DELETE FROM audit.entries'])
        await expect(injected(enter, sql)).rejects.toThrow('permission denied');
    },
  );
});
