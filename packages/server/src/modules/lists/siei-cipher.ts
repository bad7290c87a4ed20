import { createCipheriv } from 'node:crypto';
import { SIEI_LENGTH, sieiOf } from './siei.ts';

/**
 * SIEI numbers from counters: FF1 (NIST SP 800-38G), radix 32, 11 symbols, AES-256, empty tweak.
 * A permutation: two counters never share a number, and without the key a number tells nothing of its counter.
 *
 * FF1 is written out here for this one shape, because one round of many counters is then one AES-ECB call:
 * about a hundred times quicker than the general FF1 of @noble/ciphers, to which the tests hold it equal.
 * Radix 32 makes every modulus a power of two, so that the halves are plain 25- and 30-bit integers.
 */
const SYMBOLS = SIEI_LENGTH - 1;
const SYMBOL_BITS = 5;
const LEFT_SYMBOLS = 5;
const RIGHT_SYMBOLS = 6;
const LEFT_MASK = 2 ** (LEFT_SYMBOLS * SYMBOL_BITS) - 1;
const RIGHT_MASK = 2 ** (RIGHT_SYMBOLS * SYMBOL_BITS) - 1;
const RIGHT_SIZE = 2 ** (RIGHT_SYMBOLS * SYMBOL_BITS);
const ROUNDS = 10;
const BLOCK = 16;
/** Counters enciphered together: 1 MB of AES blocks. */
const BATCH = 1 << 16;

/** The block P of FF1: version, method, rounds, radix 32 on three bytes, 10 rounds, u = 5, n = 11, no tweak. */
const P_BLOCK = Buffer.from([1, 2, 1, 0, 0, 32, ROUNDS, LEFT_SYMBOLS, 0, 0, 0, SYMBOLS, 0, 0, 0, 0]);

export interface SieiCipher {
  /** Numbers of the counters `first`, `first + 1`, … (`count` of them), in order. Counters are integers from 0 to 2⁵³ − 1. */
  numbers(first: number, count: number): Generator<string>;
}

/** `key`: 32 bytes. */
export function createSieiCipher(key: Uint8Array): SieiCipher {
  const encrypt = (blocks: Buffer): Buffer => {
    const aes = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
    return Buffer.concat([aes.update(blocks), aes.final()]);
  };
  // The pseudo-random function of FF1 is a CBC-MAC over P and Q: the first block is the same for all.
  const start = encrypt(P_BLOCK);
  return {
    *numbers(first, count) {
      for (let done = 0; done < count; done += BATCH) {
        yield* encipher(first + done, Math.min(BATCH, count - done), start, encrypt);
      }
    },
  };
}

function* encipher(first: number, count: number, start: Buffer, encrypt: (blocks: Buffer) => Buffer) {
  // Halves as FF1 swaps them: `a` and `b` change places, and lengths, at each round.
  let a = Uint32Array.from({ length: count }, (_, index) => Math.floor((first + index) / RIGHT_SIZE));
  let b = Uint32Array.from({ length: count }, (_, index) => (first + index) % RIGHT_SIZE);
  const blocks = Buffer.alloc(count * BLOCK, start);
  for (let round = 0; round < ROUNDS; round++) {
    fillBlocks(viewOf(blocks), start, round, b);
    const pseudoRandom = viewOf(encrypt(blocks));
    const mask = round % 2 === 0 ? LEFT_MASK : RIGHT_MASK;
    const next = new Uint32Array(count);
    for (let index = 0; index < count; index++) {
      // S is the first 8 bytes; its low 32 bits are enough modulo 2²⁵ or 2³⁰.
      next[index] = ((a[index] ?? 0) + pseudoRandom.getUint32(index * BLOCK + 4)) & mask;
    }
    a = b;
    b = next;
  }
  const values = new Uint8Array(SYMBOLS);
  for (let index = 0; index < count; index++) {
    spread(values, 0, LEFT_SYMBOLS, a[index] ?? 0);
    spread(values, LEFT_SYMBOLS, RIGHT_SYMBOLS, b[index] ?? 0);
    yield sieiOf(values);
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Buffer) => new DataView(buffer, byteOffset, byteLength);

/** Q = 11 zeros, the round, the right half on 4 bytes; each block is Q xor AES(P), whose first 8 bytes `blocks` hold already. */
function fillBlocks(blocks: DataView, start: Buffer, round: number, half: Uint32Array): void {
  const middle = start.readUInt32BE(8) ^ round;
  const tail = start.readUInt32BE(12);
  for (let index = 0; index < half.length; index++) {
    const at = index * BLOCK;
    blocks.setUint32(at + 8, middle);
    blocks.setUint32(at + 12, tail ^ (half[index] ?? 0));
  }
}

function spread(values: Uint8Array, from: number, symbols: number, half: number): void {
  for (let place = symbols - 1, rest = half; place >= 0; place--, rest >>>= SYMBOL_BITS)
    values[from + place] = rest & (2 ** SYMBOL_BITS - 1);
}
