import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { discoverProvider, readSignInSettings } from '../../modules/access/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { call, createTestApi, type TestApi } from '../testing/test-api.ts';
import { openBrowser, type TestBrowser } from '../testing/test-browser.ts';
import { startTestProvider, type TestAccount, type TestProvider } from '../testing/test-provider.ts';
import { openTestStore } from '../testing/test-store.ts';
import { buildWorld, type TestWorld } from '../testing/test-world.ts';

const NADIA: TestAccount = {
  sub: 'nadia-chez-le-fournisseur',
  email: 'Nadia@exemple.test',
  given_name: 'Nadia',
  usual_name: 'Inventée',
  siret: '13002526500013',
  idp_id: 'fournisseur-1',
  secondFactor: true,
};
/** What its authorization endpoint takes; anything else is an error Y000400. Source: federation of ProConnect, `AuthorizeParamsDto`. */
const PROCONNECT_TAKES = [
  ...[
    'client_id',
    'response_type',
    'response_mode',
    'redirect_uri',
    'scope',
    'claims',
    'acr_values',
    'prompt',
  ],
  ...['state', 'nonce', 'login_hint', 'siret_hint', 'idp_hint', 'code_challenge', 'code_challenge_method'],
];
const STRANGER: TestAccount = {
  sub: 'inconnu',
  email: 'inconnu@exemple.test',
  given_name: 'In',
  usual_name: 'Connu',
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

interface Bench {
  readonly publicUrl: string;
  readonly server: TestApi;
  readonly provider: TestProvider;
}
/** The application listening, and a provider that knows it. */
async function openBench(database: Database, signsUserinfo: boolean, refreshes: boolean): Promise<Bench> {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const provider = await startTestProvider({ publicUrl, signsUserinfo, refreshes });
  const settings = readSignInSettings({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    PUBLIC_URL: publicUrl,
  });
  if (!settings) throw new Error('no settings');
  const server = createTestApi(database, false, { provider: await discoverProvider(settings) });
  await server.api.listen({ host: '127.0.0.1', port });
  return { publicUrl, server, provider };
}
async function closeBench({ server, provider }: Bench): Promise<void> {
  await server.api.close();
  await provider.close();
}

let database: Database;
let world: TestWorld;
beforeAll(async () => {
  database = await openTestStore();
  world = await buildWorld(database);
});
afterAll(() => database.close());

const owner = <R extends object>(sql: string, parameters: readonly unknown[] = []) =>
  database.transaction({}, async (transaction) => (await transaction.query<R>(sql, parameters)).rows);
const tokenIn = (browser: TestBrowser, { publicUrl }: Bench) => browser.cookie(publicUrl, 'raccroche');
const meOf = ({ server }: Bench, token: string | undefined) =>
  call(server.api, 'me', {
    headers: token === undefined ? {} : { cookie: `raccroche=${token}` },
  });

describe.each([
  ['userinfo signed, as ProConnect does, and no refresh', true, false],
  ['userinfo plain, and a refresh token', false, true],
] as const)('a provider with %s', (_, signsUserinfo, refreshes) => {
  let bench: Bench;
  let browser: TestBrowser;
  beforeAll(async () => {
    bench = await openBench(database, signsUserinfo, refreshes);
    await owner('UPDATE access.people SET issuer = $1, subject = $2 WHERE person_id = $3', [
      bench.provider.issuer,
      NADIA.sub,
      world.ids.nadia,
    ]);
  });
  afterAll(() => closeBench(bench));
  beforeEach(() => {
    browser = openBrowser();
    bench.provider.next(NADIA);
  });
  const visit = (path: string) => browser.visit(`${bench.publicUrl}${path}`);
  const signIn = async (query = '') => {
    await visit(`/api/sign-in${query}`);
    return tokenIn(browser, bench);
  };

  test('signs in somebody known, and brings them back where they wanted to go', async () => {
    const { url } = await visit('/api/sign-in?returnTo=/api/me');
    expect(url).toBe(`${bench.publicUrl}/api/me`);
    const { body } = await meOf(bench, tokenIn(browser, bench));
    expect(body).toMatchObject({
      personId: world.ids.nadia,
      displayName: 'Nadia Inventée',
      signIn: { kind: 'provider', secondFactor: false },
    });
    const [person] = await owner('SELECT email, siret FROM access.people WHERE person_id = $1', [
      world.ids.nadia,
    ]);
    expect(person).toEqual({ email: 'nadia@exemple.test', siret: '13002526500013' });
  });

  test('keeps neither the token of the session nor those of the provider where the base can read them', async () => {
    const token = (await signIn()) ?? '';
    const [row] = await owner<{ kept: Uint8Array; row: string }>(
      'SELECT kept, s::TEXT AS row FROM access.sessions s WHERE person_id = $1 AND kept IS NOT NULL ORDER BY created_at DESC LIMIT 1',
      [world.ids.nadia],
    );
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(row?.row).not.toContain(token);
    expect(Buffer.from(row?.kept ?? []).toString('latin1')).not.toContain('eyJ');
  });

  test('tells kindly somebody whom nobody invited, and keeps nothing of them', async () => {
    bench.provider.next(STRANGER);
    const { status, text } = await visit('/api/sign-in');
    expect(status).toBe(403);
    expect(text).toContain('Personne ne vous a encore donné de droits ici.');
    expect(tokenIn(browser, bench)).toBeUndefined();
    expect(await owner("SELECT FROM access.people WHERE subject = 'inconnu'")).toEqual([]);
  });

  test('takes nobody at the word of an address that the provider did not verify', async () => {
    bench.provider.next({ ...NADIA, email_verified: false });
    const { status, text } = await visit('/api/sign-in');
    expect(status).toBe(400);
    expect(text).toContain('n’est pas vérifiée');
  });

  test('asks for a second factor and for a new authentication, and says when it was given', async () => {
    const weak = await signIn();
    const strong = await signIn('?strong=true');
    expect((await meOf(bench, strong)).body).toMatchObject({ signIn: { secondFactor: true } });
    // The session that it follows is over.
    expect((await meOf(bench, weak)).status).toBe(401);
    await owner(
      "UPDATE access.sessions SET auth_time = now() - INTERVAL '11 minutes' WHERE kind = 'provider'",
    );
    expect((await meOf(bench, strong)).body).toMatchObject({ signIn: { secondFactor: false } });
    const [row] = await owner(
      'SELECT acr, strong FROM access.sessions WHERE strong ORDER BY created_at DESC',
    );
    expect(row).toEqual({ acr: signsUserinfo ? 'eidas1-mfa' : 'eidas2', strong: true });
  });

  test('lets nobody by who has no second factor to give when it is asked for', async () => {
    const before = await signIn();
    bench.provider.next({ ...NADIA, secondFactor: false });
    const { status, text } = await visit('/api/sign-in?strong=true');
    expect(status).toBe(403);
    expect(text).toContain('n’a pas confirmé de second facteur');
    expect(tokenIn(browser, bench)).toBe(before);
  });

  test('closes the provider’s session too when somebody signs out', async () => {
    const token = await signIn();
    const { body: me } = await meOf(bench, token);
    const { body } = await call(bench.server.api, 'signOut', {
      headers: { cookie: `raccroche=${token}`, 'x-csrf-token': String(me.csrfToken) },
    });
    const location = new URL(String(body.location));
    expect(location.origin).toBe(bench.provider.issuer);
    expect(location.searchParams.get('state')).toMatch(/^[0-9a-f]{64}$/);
    expect(location.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    expect((await meOf(bench, token)).status).toBe(401);
    const form = await browser.visit(location.href);
    const end = await browser.submit(form, { logout: 'yes' });
    expect(end).toBe(`${bench.publicUrl}/`);
  });

  test('ends the sessions that the provider says are over: that one, and not another of the same person', async () => {
    const here = await signIn();
    const elsewhere = openBrowser();
    await elsewhere.visit(`${bench.publicUrl}/api/sign-in`);
    const there = tokenIn(elsewhere, bench);
    // Signed out at the provider, from this browser, without a word to the application.
    const form = await browser.visit(`${bench.provider.issuer}/session/end`);
    await browser.submit(form, { logout: 'yes' });
    await expect.poll(async () => (await meOf(bench, here)).status).toBe(401);
    expect((await meOf(bench, there)).status).toBe(200);
  });

  test('ends the session that the provider’s page names in a frame, for its own issuer alone, without a cookie', async () => {
    const { api } = bench.server;
    const [here, elsewhere] = [await signIn(), openBrowser()];
    await elsewhere.visit(`${bench.publicUrl}/api/sign-in`);
    const there = tokenIn(elsewhere, bench);
    const [{ sid } = { sid: '' }] = await owner<{ sid: string }>(
      "SELECT sid FROM access.sessions WHERE token_hash = sha256(convert_to($1, 'UTF8'))",
      [here],
    );
    const frame = (query: Record<string, string>) =>
      api.inject({ url: '/api/sign-out/front-channel', query, headers: { 'sec-fetch-site': 'cross-site' } });
    const { issuer } = bench.provider;
    for (const query of [
      { iss: 'https://ailleurs.test', sid },
      { iss: issuer, sid: 'autre' },
      { iss: issuer },
      { sid },
    ])
      await frame(query as Record<string, string>);
    expect((await frame({ iss: 'https://ailleurs.test', sid })).statusCode).toBe(400);
    expect((await frame({ iss: issuer })).statusCode).toBe(400);
    expect((await meOf(bench, here)).status).toBe(200);
    const answer = await frame({ iss: issuer, sid });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining(`frame-ancestors ${issuer};`) as string,
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect([(await meOf(bench, here)).status, (await meOf(bench, there)).status]).toEqual([401, 200]);
    // No other page of the application is ever framed.
    const other = await api.inject({ url: '/api/health' });
    expect(other.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('lets a session last as long as the provider knows the person, and no longer', async () => {
    const token = await signIn();
    const { body: me } = await meOf(bench, token);
    const renew = () =>
      call(bench.server.api, 'renewSession', {
        headers: { cookie: `raccroche=${token}`, 'x-csrf-token': String(me.csrfToken) },
      });
    if (!refreshes) {
      expect((await renew()).body.code).toBe('not_possible');
      return;
    }
    await owner("UPDATE access.sessions SET expires_at = now() + INTERVAL '1 minute' WHERE ended_at IS NULL");
    const { body } = await renew();
    expect(Date.parse(String(body.expiresAt))).toBeGreaterThan(Date.parse(systemClock.now()) + 3_600_000);
    bench.provider.remove(NADIA.sub);
    expect((await renew()).status).toBe(401);
    expect((await meOf(bench, token)).status).toBe(401);
  });

  test('renews a session once for two pages that ask together, and each gets the session', async () => {
    if (!refreshes) return;
    const token = await signIn();
    const { body: me } = await meOf(bench, token);
    const renew = () =>
      call(bench.server.api, 'renewSession', {
        headers: { cookie: `raccroche=${token}`, 'x-csrf-token': String(me.csrfToken) },
      });
    const together = await Promise.all([renew(), renew(), renew()]);
    expect(together.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await renew()).status).toBe(200);
    // A turn that nobody gave back holds nobody up for ever.
    await owner('UPDATE access.sessions SET renewing_until = now()');
    expect((await renew()).status).toBe(200);
  });

  test.each([
    ['nothing', ''],
    ['an answer that this browser did not ask for', '?code=x&state=y'],
    ['a refusal', '?error=access_denied&state=y'],
  ])('opens nothing for %s', async (_given, query) => {
    const { status, text } = await visit(`/api/sign-in/callback${query}`);
    expect(status).toBe(400);
    expect(text).toContain('La connexion n’a pas abouti.');
  });

  test.each(['', '?strong=true'])('asks nothing that ProConnect refuses: %s', async (query) => {
    const { headers } = await bench.server.api.inject({ url: `/api/sign-in${query}` });
    const { searchParams: asked } = new URL(String(headers.location));
    expect([...asked.keys()].filter((name) => !PROCONNECT_TAKES.includes(name))).toEqual([]);
    for (const name of ['state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThanOrEqual(32);
  });

  test('takes no answer for a state that is not the one of this browser', async () => {
    const { api } = bench.server;
    const begun = await api.inject({ url: '/api/sign-in' });
    const pending = String(begun.headers['set-cookie']).split(';')[0] ?? '';
    const forged = await api.inject({
      url: '/api/sign-in/callback?code=x&state=forged',
      headers: { cookie: pending },
    });
    expect(forged.json<{ code: string }>().code).toBe('sign_in_failed');
  });

  test.each(['//ailleurs.test', '/\\ailleurs.test', 'https://ailleurs.test'])(
    'sends nobody to another site: %s',
    async (returnTo) => {
      expect((await visit(`/api/sign-in?returnTo=${encodeURIComponent(returnTo)}`)).status).toBe(400);
    },
  );

  test('says that it is not set where no provider is', async () => {
    const { api } = createTestApi(database, false);
    const answer = await api.inject({ url: '/api/sign-in' });
    expect(answer.json<{ code: string }>().code).toBe('not_ready');
    await api.close();
  });
});
