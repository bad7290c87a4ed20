import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { drawBytes } from '../../../platform/secrets/draw-secret.ts';

/** What is kept of a provider's answer to end or renew the session with it, and nothing else. */
export interface KeptTokens {
  /** To close the session at the provider too: `id_token_hint`. */
  readonly idToken: string;
  readonly refreshToken?: string | undefined;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals tokens under a key made of the session token. The base keeps a hash of that token alone:
 * whoever reads the base, or a backup of it, opens nothing.
 */
export function sealTokens(sessionToken: string, tokens: KeptTokens): Buffer {
  const nonce = drawBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(sessionToken), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(tokens), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what was sealed. Throws when it was sealed under another session, or touched. */
export function openTokens(sessionToken: string, sealed: Uint8Array): KeptTokens {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv(CIPHER, keyOf(sessionToken), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return JSON.parse(text.toString('utf8')) as KeptTokens;
}

const keyOf = (sessionToken: string) =>
  Buffer.from(hkdfSync('sha256', sessionToken, '', 'raccroche kept tokens', KEY_BYTES));
