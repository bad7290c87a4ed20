import { readFileSync } from 'node:fs';
import { ROLES, ROUTES, type Role, type RouteDefinition, type RouteName } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/postgres/database.ts';
import { openPublishedWorld, type PublishedWorld } from '../testing/published-world.ts';
import { type Call, call, createTestApi, type TestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { LILLE_COMMUNE, type Somebody, type TestWorld } from '../testing/test-world.ts';

/** The committed page is what is expected: the calls below are what is. */
const PAGE = readFileSync(new URL('../../../../../docs/acces.md', import.meta.url), 'utf8');
const EXPECTED: ReadonlyMap<string, readonly boolean[]> = new Map(
  PAGE.split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`(GET|POST) /.test(cells[2] ?? ''))
    .map((cells) => [cells[1]?.replaceAll('`', '') ?? '', cells.slice(4, -1).map((cell) => cell === 'oui')]),
);

/** One person a role; all but the school, the steering and the control belong to Lens or the Pas-de-Calais. */
const WHO: Readonly<Record<Role, Somebody>> = {
  caseworker: 'nadia',
  co_leader: 'paul',
  department_coordinator: 'diane',
  school_head: 'hugo',
  provider: 'olga',
  regional_steering: 'rene',
  national_administration: 'anne',
  data_protection: 'david',
};

let database: Database;
let world: TestWorld;
let server: TestApi;
let published: PublishedWorld;
const cases = { own: '', other: '' };
beforeAll(async () => {
  const elsewhere = people(1, 1).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' }));
  published = await openPublishedWorld([...people(1), ...elsewhere]);
  ({ database, world } = published);
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ case_id: string; platform_id: string }>(
      'SELECT case_id, platform_id FROM cases.cases',
    ),
  );
  await database.transaction({}, (transaction) =>
    transaction.query(
      `INSERT INTO cases.litiges (siei_1, siei_2, reasons, publication_id)
       SELECT 'TEST000000AA', 'TEST000001AA', '{look_alike}', publication_id FROM lists.publications`,
    ),
  );
  cases.own = rows.find(({ platform_id }) => platform_id === world.lens)?.case_id ?? '';
  cases.other = rows.find(({ platform_id }) => platform_id === world.lille)?.case_id ?? '';
  server = createTestApi(database);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
});

const NAMES = (Object.keys(ROUTES) as RouteName[]).filter((name) => name !== 'signOut');
/** Routes that read what a platform has. */
const OF_A_PLATFORM: ReadonlySet<string> = new Set([
  'worklist',
  'worklistCounts',
  'colleagues',
  'nextToVerify',
  'myDay',
  'notices',
  'litiges',
]);
/** What a route is called with, so that nothing but the right decides. */
function given(name: RouteName, caseId: string): Call {
  const version = 1;
  const bodies: Partial<Record<RouteName, object>> = {
    demoSignIn: { personId: world.ids.nadia },
    recordAttempt: { version, channel: 'phone', outcome: 'no_answer' },
    assign: { version, referent: null },
    undo: { version },
    verify: { version, decision: 'later' },
    setInterview: { version, at: '2025-12-01T09:00:00.000Z', mode: 'on_site' },
    reportInterview: { version, held: true },
    setCallBack: { version, at: null },
    movePathway: { version, to: 'proposed', solution: 'apprenticeship' },
    closeCase: { version, outcome: 'training' },
    declineClosing: { version },
    reopenCase: { version },
    setObligation: { version, to: 'summoned' },
    addNote: { version, text: 'rappeler le matin' },
    markContact: { version, mark: 'verified', kind: 'phone', value: '0321000000' },
    answerOfRepresentative: { version, name: 'personne', refuses: true },
    askReturn: { version, on: '2025-11-18' },
    reconfirm: { version },
    findElsewhere: { familyName: 'NOM', firstName: 'Awa', birthDate: '2005-03-04' },
    askOwner: { findingId: 1, wanted: 'access' },
    signal: {
      origin: 'school',
      familyName: 'NOUVEAU',
      firstNames: ['Awa'],
      birthDate: '2006-03-04',
      commune: '62498',
    },
    seeNotice: { noticeId: 1 },
    bulkAssign: { cases: [{ caseId, version }], referent: null },
    bulkVerify: { cases: [{ caseId, version }], decision: 'confirm' },
    decideLitige: { siei1: 'TEST000000AA', siei2: 'TEST000001AA', verdict: 'same' },
    mergeCases: { version, into: caseId, intoVersion: version },
    partCases: { version },
    handOver: { version: 99, platform: world.arras },
    postpone: { item: 'call_back', until: '2025-11-25' },
  };
  const body = bodies[name];
  return {
    params: { caseId },
    ...(OF_A_PLATFORM.has(name) ? { query: { platform: world.lens } } : {}),
    ...(name === 'search' ? { query: { q: 'awa' } } : {}),
    ...(body ? { body } : {}),
  };
}

test('the page tells every route, and every role', () => {
  expect([...EXPECTED.keys()]).toEqual(Object.keys(ROUTES));
  expect([...EXPECTED.values()].every((row) => row.length === ROLES.length)).toBe(true);
});

describe.each(NAMES)('%s', (name) => {
  test.each(ROLES)('%s, on their own territory', async (role) => {
    const { status } = await call(server.api, name, {
      token: world.tokens[WHO[role]],
      ...given(name, cases.own),
    });
    expect(status !== 403 && status !== 401 && status !== 404).toBe(
      EXPECTED.get(name)?.[ROLES.indexOf(role)],
    );
  });

  const route: RouteDefinition = ROUTES[name];
  if (!route.params) return;
  test.each(ROLES)('%s, on a case of another territory: refused or not there', async (role) => {
    const { status } = await call(server.api, name, {
      token: world.tokens[WHO[role]],
      ...given(name, cases.other),
    });
    expect(status).toBe(EXPECTED.get(name)?.[ROLES.indexOf(role)] ? 404 : 403);
  });
});

test('who works on a platform is told to its own people alone', async () => {
  const ask = async (platform: string) =>
    (await call(server.api, 'colleagues', { token: world.tokens.nadia, query: { platform } })).body
      .colleagues;
  expect(JSON.stringify(await ask(world.lens))).toContain(world.ids.nadia);
  expect(await ask(world.lille)).toEqual([]);
});

test('without a session, nothing that is not open', async () => {
  for (const name of NAMES) {
    const { access }: RouteDefinition = ROUTES[name];
    const { status } = await call(server.api, name, given(name, cases.own));
    expect({ name, status }).toEqual({ name, status: access === 'public' || access === 'demo' ? 200 : 401 });
  }
});

test('nobody whose right or designation has ended gets past the door of any route', async () => {
  for (const who of ['karim', 'sonia'] as const)
    for (const name of NAMES) {
      const { access }: RouteDefinition = ROUTES[name];
      if (access === 'public' || access === 'demo') continue;
      const { status } = await call(server.api, name, {
        token: world.tokens[who],
        ...given(name, cases.own),
      });
      expect({ who, name, status }).toEqual({ who, name, status: 403 });
    }
});
