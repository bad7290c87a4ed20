import type { CaseDetail, CaseRow, RouteName } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/postgres/database.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { type Call, call as callApi, createTestApi, NOW, type TestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, type Somebody, type TestWorld } from '../testing/test-world.ts';

let database: Database;
let world: TestWorld;
let server: TestApi;
let published: OpenedWorld;
beforeAll(async () => {
  const minor = {
    siei: 'MINOR00000AA',
    familyName: 'Élan-Noël',
    firstName: 'Zoé',
    birthDate: '2008-05-06',
    minor: true,
  };
  const listed = [...people(12), minor, ...people(2, 50).map((one) => ({ ...one, commune: ARRAS_COMMUNE }))];
  published = await openPublishedWorld(listed);
  ({ database, world } = published);
  server = createTestApi(database);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
});

const call = (name: RouteName, who?: Somebody, given: Call = {}) =>
  callApi(server.api, name, { ...(who === undefined ? {} : { token: world.tokens[who] }), ...given });
const list = async (who: Somebody, query: Record<string, string> = {}) => {
  const { status, body } = await call('worklist', who, { query: { platform: world.lens, ...query } });
  expect({ status, problem: body.code }).toEqual({ status: 200, problem: undefined });
  return body as unknown as { cases: CaseRow[]; next: string | null };
};
const namesOf = ({ cases }: { cases: CaseRow[] }) => cases.map(({ familyName }) => familyName);
const someCase = async (index: number) => {
  const found = (await list('paul')).cases[index];
  if (!found) throw new Error('no case');
  return found;
};

describe('the worklist', () => {
  test('pages through everybody once, whatever the size of a page', async () => {
    const all = namesOf(await list('nadia'));
    expect(all).toHaveLength(13);
    expect(all[0]).toBe('Élan-Noël');
    for (const limit of ['1', '5', '13']) {
      const seen: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page: Awaited<ReturnType<typeof list>> = await list('nadia', {
          limit,
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...namesOf(page));
        cursor = page.next;
      }
      expect(seen).toEqual(all);
    }
  });

  test('puts those who were never called first, and pages across them too', async () => {
    const called = await someCase(7);
    await call('recordAttempt', 'nadia', {
      params: { caseId: called.caseId },
      body: { version: called.version, channel: 'phone', outcome: 'no_answer' },
    });
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof list>> = await list('nadia', {
        sort: 'last_attempt',
        limit: '4',
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.cases.map(({ caseId }) => caseId));
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(13);
    expect(seen.at(-1)).toBe(called.caseId);
  });

  test('filters, and finds a name by its beginning without its accents', async () => {
    expect(namesOf(await list('nadia', { name: 'elan no' }))).toEqual(['Élan-Noël']);
    expect(namesOf(await list('nadia', { name: 'élan’Noël zo' }))).toEqual(['Élan-Noël']);
    expect(namesOf(await list('nadia', { minor: 'true' }))).toEqual(['Élan-Noël']);
    expect(namesOf(await list('nadia', { minor: 'false' }))).toHaveLength(12);
    expect(namesOf(await list('nadia', { contact: 'reached' }))).toEqual([]);
    expect(namesOf(await list('nadia', { referent: 'nobody' }))).toHaveLength(13);
  });

  test('of another platform is empty, not an error: nothing says that it exists', async () => {
    expect(await list('nadia', { platform: world.arras })).toEqual({ cases: [], news: [], next: null });
    expect(namesOf(await list('amine', { platform: world.arras }))).toHaveLength(2);
  });

  test.each([
    [{ platform: 'lens' }],
    [{ limit: '0' }],
    [{ limit: '201' }],
    [{ sort: 'birth' }],
    [{ cursor: 'x' }],
    [{ verification: 'x' }],
  ])('refuses %o', async (query: Record<string, string>) => {
    const { status, body } = await call('worklist', 'nadia', { query: { platform: world.lens, ...query } });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'bad_request' });
  });
});

