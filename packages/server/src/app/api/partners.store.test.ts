import { readFileSync } from 'node:fs';
import {
  PARTNER_KINDS,
  type PartnerKind,
  ROUTES,
  type RouteDefinition,
  type RouteName,
} from '@raccroche/contract';
import { describe, expect, test } from 'vitest';
import { useServedWorld } from '../testing/served-world.ts';
import { type Call, call, createTestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import { addTestPartner, askToken, SCHOOL_OF, tokenOf } from '../testing/test-partner.ts';
import { ARRAS_COMMUNE, LENS_COMMUNE, LILLE_COMMUNE, type Somebody } from '../testing/test-world.ts';
import { createRateLimits } from './rate-limits.ts';

const LISTED = [
  ...people(6),
  ...people(1, 10).map((one) => ({ ...one, commune: ARRAS_COMMUNE })),
  ...people(1, 20).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' })),
];
const on = useServedWorld(LISTED);
const as = (token: string, name: RouteName, given: Call = {}) =>
  call(on.server.api, name, { ...given, headers: { authorization: `Bearer ${token}`, ...given.headers } });
const add = (kind: PartnerKind, more: object = {}, who: Somebody = 'diane') =>
  addTestPartner(on, kind, more, who);
const siei = (number: number) => `TEST${String(number).padStart(6, '0')}AA`;
const report = async (token: string, situations: readonly object[], headers: Call['headers'] = {}) => {
  const { body } = await as(token, 'reportSituations', { body: { situations }, headers });
  return (body.results as { result: string }[] | undefined)?.map(({ result }) => result);
};
const told = (number: number, more: object = {}) => ({
  siei: siei(number),
  situation: 'accompanied',
  on: '2025-11-10',
  ...more,
});

const SIGNALLED = {
  uai: SCHOOL_OF.school,
  familyName: 'Signalée',
  firstNames: ['Inès'],
  birthDate: '2007-05-06',
  commune: LENS_COMMUNE,
};

describe('connecting a system', () => {
  test('shows its secret once, and keeps a hash alone', async () => {
    const { partnerId, secret, prefix } = await add('mission_locale');
    expect(secret.startsWith(prefix)).toBe(true);
    const { body } = await on.call('partners', 'paul');
    expect(JSON.stringify(body)).toContain(prefix);
    expect(JSON.stringify(body)).not.toContain(secret);
    expect(
      await on.owner('SELECT FROM access.partner_secrets k WHERE k::TEXT LIKE $1', [`%${secret}%`]),
    ).toEqual([]);
    expect((await on.call('partners', 'lea')).body.partners).toEqual([]);
    expect(JSON.stringify((await on.call('partners', 'david')).body)).toContain(partnerId);
  });

  test('a repeated request with its key makes one system, and shows no secret again', async () => {
    const headers = { 'idempotency-key': 'one-system-only' };
    const body = { name: 'rejouée', headers };
    const first = await add('mission_locale', body);
    const again = await add('mission_locale', body);
    expect(first.secret).not.toBe('');
    expect(again).toEqual({ ...first, secret: '' });
  });

  test.each<[string, PartnerKind, object, string]>([
    ['another organisation’s kind', 'cfa', { organisationId: 'designated' }, 'not_possible'],
    ['a right that its kind has not', 'mission_locale', { scopes: ['case.signal'] }, 'not_possible'],
    ['a territory of another département', 'mission_locale', { platform: 'lille' }, 'not_allowed'],
    ['more than three years', 'mission_locale', { validTo: day(1200) }, 'not_possible'],
    ['an end gone by', 'mission_locale', { validFrom: day(-9), validTo: day(-1) }, 'not_possible'],
  ])('is refused for %s', async (_, kind, more, code) => {
    expect((await add(kind, more)).code).toBe(code);
  });

  test('is not for those who may not, nor to be changed from elsewhere', async () => {
    expect((await add('mission_locale', {}, 'paul')).code).toBe('not_allowed');
    const { partnerId, secretId } = await add('mission_locale');
    for (const who of ['ines', 'david', 'paul'] as const) {
      expect((await on.call('revokePartner', who, { params: { partnerId } })).status).toBeGreaterThanOrEqual(
        403,
      );
      const secret = await on.call('revokePartnerSecret', who, { params: { partnerId, secretId } });
      expect(secret.status).toBeGreaterThanOrEqual(403);
    }
    expect((await on.call('revokePartner', 'ines', { params: { partnerId } })).status).toBe(404);
  });
});

describe('a token, by RFC 6749', () => {
  test('is given for the secret in the header or in the form, with the scopes', async () => {
    const { partnerId, secret } = await add('mission_locale');
    const basic = await askToken(on.server.api, { partnerId, secret });
    expect(basic).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: { token_type: 'Bearer', expires_in: 600, scope: 'situation.report webhook.manage' },
    });
    const form = { client_id: partnerId, client_secret: secret, scope: 'situation.report' };
    const posted = await askToken(on.server.api, { form });
    expect(posted.body.scope).toBe('situation.report');
    const narrow = String(posted.body.access_token);
    expect((await as(narrow, 'webhooks')).status).toBe(403);
    expect(await report(narrow, [told(0)])).toEqual(['accepted']);
    const used = await on.owner<{ last_used_at: string | null }>(
      'SELECT last_used_at FROM access.partner_secrets WHERE partner_id = $1',
      [partnerId],
    );
    expect(used[0]?.last_used_at).not.toBe(null);
  });

  test('is refused in the words of the standard', async () => {
    const { partnerId, secret } = await add('mission_locale');
    const { partnerId: other } = await add('mission_locale');
    const form = { client_id: partnerId, client_secret: secret };
    const ask = async (given: Parameters<typeof askToken>[1]) => {
      const { status, body, headers } = await askToken(on.server.api, given);
      return [status, body.error, headers['www-authenticate']];
    };
    const unknown = [401, 'invalid_client', 'Basic realm="raccroche"'];
    expect(await ask({ partnerId, secret: `${secret}0` })).toEqual(unknown);
    expect(await ask({ partnerId: other, secret })).toEqual(unknown);
    expect(await ask({ partnerId: 'x', secret })).toEqual(unknown);
    expect(await ask({ form: {} })).toEqual(unknown);
    expect(await ask({ partnerId, secret, form: { client_secret: secret } })).toEqual([
      400,
      'invalid_request',
      undefined,
    ]);
    expect(await ask({ form: { ...form, grant_type: 'password' } })).toEqual([
      400,
      'unsupported_grant_type',
      undefined,
    ]);
    expect(await ask({ form: { ...form, scope: 'case.signal' } })).toEqual([400, 'invalid_scope', undefined]);
  });

  test('is asked no more often than it is needed', async () => {
    const { partnerId, secret } = await add('mission_locale');
    const limits = createRateLimits({ session: 300, open: 300, signIn: 10 }, () => 0);
    const { api } = createTestApi(on.database, true, { limits });
    for (let asked = 0; asked < 20; asked += 1) await askToken(api, { partnerId, secret });
    const { status, headers } = await askToken(api, { partnerId, secret });
    expect([status, headers['retry-after']]).toEqual([429, '3']);
    await api.close();
  });

  test('is described to machines, with its scopes, beside the routes that take it', async () => {
    const { body } = await call(on.server.api, 'openapi');
    expect(body).toMatchObject({
      components: {
        securitySchemes: {
          system: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/api/oauth/token' } } },
        },
      },
      paths: {
        '/api/partner/situations': { post: { security: [{ system: ['situation.report'] }] } },
        '/api/partner/deliveries': {
          post: {
            requestBody: { content: { 'application/octet-stream': { schema: { format: 'binary' } } } },
          },
        },
      },
    });
  });

  test('and somebody’s session do not stand for one another', async () => {
    const token = await tokenOf(on, await add('mission_locale'));
    expect((await call(on.server.api, 'me', { token })).status).toBe(401);
    const school = await tokenOf(on, await add('school'));
    const { uai: _, ...person } = SIGNALLED;
    const asPerson = { token: school, body: { ...person, origin: 'school' } };
    expect((await call(on.server.api, 'signal', asPerson)).status).toBe(401);
    const { status, headers } = await as(on.world.tokens.nadia, 'webhooks');
    expect([status, headers['www-authenticate']]).toEqual([
      401,
      'Bearer realm="raccroche", error="invalid_token"',
    ]);
  });

  test('two secrets overlap; a third waits; a revoked one ends its tokens at once', async () => {
    const made = await add('mission_locale');
    const { partnerId, secretId } = made;
    const token = await tokenOf(on, made);
    const renew = () =>
      on.call('addPartnerSecret', 'diane', { params: { partnerId }, body: { overlapDays: 2 } });
    const second = (await renew()).body as { secret: string };
    const fresh = await tokenOf(on, { partnerId, secret: second.secret });
    expect(await report(token, [told(1)])).toEqual(['accepted']);
    expect((await renew()).body.code).toBe('not_possible');
    await on.call('revokePartnerSecret', 'diane', { params: { partnerId, secretId } });
    expect((await as(token, 'webhooks')).status).toBe(401);
    expect((await askToken(on.server.api, made)).status).toBe(401);
    expect((await as(fresh, 'webhooks')).status).toBe(200);
    await on.call('revokePartner', 'diane', { params: { partnerId } });
    expect((await as(fresh, 'webhooks')).status).toBe(401);
    expect((await askToken(on.server.api, { partnerId, secret: second.secret })).status).toBe(401);
  });

  test('of a system whose time is over, or whose organisation is no longer designated, opens nothing', async () => {
    const made = await add('mission_locale');
    const token = await tokenOf(on, made);
    const expire =
      'UPDATE access.partners SET valid_from = valid_from - 9, valid_to = current_date - 1 WHERE partner_id = $1';
    await on.owner(expire, [made.partnerId]);
    expect((await as(token, 'webhooks')).status).toBe(401);
    expect((await askToken(on.server.api, made)).status).toBe(401);
    const next = await tokenOf(on, await add('mission_locale'));
    const designated = (end: string) =>
      on.owner(
        `UPDATE access.designations SET valid_to = ${end} WHERE platform_id = $1 AND organisation_id = $2`,
        [on.world.lens, on.world.organisation],
      );
    await designated('current_date - 1');
    expect((await as(next, 'webhooks')).status).toBe(403);
    await designated('NULL');
    expect((await as(next, 'webhooks')).status).toBe(200);
  });
});

