/**
 * The code of a death: `DECES-` and 12 symbols as those of SIEI numbers, the last of which checks the others. It stands where a
 * SIEI number stands in the file of decisions, and is never one: it is longer, and its check is not that of a number, so that
 * a code copied without its prefix is refused.
 */
import { parseSiei, SIEI_ALPHABET, SIEI_LENGTH, sieiOf } from './siei.ts';

export const DEATH_CODE_PREFIX = 'DECES-';
export const DEATH_CODE_PATTERN = `${DEATH_CODE_PREFIX}[${SIEI_ALPHABET}]{${SIEI_LENGTH}}`;

/** The code whose 11 first symbols are the low five bits of the first 11 of `bytes`. */
export function deathCodeOf(bytes: Uint8Array): string {
  const values = Array.from(bytes.subarray(0, SIEI_LENGTH - 1), (byte) => byte % SIEI_ALPHABET.length);
  return `${DEATH_CODE_PREFIX}${withOtherCheck(sieiOf(values))}`;
}

/** Reads a code as somebody typed it: lower case, blanks, hyphens and accents are accepted; undefined when it is none. */
export function parseDeathCode(text: string): string | undefined {
  const plain = text
    .normalize('NFD')
    .replace(/[\s\-\u2010-\u2015]|\p{M}/gu, '')
    .toUpperCase();
  const prefix = DEATH_CODE_PREFIX.slice(0, -1);
  const symbols = plain.slice(prefix.length);
  if (!plain.startsWith(prefix) || symbols.length !== SIEI_LENGTH) return undefined;
  const { siei } = parseSiei(withOtherCheck(symbols));
  return siei === undefined ? undefined : `${DEATH_CODE_PREFIX}${withOtherCheck(siei)}`;
}

/** The same symbols, the last one exchanged with its neighbour of the alphabet: done twice, nothing has changed. */
function withOtherCheck(symbols: string): string {
  const last = SIEI_ALPHABET.indexOf(symbols.slice(-1));
  return symbols.slice(0, -1) + (SIEI_ALPHABET[last ^ 1] ?? '');
}