describe('a case', () => {
  test('tells its entry, its story and who may follow it, and the read is in the trail', async () => {
    const { caseId } = await someCase(1);
    const { body } = await call('caseDetail', 'nadia', { params: { caseId } });
    const detail = body as unknown as CaseDetail;
    expect(detail.entry).toMatchObject({ siei: detail.siei, phones: ['0321000000'] });
    expect(detail.timeline.map(({ kind, actor }) => [kind, actor])).toEqual([['opened', null]]);
    expect(detail.colleagues.map(({ displayName }) => displayName)).toEqual(['nadia', 'paul']);
    const { rows } = await database.transaction({}, (transaction) =>
      transaction.query(
        "SELECT actor, purpose FROM audit.entries WHERE action = 'case.read' AND subjects = $1",
        [[caseId]],
      ),
    );
    expect(rows).toEqual([{ actor: world.ids.nadia, purpose: 'follow_up' }]);
  });

  test('an attempt moves the contact, is told in the story, and can be taken back by who made it, once', async () => {
    const { caseId, version } = await someCase(2);
    const params = { caseId };
    const attempt = await call('recordAttempt', 'nadia', {
      params,
      body: { version, channel: 'sms', outcome: 'reached', happenedAt: '2025-11-19T09:00:00.000Z' },
    });
    expect(attempt.body).toMatchObject({
      contact: 'reached',
      attempts: 1,
      lastAttemptAt: '2025-11-19T09:00:00.000Z',
    });
    const undo = (who: Somebody, at: number) => call('undo', who, { params, body: { version: at } });
    expect((await undo('paul', version + 1)).body.code).toBe('not_possible');
    expect((await undo('nadia', version)).body.code).toBe('conflict');
    const undone = await undo('nadia', version + 1);
    expect(undone.body).toMatchObject({
      contact: 'to_contact',
      attempts: 0,
      lastAttemptAt: null,
      version: version + 2,
    });
    expect((await undo('nadia', version + 2)).body.code).toBe('not_possible');
    const { body } = await call('caseDetail', 'nadia', { params });
    const { timeline } = body as unknown as CaseDetail;
    expect(timeline.map(({ kind, undone: taken }) => [kind, taken])).toEqual([
      ['opened', false],
      ['attempt', true],
      ['undone', false],
    ]);
  });

  test('an older attempt told afterwards counts, and does not change what was found since', async () => {
    const { caseId, version } = await someCase(3);
    const tell = (at: number, outcome: string, happenedAt: string) =>
      call('recordAttempt', 'nadia', {
        params: { caseId },
        body: { version: at, channel: 'phone', outcome, happenedAt },
      });
    await tell(version, 'reached', '2025-11-19T09:00:00.000Z');
    const { body } = await tell(version + 1, 'no_answer', '2025-11-18T09:00:00.000Z');
    expect(body).toMatchObject({
      contact: 'reached',
      attempts: 2,
      lastAttemptAt: '2025-11-19T09:00:00.000Z',
    });
  });

  test('an attempt to come, or one on somebody who does not wish to be contacted, is not possible', async () => {
    const { caseId, version } = await someCase(4);
    const tell = (at: number, outcome: string, happenedAt = NOW) =>
      call('recordAttempt', 'nadia', {
        params: { caseId },
        body: { version: at, channel: 'phone', outcome, happenedAt },
      });
    expect((await tell(version, 'reached', '2025-11-21T09:00:00.000Z')).body.code).toBe('not_possible');
    expect((await tell(version, 'refuses')).status).toBe(200);
    expect((await tell(version + 1, 'no_answer')).body.code).toBe('not_possible');
    expect((await tell(version + 1, 'reached')).status).toBe(200);
  });

  test('is given to a colleague of the platform, by who may, and to nobody else', async () => {
    const { caseId, version } = await someCase(5);
    const give = (who: Somebody, to: string | null, at = version) =>
      call('assign', who, { params: { caseId }, body: { version: at, referent: to } });
    expect((await give('nadia', world.ids.nadia)).body.code).toBe('not_allowed');
    expect((await give('paul', world.ids.amine)).body.code).toBe('not_possible');
    expect((await give('paul', world.ids.karim)).body.code).toBe('not_possible');
    expect((await give('paul', world.ids.nadia)).body).toMatchObject({ referent: world.ids.nadia });
    expect(namesOf(await list('nadia', { referent: 'me' }))).toHaveLength(1);
    expect((await give('diane', null, version + 1)).body).toMatchObject({ referent: null });
  });

  test('twenty people who record at once: one wins each version, the others are told, nothing is lost', async () => {
    const { caseId, version } = await someCase(6);
    const record = (at: number) =>
      call('recordAttempt', 'nadia', {
        params: { caseId },
        body: { version: at, channel: 'phone', outcome: 'no_answer' },
      });
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => record(version)))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(19);
    // Each goes on until it is in: every acknowledged attempt is counted and told.
    const insist = async () => {
      for (;;) {
        const { body } = await call('caseDetail', 'nadia', { params: { caseId } });
        if ((await record(Number(body.version))).status === 200) return;
      }
    };
    await Promise.all(Array.from({ length: 6 }, insist));
    const { body } = await call('caseDetail', 'nadia', { params: { caseId } });
    const { attempts, timeline } = body as unknown as CaseDetail;
    expect(attempts).toBe(7);
    expect(timeline.filter(({ kind }) => kind === 'attempt')).toHaveLength(7);
  });
});