describe('what each kind of system may call', () => {
  const PAGE = readFileSync(new URL('../../../../../docs/acces.md', import.meta.url), 'utf8');
  const rows = PAGE.slice(PAGE.indexOf('## Les systèmes partenaires'))
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter(([, name = '']) => name in ROUTES);

  test('is what the page tells, and no route of people', async () => {
    const systems = (Object.entries(ROUTES) as [string, RouteDefinition][]).filter(
      ([, { system }]) => system,
    );
    expect(rows.map(([, name]) => name)).toEqual(systems.map(([name]) => name));
    for (const [index, kind] of PARTNER_KINDS.entries()) {
      const token = await tokenOf(on, await add(kind));
      for (const [, name = '', , ...cells] of rows) {
        // Only the right is looked at: what is mis-written comes before it, or after.
        const given = bodyOf(name as RouteName);
        const { status } = await as(token, name as RouteName, given);
        expect({ kind, name, allowed: status !== 403 && status !== 401 }).toEqual({
          kind,
          name,
          allowed: cells[index] !== 'non',
        });
      }
      for (const [name, route] of Object.entries(ROUTES) as [RouteName, RouteDefinition][]) {
        if (route.system || ['public', 'demo'].includes(route.access)) continue;
        const { status } = await as(token, name, bodyOf(name));
        expect({ name, opened: status === 200 }).toEqual({ name, opened: false });
      }
    }
  });
});

