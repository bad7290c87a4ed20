import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { interactionPolicy, type KoaContext, Provider } from 'oidc-provider';

/** Somebody whom the provider of the tests knows. */
export interface TestAccount {
  readonly sub: string;
  readonly email: string;
  readonly given_name: string;
  readonly usual_name: string;
  readonly siret?: string;
  readonly idp_id?: string;
  readonly email_verified?: boolean;
  /** Has a second factor to give when it is asked for. */
  readonly secondFactor?: boolean;
}

/** A real OpenID Connect provider on this machine, which lets in whoever `next` names without asking anything. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who signs in at the next page that asks. */
  next(account: TestAccount): void;
  /** The provider forgets somebody: their refresh tokens are worth nothing. */
  remove(sub: string): void;
  close(): Promise<void>;
}

const CLIENT = { id: 'raccroche-essai', secret: 'un secret des tests, sans valeur ailleurs' };
const SCOPES = ['openid', 'given_name', 'usual_name', 'email', 'siret', 'idp_id'];

/**
 * `publicUrl`: where the application answers. `signsUserinfo`: as ProConnect does, userinfo comes as a JWT, and a second factor that
 * somebody set up themselves is `eidas1-mfa`.
 */
export async function startTestProvider(given: {
  readonly publicUrl: string;
  readonly signsUserinfo: boolean;
  readonly refreshes: boolean;
}): Promise<TestProvider> {
  const accounts = new Map<string, TestAccount>();
  let current: TestAccount | undefined;
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: Provider = new Provider(issuer, {
    ...configurationOf(given, accounts),
    loadExistingGrant: async ({ oidc }: KoaContext) => {
      const { accountId } = oidc.session;
      const grant = new provider.Grant({ accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope(SCOPES.join(' '));
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) {
      void handle(request, response);
      return;
    }
    void signIn(provider, request, response, current, given.signsUserinfo ? 'eidas1-mfa' : 'eidas2');
  });
  return {
    issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    next(account) {
      current = account;
      accounts.set(account.sub, account);
    },
    remove: (sub) => void accounts.delete(sub),
    close: () => closed(server),
  };
}

async function signIn(
  provider: Provider,
  request: Parameters<Provider['interactionDetails']>[0],
  response: Parameters<Provider['interactionDetails']>[1],
  account: TestAccount | undefined,
  strongAcr: string,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const wantsStrong = (params.claims ?? '').includes(strongAcr);
  const login = {
    accountId: account?.sub,
    acr: wantsStrong && account?.secondFactor ? strongAcr : 'eidas1',
  };
  await provider.interactionFinished(
    request,
    response,
    account ? { login } : { error: 'access_denied', error_description: 'nobody signs in' },
  );
}

function configurationOf(
  { publicUrl, signsUserinfo, refreshes }: Parameters<typeof startTestProvider>[0],
  accounts: ReadonlyMap<string, TestAccount>,
) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const client = {
    client_id: CLIENT.id,
    client_secret: CLIENT.secret,
    redirect_uris: [`${publicUrl}/api/sign-in/callback`],
    post_logout_redirect_uris: [`${publicUrl}/api/sign-out/done`],
    backchannel_logout_uri: `${publicUrl}/api/sign-out/back-channel`,
    backchannel_logout_session_required: true,
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_post',
    ...(signsUserinfo ? { userinfo_signed_response_alg: 'RS256' } : {}),
  };
  return {
    clients: [client],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'essai', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['cookies of the tests'] },
    scopes: SCOPES,
    claims: {
      ...Object.fromEntries(SCOPES.map((scope) => [scope, [scope === 'openid' ? 'sub' : scope]])),
      email: ['email', 'email_verified'],
      acr: null,
      auth_time: null,
      sid: null,
    },
    acrValues: ['eidas1', 'eidas1-mfa', 'eidas2'],
    pkce: { required: () => true },
    issueRefreshToken: () => refreshes,
    // Each is good once: shown again, it ends everything that was granted.
    rotateRefreshToken: true,
    features: {
      backchannelLogout: { enabled: true },
      claimsParameter: { enabled: true },
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context: KoaContext, form: string) => {
          context.body = form;
        },
      },
    },
    // It guards its own posts against private addresses; the application of the tests has no other.
    fetch: (url: string, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown }) =>
      fetch(url, options),
    interactions: {
      policy: withoutInsisting(),
      url: (_context: KoaContext, { uid }: { uid: string }) => `/interaction/${uid}`,
    },
    findAccount: (_context: KoaContext, sub: string) => {
      const account = accounts.get(sub);
      if (account === undefined) return undefined;
      const { secondFactor: _, ...claims } = account;
      return { accountId: sub, claims: () => claims };
    },
  };
}

/** As a federation may: an authentication without the second factor wanted comes back all the same, and says so. */
function withoutInsisting() {
  const policy = interactionPolicy.base();
  policy.get('login').checks.remove('essential_acrs');
  return policy;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
