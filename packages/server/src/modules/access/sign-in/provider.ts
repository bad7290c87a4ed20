import type { JsonWebKey } from 'node:crypto';
import * as client from 'openid-client';
import { z } from 'zod';
import { systemClock } from '../../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import { fetchJson } from '../../../platform/http/fetch-json.ts';
import { type LogoutNotice, readLogoutToken } from './logout-token.ts';
import type { KeptTokens } from './sealed-tokens.ts';
import type { SignInSettings } from './settings.ts';

/** What waits in the browser while somebody is at the provider. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly strong: boolean;
}

/** Who the provider says that somebody is, and how they proved it. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Lower case. */
  readonly email: string;
  readonly displayName: string;
  /** The employer's establishment: 14 digits. Says where somebody works, never what they may do. */
  readonly siret: string | null;
  /** The provider behind a federation. */
  readonly idp: string | null;
  readonly sid: string | null;
  readonly acr: string | null;
  /** ISO instant of the authentication itself; null when the provider does not tell it. */
  readonly authTime: string | null;
  /** A second factor was given. */
  readonly strong: boolean;
  readonly tokens: KeptTokens;
}

/** The provider that knows people. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly publicUrl: URL;
  /** Where to send the browser, and what it keeps meanwhile. `strong`: for a second factor, given again now. */
  begin(options: { strong: boolean }): Promise<{ url: string; pending: PendingSignIn }>;
  /** Reads the answer that the browser brings back. Throws a RaccrocheError `sign_in_failed`. */
  finish(answer: Readonly<Record<string, string | undefined>>, pending: PendingSignIn): Promise<Identity>;
  /** Asks whether the person is still known: the tokens to keep from now on, or undefined. Throws when the provider does not answer. */
  refresh(tokens: KeptTokens): Promise<KeptTokens | undefined>;
  /** Where to send the browser so that the provider's session ends too; undefined when it has no such place. */
  endSession(idToken: string, state: string): string | undefined;
  /** Reads what the provider posts when somebody signed out there. `now`: ISO instant. */
  readLogout(logoutToken: string, now: string): Promise<LogoutNotice>;
}

export const CALLBACK_PATH = '/api/sign-in/callback';
const SIGNED_OUT_PATH = '/api/sign-out/done';
const TIMEOUT_S = 10;
const KEYS_MS = 60_000;
/** ProConnect wants 32 characters or more of state and nonce: what the library makes has 43. */
const Claims = z.object({
  email: z.email().transform((email) => email.toLowerCase()),
  email_verified: z.boolean().optional(),
  given_name: z.string().optional(),
  usual_name: z.string().optional(),
  family_name: z.string().optional(),
  name: z.string().optional(),
  siret: z
    .string()
    .regex(/^\d{14}$/)
    .nullish()
    .catch(null),
  idp_id: z.string().max(200).nullish(),
});
const Keys = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

/**
 * Reads the provider's own description. Every answer of it must be signed as the settings say, userinfo too when it comes
 * as a JWT (as ProConnect sends it). Throws a RaccrocheError `sign_in_unreachable`.
 */
export async function discoverProvider(settings: SignInSettings): Promise<IdentityProvider> {
  const found = await client
    .discovery(settings.issuer, settings.clientId, undefined, undefined, {
      timeout: TIMEOUT_S,
      ...(settings.issuer.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}),
    })
    .catch((error: unknown) => {
      throw unreachable(settings, error instanceof Error ? error.message : String(error));
    });
  const server = found.serverMetadata();
  for (const needed of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'] as const)
    if (server[needed] === undefined) throw unreachable(settings, `« ${needed} » manque dans sa description`);
  return providerOver(settings, configure(settings, server));
}

function configure(settings: SignInSettings, server: client.ServerMetadata): client.Configuration {
  const configuration = new client.Configuration(
    {
      ...server,
      // Not every provider publishes how it signs userinfo: what is agreed for the id_token holds.
      userinfo_signing_alg_values_supported: server.userinfo_signing_alg_values_supported ?? [
        settings.signing,
      ],
    },
    settings.clientId,
    { id_token_signed_response_alg: settings.signing },
    client.ClientSecretPost(settings.clientSecret),
  );
  client.enableNonRepudiationChecks(configuration);
  if (settings.issuer.protocol === 'http:') client.allowInsecureRequests(configuration);
  configuration.timeout = TIMEOUT_S;
  return configuration;
}

