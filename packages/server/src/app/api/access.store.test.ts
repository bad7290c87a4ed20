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
let requestId = '';
beforeAll(async () => {
  const elsewhere = people(1, 1).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' }));
  published = await openPublishedWorld([...people(1), ...elsewhere]);
  ({ database, world } = published);
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ case_id: string; platform_id: string }>(
      'SELECT case_id, platform_id FROM cases.cases',
    ),
  );
  cases.own = rows.find(({ platform_id }) => platform_id === world.lens)?.case_id ?? '';
  cases.other = rows.find(({ platform_id }) => platform_id === world.lille)?.case_id ?? '';
  server = createTestApi(database);
  const opened = await call(server.api, 'openPrivacyRequest', {
    token: world.tokens.david,
    ...given('openPrivacyRequest', cases.own),
  });
  requestId = String(opened.body.requestId);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
});

const NAMES = (Object.keys(ROUTES) as RouteName[]).filter((name) => name !== 'signOut');
/** What a route is called with, so that nothing but the right decides. */
function given(name: RouteName, caseId: string): Call {
  const version = 1;
  const bodies: Partial<Record<RouteName, object>> = {
    demoSignIn: { personId: world.ids.nadia },
    recordAttempt: { version, channel: 'phone', outcome: 'no_answer' },
    assign: { version, referent: null },
    undo: { version },
    findSubject: { familyName: 'NOM000000', firstName: 'Awa', birthDate: '2005-03-04' },
    openPrivacyRequest: { kind: 'access', caseId, receivedOn: '2025-11-01', identityChecked: true },
    answerPrivacyRequest: { answer: 'granted' },
  };
  const body = bodies[name];
  return {
    params: { caseId, jobId: caseId, requestId },
    ...(name === 'worklist' ? { query: { platform: world.lens } } : {}),
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
  if (!route.path.includes('{caseId}')) return;
  test.each(ROLES)('%s, on a case of another territory: refused or not there', async (role) => {
    const { status } = await call(server.api, name, {
      token: world.tokens[WHO[role]],
      ...given(name, cases.other),
    });
    expect(status).toBe(EXPECTED.get(name)?.[ROLES.indexOf(role)] ? 404 : 403);
  });
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
