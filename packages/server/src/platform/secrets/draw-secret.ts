import { randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** Bytes that nobody can guess, for a nonce or a key. No result of a campaign ever depends on them. */
export const drawBytes = (length: number): Buffer => randomBytes(length);

/** What somebody shows to be let in: 64 hexadecimal characters. */
export const drawSecret = (): string => drawBytes(SECRET_BYTES).toString('hex');
