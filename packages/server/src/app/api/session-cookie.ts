import { createHash, timingSafeEqual } from 'node:crypto';

/** Shape of a token: see access.open_session. */
const TOKEN = /^[0-9a-f]{64}$/;
const PENDING = /^[\w-]{1,3500}$/;
/** As long as somebody may take at the provider. */
const PENDING_S = 15 * 60;

/** How this application's cookies are read and written. */
export interface Cookies {
  /** The session token of a `cookie` header, if there is one that could be. */
  readSession(header: string | undefined): string | undefined;
  readPending(header: string | undefined): string | undefined;
  /** The `set-cookie` of a token; null: forgets it. */
  session(token: string | null): string;
  /** The same of what waits while somebody is at the provider: sent along when the provider sends them back. */
  pending(value: string | null): string;
}

/**
 * `__Host-`: sent back to this very host alone, over a safe connection, for every path. Only where the public address
 * is plain http, on one's own machine, do they go without.
 */
export function cookiesOf(publicUrl: URL | undefined): Cookies {
  const isSafe = publicUrl?.protocol !== 'http:';
  const prefix = isSafe ? '__Host-' : '';
  const attributes = `Path=/; ${isSafe ? 'Secure; ' : ''}HttpOnly`;
  const [session, pending] = [`${prefix}raccroche`, `${prefix}raccroche-connexion`];
  const write = (name: string, value: string | null, sameSite: string, life = '') =>
    `${name}=${value ?? ''}; ${value === null ? 'Max-Age=0; ' : life}${attributes}; SameSite=${sameSite}`;
  return {
    readSession: (header) => readCookie(header, session, TOKEN),
    readPending: (header) => readCookie(header, pending, PENDING),
    session: (token) => write(session, token, 'Strict'),
    pending: (value) => write(pending, value, 'Lax', `Max-Age=${PENDING_S}; `),
  };
}

function readCookie(header: string | undefined, wanted: string, shape: RegExp): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value = ''] = part.trim().split('=');
    if (name === wanted && shape.test(value)) return value;
  }
  return undefined;
}

/** What a page that holds the session sends with every change: another site cannot know it. */
export function csrfTokenOf(sessionToken: string): string {
  return createHash('sha256').update(`csrf ${sessionToken}`).digest('hex');
}

export function isCsrfToken(sessionToken: string, sent: string | undefined): boolean {
  const [expected, given] = [Buffer.from(csrfTokenOf(sessionToken)), Buffer.from(sent ?? '')];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