describe('the door', () => {
  test('a demonstration signs in by a click, on this machine, and out again', async () => {
    const signIn = (headers: Record<string, string> = {}) =>
      call('demoSignIn', undefined, { body: { personId: world.ids.nadia }, headers });
    const { headers } = await signIn();
    const cookie = String(headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-raccroche=[0-9a-f]{64}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    const token = /=([0-9a-f]{64})/.exec(cookie)?.[1];
    expect((await callApi(server.api, 'me', { token })).body).toMatchObject({ displayName: 'nadia' });
    expect((await callApi(server.api, 'signOut', { token })).headers['set-cookie']).toContain('Max-Age=0');
    expect((await callApi(server.api, 'me', { token })).body.code).toBe('not_signed_in');
    expect((await signIn({ host: 'evil.example' })).status).toBe(404);
    expect((await signIn({ origin: 'https://evil.example' })).body.code).toBe('bad_csrf');
    expect((await signIn({ 'sec-fetch-site': 'cross-site' })).body.code).toBe('bad_csrf');
  });

  test('without the demonstration there is no such door, and it is not described', async () => {
    const { api } = createTestApi(database, false);
    expect((await callApi(api, 'demoSignIn', { body: { personId: world.ids.nadia } })).status).toBe(404);
    expect((await callApi(api, 'demoPeople')).status).toBe(404);
    expect(JSON.stringify((await callApi(api, 'openapi')).body)).not.toContain('/api/demo');
    await api.close();
  });

  test('nobody whom an identity provider knows gets in by a click', async () => {
    const { rows } = await database.transaction({}, (transaction) =>
      transaction.query<{ person_id: string }>(
        "INSERT INTO access.people (display_name, email, issuer, subject) VALUES ('x', 'x@x.test', 'https://idp', 'x') RETURNING person_id",
      ),
    );
    const { status } = await call('demoSignIn', undefined, { body: { personId: rows[0]?.person_id ?? '' } });
    expect(status).toBe(404);
  });

  test('a change without the page’s own token is refused', async () => {
    const { caseId, version } = await someCase(8);
    const body = { version, channel: 'phone', outcome: 'reached' };
    const { status, body: problem } = await call('recordAttempt', 'nadia', {
      params: { caseId },
      body,
      headers: { 'x-csrf-token': 'x' },
    });
    expect({ status, code: problem.code }).toEqual({ status: 403, code: 'bad_csrf' });
  });

  test('every answer forbids what a browser might do with it', async () => {
    for (const { headers } of [await call('health'), await call('me'), await call('worklist', 'nadia')])
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'") as string,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      });
  });

  test('the log tells routes and outcomes, never a name, an id, an address or a search', async () => {
    await list('nadia', { name: 'elan' });
    const text = JSON.stringify(server.log);
    expect(text).toContain('/api/cases/:caseId/attempts');
    expect(text).not.toMatch(/elan|NOM0|TEST0|MINOR|127\.0|[0-9a-f]{8}-[0-9a-f]{4}/i);
  });
});