const NOBODY = 'a3bb189e-8bf9-3888-9912-ace4e6543002';
function bodyOf(name: RouteName): Call {
  const { path }: RouteDefinition = ROUTES[name];
  const bodies: Partial<Record<RouteName, object>> = {
    reportSituations: { situations: [told(0)] },
    partnerSignal: {
      uai: SCHOOL_OF.school,
      familyName: 'INCONNU',
      firstNames: ['Awa'],
      birthDate: '2006-03-04',
      commune: LENS_COMMUNE,
    },
    subscribe: { url: 'https://exemple.test', events: ['case.closed'] },
  };
  const params = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => [key, NOBODY]));
  const query =
    name === 'pushDelivery' ? { uai: SCHOOL_OF.cfa, schoolYear: '2025-2026', extractedOn: day() } : {};
  const body = bodies[name];
  return { params, query, ...(body ? { body } : {}) };
}

describe('a mission locale', () => {
  test('tells situations line by line: taken, told already, not yet, or unknown, whoever’s it is', async () => {
    const token = await tokenOf(on, await add('mission_locale'));
    const lines = [
      told(2),
      told(2),
      told(2, { situation: 'in_employment' }),
      told(3, { on: day(1) }),
      told(10),
      told(20),
      told(99),
    ];
    expect(await report(token, lines)).toEqual([
      'accepted',
      'already_told',
      'accepted',
      'not_yet',
      'unknown',
      'unknown',
      'unknown',
    ]);
    const trail = await on.owner<{ subjects: string[]; details: object }>(
      "SELECT subjects, details FROM audit.entries WHERE action = 'case.situation_reported' ORDER BY at DESC LIMIT 1",
    );
    expect(trail[0]).toMatchObject({
      subjects: [expect.any(String)],
      details: { lines: 6, accepted: 2, unknown: 3 },
    });
    expect((await as(token, 'reportSituations', { body: { situations: [] } })).status).toBe(400);
    const many = Array.from({ length: 501 }, () => told(2));
    expect((await as(token, 'reportSituations', { body: { situations: many } })).status).toBe(400);
  });

  test('proposes: the story and the platform’s notices tell it, the case stays where it is', async () => {
    const made = await add('mission_locale', { name: 'i-MILO de Lens' });
    await report(await tokenOf(on, made), [told(4, { situation: 'in_apprenticeship' })]);
    const [row] = await on.owner<{ case_id: string; pathway: string; version: number }>(
      'SELECT case_id, pathway, version FROM cases.cases WHERE siei = $1',
      [siei(4)],
    );
    expect(row).toMatchObject({ pathway: 'not_started', version: 2 });
    const caseId = row?.case_id ?? '';
    const { timeline } = (await on.call('caseDetail', 'nadia', { params: { caseId } })).body as {
      timeline: object[];
    };
    expect(timeline.at(-1)).toMatchObject({
      kind: 'situation_reported',
      actor: made.partnerId,
      details: {
        situation: 'in_apprenticeship',
        on: '2025-11-10',
        proposes: { step: 'entered', solution: 'apprenticeship' },
        partner: 'i-MILO de Lens',
      },
    });
    const { notices } = (await on.call('caseNotices', 'nadia', { query: { platform: on.world.lens } })).body;
    expect(notices).toContainEqual(
      expect.objectContaining({ kind: 'situation_reported', caseId, askedBy: made.partnerId }),
    );
    const { readers } = (await on.call('caseReaders', 'david', { params: { caseId } })).body;
    expect(readers).toContainEqual(
      expect.objectContaining({
        displayName: 'i-MILO de Lens',
        purpose: 'follow_up',
        action: 'case.situation_reported',
      }),
    );
  });

  test('tells of a case that was joined to another where its story goes on', async () => {
    const token = await tokenOf(on, await add('mission_locale'));
    await on.owner(
      `UPDATE cases.cases SET pathway = 'closed', outcome = 'merged', merged_into = (SELECT case_id FROM cases.cases WHERE siei = $2)
       WHERE siei = $1`,
      [siei(0), siei(1)],
    );
    expect(
      await report(token, [told(0, { situation: 'in_school' }), told(1, { situation: 'in_school' })]),
    ).toEqual(['accepted', 'already_told']);
  });

  test('two systems that tell of the same people at once, in another order, both have their say', async () => {
    const tokens = [
      await tokenOf(on, await add('mission_locale')),
      await tokenOf(on, await add('mission_locale')),
    ];
    const lines = [1, 2, 3, 4].map((number) => told(number, { situation: 'in_civic_service' }));
    const answers = await Promise.all(
      tokens.map((token, index) => report(token, index === 0 ? lines : lines.toReversed())),
    );
    expect(answers.flat()).toEqual(Array.from({ length: 8 }, () => 'accepted'));
  });

  test('hears nothing of somebody who had the use of their data restricted', async () => {
    await on.owner(
      `INSERT INTO privacy.requests (kind, case_id, received_on, answered_on, answer, recorded_by)
       SELECT 'restriction', case_id, '2025-11-01', '2025-11-02', 'granted', $2 FROM cases.cases WHERE siei = $1`,
      [siei(5), on.world.ids.david],
    );
    expect(await report(await tokenOf(on, await add('mission_locale')), [told(5)])).toEqual(['unknown']);
  });

  test('a repeated call with its key is answered alike, and done once', async () => {
    const token = await tokenOf(on, await add('mission_locale'));
    const headers = { 'idempotency-key': 'situations-0001' };
    expect(await report(token, [told(1)], headers)).toEqual(['accepted']);
    expect(await report(token, [told(1)], headers)).toEqual(['accepted']);
    expect(await report(token, [told(1)])).toEqual(['already_told']);
  });
});