function providerOver(settings: SignInSettings, configuration: client.Configuration): IdentityProvider {
  const { publicUrl } = settings;
  const { jwks_uri: keysAddress = '', issuer, end_session_endpoint: hasEnd } = configuration.serverMetadata();
  const readKeys = keysReader(keysAddress);
  return {
    issuer,
    publicUrl,
    begin: ({ strong }) => beginAt(settings, configuration, strong),
    async finish(answer, pending) {
      const url = new URL(CALLBACK_PATH, publicUrl);
      for (const [name, value] of Object.entries(answer))
        if (value !== undefined) url.searchParams.set(name, value);
      return identify(settings, configuration, url, pending).catch((error: unknown) => {
        throw error instanceof RaccrocheError
          ? error
          : new RaccrocheError('sign_in_failed', failureText(error));
      });
    },
    async refresh(tokens) {
      if (tokens.refreshToken === undefined) return undefined;
      try {
        const renewed = await client.refreshTokenGrant(configuration, tokens.refreshToken);
        return {
          idToken: renewed.id_token ?? tokens.idToken,
          refreshToken: renewed.refresh_token ?? tokens.refreshToken,
        };
      } catch (error) {
        if (error instanceof client.ResponseBodyError && error.error === 'invalid_grant') return undefined;
        throw new RaccrocheError(
          'not_ready',
          'Le fournisseur d’identité ne répond pas. Recommencez plus tard.',
        );
      }
    },
    endSession(idToken, state) {
      if (hasEnd === undefined) return undefined;
      return client.buildEndSessionUrl(configuration, {
        id_token_hint: idToken,
        state,
        post_logout_redirect_uri: new URL(SIGNED_OUT_PATH, publicUrl).href,
      }).href;
    },
    async readLogout(logoutToken, now) {
      const keys = await readKeys();
      const seconds = Math.floor(Date.parse(now) / 1000);
      const { clientId, signing } = settings;
      return readLogoutToken(logoutToken, { issuer, clientId, signing, keys, now: seconds });
    },
  };
}

async function beginAt(settings: SignInSettings, configuration: client.Configuration, strong: boolean) {
  const pending = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    strong,
  };
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: new URL(CALLBACK_PATH, settings.publicUrl).href,
    scope: settings.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    claims: JSON.stringify({ id_token: claimsAsked(strong ? settings.strongAcr : undefined) }),
    // `max_age` would say it better, but ProConnect refuses what it does not know: `auth_time` is looked at on return.
    ...(strong ? { prompt: 'login' } : {}),
  });
  return { url: url.href, pending };
}

/** What the id_token must tell: the second factor wanted, or whichever it was; and when. */
const claimsAsked = (strongAcr: readonly string[] | undefined) => ({
  acr: strongAcr ? { essential: true, values: strongAcr } : null,
  auth_time: strongAcr ? { essential: true } : null,
});

async function identify(
  settings: SignInSettings,
  configuration: client.Configuration,
  url: URL,
  { state, nonce, verifier }: PendingSignIn,
): Promise<Identity> {
  const tokens = await client.authorizationCodeGrant(configuration, url, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
  });
  const proof = tokens.claims();
  if (proof === undefined || tokens.id_token === undefined) throw new Error('no id_token');
  const info = await client.fetchUserInfo(configuration, tokens.access_token, proof.sub);
  const claims = Claims.parse(info);
  const { email, given_name, usual_name, family_name, name, siret, idp_id } = claims;
  // An invitation is taken up by its address: one that anybody can claim would open to anybody.
  if (claims.email_verified === false)
    throw new RaccrocheError(
      'sign_in_failed',
      'Votre adresse n’est pas vérifiée chez votre fournisseur d’identité. Vérifiez-la, puis recommencez.',
    );
  const fullName = [given_name, usual_name ?? family_name].filter((part) => part).join(' ');
  const acr = typeof proof.acr === 'string' ? proof.acr : null;
  return {
    issuer: proof.iss,
    subject: proof.sub,
    email,
    displayName: fullName || name || email,
    siret: siret ?? null,
    idp: idp_id ?? null,
    sid: typeof proof.sid === 'string' ? proof.sid : null,
    acr,
    authTime: typeof proof.auth_time === 'number' ? new Date(proof.auth_time * 1000).toISOString() : null,
    strong: acr !== null && settings.strongAcr.includes(acr),
    tokens: { idToken: tokens.id_token, refreshToken: tokens.refresh_token },
  };
}

/** Keys are asked for once a minute at most, however many tokens arrive: anybody may post one. */
function keysReader(address: string): () => Promise<readonly JsonWebKey[]> {
  let read: { readonly at: number; readonly keys: Promise<readonly JsonWebKey[]> } | undefined;
  return () => {
    const at = systemClock.elapsedMs();
    if (read === undefined || at - read.at > KEYS_MS) {
      const keys = fetchKeys(address);
      read = { at, keys };
      keys.catch(() => {
        read = undefined;
      });
    }
    return read.keys;
  };
}

async function fetchKeys(address: string): Promise<readonly JsonWebKey[]> {
  try {
    return Keys.parse(await fetchJson(address, TIMEOUT_S * 1000)).keys;
  } catch {
    throw new RaccrocheError('not_ready', 'Le fournisseur d’identité ne donne pas ses clés.');
  }
}

/** What a person can do about it; what the provider wrote is never shown. */
function failureText(error: unknown): string {
  if (error instanceof client.AuthorizationResponseError)
    return error.error === 'access_denied'
      ? 'Vous n’êtes pas allé au bout chez le fournisseur d’identité. Recommencez quand vous voudrez.'
      : 'Le fournisseur d’identité n’a pas pu vous connecter comme demandé. Recommencez ; si cela dure, prévenez qui administre Raccroche.';
  return 'La réponse du fournisseur d’identité n’est pas celle attendue. Recommencez depuis la page d’accueil.';
}

const unreachable = (settings: SignInSettings, why: string) =>
  new RaccrocheError(
    'sign_in_unreachable',
    `Le fournisseur d’identité « ${settings.issuer.href} » ne se laisse pas lire : ${why}. Vérifiez OIDC_ISSUER et le réseau.`,
    EXIT_CODES.usage,
  );
