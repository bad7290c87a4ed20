import type { CaseDetail, CaseRow, RouteName } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { type Call, call as callApi, createTestApi, type TestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, LENS_COMMUNE, type Somebody, type TestWorld } from '../testing/test-world.ts';

let world: TestWorld;
let server: TestApi;
let published: OpenedWorld;
beforeAll(async () => {
  const minor = {
    siei: 'MINOR00000AA',
    familyName: 'ZED',
    firstName: 'Zoé',
    birthDate: '2008-05-06',
    minor: true,
  };
  published = await openPublishedWorld([
    ...people(9),
    minor,
    ...people(2, 50).map((one) => ({ ...one, commune: ARRAS_COMMUNE })),
  ]);
  ({ world } = published);
  server = createTestApi(published.database);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
});

const call = (name: RouteName, who: Somebody, given: Call = {}) =>
  callApi(server.api, name, { token: world.tokens[who], ...given });
interface Series {
  caseIds: string[];
  done: number;
  remaining: number;
  deferred: number;
}
const series = async (who: Somebody = 'nadia', platform = world.lens) =>
  (await call('nextToVerify', who, { query: { platform } })).body as unknown as Series;
const counts = async () =>
  (await call('worklistCounts', 'nadia', { query: { platform: world.lens } })).body.counts;
const verify = (caseId: string, body: object, who: Somebody = 'nadia') =>
  call('verify', who, { params: { caseId }, body });
const list = async (query: Record<string, string>) =>
  (await call('worklist', 'nadia', { query: { platform: world.lens, ...query } })).body.cases as CaseRow[];

describe('a series to verify', () => {
  test('takes minors first, and says how far one is', async () => {
    const { caseIds, ...counted } = await series();
    expect(counted).toEqual({ done: 0, remaining: 10, deferred: 0 });
    const { body } = await call('caseDetail', 'nadia', { params: { caseId: caseIds[0] ?? '' } });
    expect(body.familyName).toBe('ZED');
  });

  test('of another platform is empty', async () => {
    expect(await series('nadia', world.arras)).toEqual({ caseIds: [], done: 0, remaining: 0, deferred: 0 });
  });

  test('each answer leaves it, an undo brings it back', async () => {
    const [first = '', second = '', third = '', fourth = ''] = (await series()).caseIds;
    expect((await verify(first, { version: 1, decision: 'confirm' })).body).toMatchObject({
      verification: 'confirmed',
      pathway: 'not_started',
    });
    const graduated = await verify(second, { version: 1, decision: 'refute', reason: 'graduated' });
    expect(graduated.body).toMatchObject({
      verification: 'refuted',
      verificationReason: 'graduated',
      pathway: 'closed',
      outcome: 'refuted',
    });
    const moved = await verify(third, { version: 1, decision: 'refute', reason: 'moved', commune: '59350' });
    expect(moved.body).toMatchObject({ verificationReason: 'moved', pathway: 'not_started' });
    expect((await verify(fourth, { version: 1, decision: 'later' })).body.verifyAfter).toBe('2025-11-27');
    expect(await series()).toMatchObject({ done: 3, remaining: 6, deferred: 1 });

    const undone = await call('undo', 'nadia', { params: { caseId: second }, body: { version: 2 } });
    expect(undone.body).toMatchObject({ verification: 'to_verify', pathway: 'not_started', outcome: null });
    expect(await series()).toMatchObject({ done: 2, remaining: 7, deferred: 1 });
    const { timeline } = (await call('caseDetail', 'nadia', { params: { caseId: second } }))
      .body as unknown as CaseDetail;
    expect(timeline.map(({ kind, undone: taken }) => [kind, taken])).toEqual([
      ['opened', false],
      ['refuted', true],
      ['undone', false],
    ]);
  });

  test.each([
    [{ decision: 'refute' }, 400],
    [{ decision: 'confirm', reason: 'moved' }, 400],
    [{ decision: 'later', until: '2025-11-20' }, 422],
    [{ decision: 'refute', reason: 'error', version: 99 }, 409],
  ])('refuses %o', async (body: object, status) => {
    const caseId = (await series()).caseIds.at(-1) ?? '';
    expect((await verify(caseId, { version: 1, ...body })).status).toBe(status);
  });

  test('is not answered by a coordination, nor from another platform', async () => {
    const caseId = (await series()).caseIds.at(-1) ?? '';
    expect((await verify(caseId, { version: 1, decision: 'confirm' }, 'diane')).status).toBe(403);
    expect((await verify(caseId, { version: 1, decision: 'confirm' }, 'amine')).status).toBe(404);
  });
});

describe('views and filters', () => {
  test('each view counts what the same filter lists', async () => {
    expect(await counts()).toMatchObject({
      all: 10,
      nobody: 10,
      mine: 0,
      minors_without_interview: 1,
      quiet: 10,
    });
    expect(await list({ open: 'true', minor: 'true', interviewed: 'false' })).toHaveLength(1);
    const one = (await list({}))[5];
    await call('recordAttempt', 'nadia', {
      params: { caseId: one?.caseId ?? '' },
      body: {
        version: one?.version,
        channel: 'phone',
        outcome: 'no_answer',
        happenedAt: '2025-11-13T09:00:00.000Z',
      },
    });
    expect(await counts()).toMatchObject({ quiet: 9, never_called: 9 });
    expect(await list({ quietDays: '7' })).toHaveLength(10);
    expect(await list({ quietDays: '8' })).toHaveLength(9);
  });

  test('rows tell what the list knows; each may be narrowed by', async () => {
    const [row] = await list({ commune: LENS_COMMUNE, school: '0620001A', hasPhone: 'true', listed: 'true' });
    expect(row).toMatchObject({
      communeName: 'Lens',
      lastSchool: '0620001A',
      lastTraining: 'formation de niveau bac',
      leftOn: '2025-06-30',
      hasPhone: true,
      minor: false,
      age: 20,
    });
    for (const none of [
      { commune: ARRAS_COMMUNE },
      { school: '0620001B' },
      { hasPhone: 'false' },
      { listed: 'false' },
    ])
      expect(await list(none as Record<string, string>)).toEqual([]);
  });

  test('a case says why it is on the list and how to reach the person', async () => {
    const { body } = await call('caseDetail', 'nadia', {
      params: { caseId: (await list({}))[0]?.caseId ?? '' },
    });
    const { why, contacts } = body as unknown as CaseDetail;
    expect(why?.sentence).toMatch(
      /^En formation de niveau bac à l’établissement 0620001A jusqu’au 30 juin 2025/,
    );
    expect(contacts[0]).toEqual({
      kind: 'phone',
      value: '0321000000',
      source: 'list',
      toldOn: '2025-11-15',
      quality: 'untested',
      qualityOn: null,
    });
  });
});
