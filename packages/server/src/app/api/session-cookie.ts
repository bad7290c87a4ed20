import { createHash, timingSafeEqual } from 'node:crypto';

/** `__Host-`: sent back to this very host alone, over a safe connection, for every path. */
const COOKIE = '__Host-raccroche';
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';
/** Shape of a token: see access.open_session. */
const TOKEN = /^[0-9a-f]{64}$/;

/** The session token of a `cookie` header, if there is one that could be. */
export function readSessionToken(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value = ''] = part.trim().split('=');
    if (name === COOKIE && TOKEN.test(value)) return value;
  }
  return undefined;
}

export const sessionCookie = (token: string) => `${COOKIE}=${token}; ${ATTRIBUTES}`;
export const endedCookie = `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`;

/** What a page that holds the session sends with every change: another site cannot know it. */
export function csrfTokenOf(sessionToken: string): string {
  return createHash('sha256').update(`csrf ${sessionToken}`).digest('hex');
}

export function isCsrfToken(sessionToken: string, sent: string | undefined): boolean {
  const [expected, given] = [Buffer.from(csrfTokenOf(sessionToken)), Buffer.from(sent ?? '')];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
