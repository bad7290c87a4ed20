import { randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** Bytes that nobody can guess, for a nonce or a key. No result of a campaign ever depends on them. */
export const drawBytes = (length: number): Buffer => randomBytes(length);

/** What somebody shows to be let in: 64 hexadecimal characters. */
export const drawSecret = (): string => drawBytes(SECRET_BYTES).toString('hex');

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What somebody reads on paper and types: so many characters of Crockford's base 32, five bits each. */
export const drawCode = (length: number): string =>
  [...drawBytes(length)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
