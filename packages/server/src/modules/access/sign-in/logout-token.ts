import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { SigningAlgorithm } from './settings.ts';

/** What a provider says when somebody signed out there. One of the two is always told. */
export interface LogoutNotice {
  readonly subject?: string | undefined;
  /** Of one session alone. */
  readonly sid?: string | undefined;
  /** Seconds since 1970. Sessions opened later are not meant: a token that is played again ends nothing new. */
  readonly issuedAt: number;
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const CLOCK_TOLERANCE_S = 60;
const LIFE_MAX_S = 10 * 60;

const Header = z.object({ alg: z.string(), kid: z.string().optional(), typ: z.string().optional() });
const Claims = z
  .object({
    iss: z.string(),
    aud: z.union([z.string(), z.array(z.string())]),
    iat: z.number(),
    exp: z.number().optional(),
    jti: z.string(),
    sub: z.string().optional(),
    sid: z.string().optional(),
    events: z.object({ [EVENT]: z.object({}) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

export interface LogoutTokenChecks {
  readonly issuer: string;
  readonly clientId: string;
  readonly signing: SigningAlgorithm;
  /** The provider's keys, as its `jwks_uri` gives them. */
  readonly keys: readonly JsonWebKey[];
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Reads a logout token: signature, issuer, audience, age, event. Source: OpenID Connect Back-Channel Logout 1.0, § 2.6.
 * Throws a RaccrocheError `sign_in_failed` that does not say which of them is wrong.
 */
export function readLogoutToken(token: string, checks: LogoutTokenChecks): LogoutNotice {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const header = Header.safeParse(jsonOf(head));
  const claims = Claims.safeParse(jsonOf(body));
  if (more.length > 0 || !header.success || !claims.success) throw refused();
  if (header.data.alg !== checks.signing) throw refused();
  const signed = Buffer.from(`${head}.${body}`);
  const isSigned = checks.keys
    .filter(({ kid, use }) => (header.data.kid === undefined || kid === header.data.kid) && use !== 'enc')
    .some((key) => isSignedBy(key, checks.signing, signed, Buffer.from(signature, 'base64url')));
  if (!isSigned) throw refused();
  const { iss, aud, iat, exp, sub, sid } = claims.data;
  const isFor = (typeof aud === 'string' ? [aud] : aud).includes(checks.clientId);
  const isTimely =
    iat <= checks.now + CLOCK_TOLERANCE_S &&
    iat >= checks.now - LIFE_MAX_S &&
    (exp === undefined || exp >= checks.now - CLOCK_TOLERANCE_S);
  if (iss !== checks.issuer || !isFor || !isTimely) throw refused();
  return { subject: sub, sid, issuedAt: iat };
}

const refused = () => new RaccrocheError('sign_in_failed', 'Ce jeton de déconnexion n’est pas valable.');

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function isSignedBy(jwk: JsonWebKey, signing: SigningAlgorithm, signed: Buffer, signature: Buffer): boolean {
  try {
    const key: KeyObject = createPublicKey({ key: jwk, format: 'jwk' });
    if (key.asymmetricKeyType !== (signing === 'ES256' ? 'ec' : 'rsa')) return false;
    if (signing === 'ES256') return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
    // RSA_PKCS1_PADDING is 1, RSA_PKCS1_PSS_PADDING 6; the salt of PS256 is as long as its hash.
    const padding = signing === 'PS256' ? { padding: 6, saltLength: 32 } : { padding: 1 };
    return verify('sha256', signed, { key, ...padding }, signature);
  } catch {
    return false;
  }
}