describe('a school’s tool', () => {
  test('signals for its own establishment; who is followed is recognised, and no case is told', async () => {
    const token = await tokenOf(on, await add('school', { alsoOver: ['0620002B'] }));
    const signal = (body: object) => as(token, 'partnerSignal', { body: { ...SIGNALLED, ...body } });
    const first = await signal({});
    expect(first.body).toEqual({ caseId: expect.any(String) as string, followed: [] });
    const [made] = await on.owner('SELECT origin_uai FROM cases.cases WHERE case_id = $1', [
      first.body.caseId,
    ]);
    expect(made).toEqual({ origin_uai: SCHOOL_OF.school });
    expect((await signal({})).body).toEqual({
      caseId: null,
      followed: [{ platformName: 'lens', department: '62' }],
    });
    expect((await signal({ uai: '0590002B' })).status).toBe(404);
    expect((await signal({ birthDate: '2015-01-01' })).body.code).toBe('not_possible');
  });
});

test('by SQL, with a token, the application’s role sees no case and no other system’s webhooks', async () => {
  const token = await tokenOf(on, await add('mission_locale'));
  const run = (sql: string) =>
    on.database.transaction(
      { role: 'raccroche_app', settings: { 'raccroche.session': token, 'raccroche.purpose': 'follow_up' } },
      (transaction) => transaction.query(sql),
    );
  for (const table of [
    'cases.cases',
    'cases.events',
    'cases.notices',
    'lists.published_entries',
    'partners.webhooks',
  ])
    expect((await run(`SELECT FROM ${table}`)).rowCount).toBe(0);
  for (const table of ['access.partners', 'access.partner_secrets', 'access.partner_territories'])
    await expect(run(`SELECT FROM ${table}`)).rejects.toThrow(/permission denied/);
  await expect(
    run("INSERT INTO partners.messages (webhook_id, kind, about) VALUES (gen_random_uuid(), 'x', '[]')"),
  ).rejects.toThrow(/permission denied/);
  await expect(run("SELECT partners.announce('closed', NULL, '[]')")).rejects.toThrow(/permission denied/);
  await expect(
    run(
      `INSERT INTO partners.webhooks (partner_id, url, events, kinds) VALUES ('${on.world.ids.nadia}', 'x', '{}', '{}')`,
    ),
  ).rejects.toThrow(/row-level security/);
});
