import { FF1 } from '@noble/ciphers/ff1.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { multiply, parseSiei, SIEI_ALPHABET, SIEI_LENGTH, sieiOf } from './siei.ts';
import { createSieiCipher } from './siei-cipher.ts';

const values = fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 11, maxLength: 11 });
const accepted = (text: string) => parseSiei(text).siei !== undefined;
const swapped = (text: string, i: number, j: number) => {
  const symbols = [...text];
  [symbols[i], symbols[j]] = [symbols[j] ?? '', symbols[i] ?? ''];
  return symbols.join('');
};

describe('alphabet', () => {
  test('has 32 symbols and none that can be misread', () => {
    expect(new Set(SIEI_ALPHABET).size).toBe(32);
    expect(SIEI_ALPHABET).not.toMatch(/[IO01]/);
  });
});

describe('check symbol', () => {
  test('GF(32) is a field: no product of non-zero elements is zero, x has order 31', () => {
    for (let a = 1; a < 32; a++) for (let b = 1; b < 32; b++) expect(multiply(a, b)).not.toBe(0);
    const powers = new Set<number>();
    for (let power = 1, n = 0; n < 31; n++, power = multiply(power, 2)) powers.add(power);
    expect(powers.size).toBe(31);
  });

  test('the sum is linear, so that the exhaustive proofs below from zero hold from any number', () => {
    fc.assert(
      fc.property(values, values, (left, right) => {
        const sum = left.map((value, place) => value ^ (right[place] ?? 0));
        const check = (symbols: number[]) => SIEI_ALPHABET.indexOf(sieiOf(symbols).at(-1) ?? '');
        expect(check(sum)).toBe(check(left) ^ check(right));
      }),
      { seed: 1 },
    );
  });

  test('every single substitution is detected: 12 places × 31 other symbols, from several numbers', () => {
    const numbers = [Array(11).fill(0), [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5], Array(11).fill(31)];
    for (const number of numbers.map((symbols) => sieiOf(symbols)))
      for (let place = 0; place < SIEI_LENGTH; place++)
        for (const symbol of SIEI_ALPHABET)
          expect(accepted(number.slice(0, place) + symbol + number.slice(place + 1))).toBe(
            symbol === number[place],
          );
  });

  test('every transposition is detected: 66 pairs of places × 992 pairs of different symbols', () => {
    for (let i = 0; i < 11; i++)
      for (let j = i + 1; j < SIEI_LENGTH; j++)
        for (let a = 0; a < 32; a++)
          for (let b = 0; b < 32; b++) {
            const number = numberWith(i, a, j, b);
            expect(accepted(number)).toBe(true);
            if (accepted(swapped(number, i, j)) !== (a === b)) expect.fail(`${number} ${i} ${j}`);
          }
  });
});

/** A valid number with value `a` at place `i` and `b` at place `j` (the check symbol is reached through a third place). */
function numberWith(i: number, a: number, j: number, b: number): string {
  const symbols = Array<number>(11).fill(0);
  symbols[i] = a;
  if (j < 11) symbols[j] = b;
  if (j === 11) {
    const free = i === 0 ? 1 : 0;
    for (let value = 0; value < 32; value++) {
      symbols[free] = value;
      if (sieiOf(symbols).at(-1) === SIEI_ALPHABET[b]) break;
    }
  }
  return sieiOf(symbols);
}

describe('parseSiei', () => {
  const number = sieiOf([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]);
  test.each([
    ['plain', number],
    ['lower case', number.toLowerCase()],
    ['spaces and hyphens', `  ${number.slice(0, 4)} ${number.slice(4, 8)}-${number.slice(8)}\u00a0`],
  ])('%s', (_, text) => expect(parseSiei(text)).toEqual({ siei: number }));

  test.each([
    ['', 'length'],
    [number.slice(1), 'length'],
    [`${number}A`, 'length'],
    [`0${number.slice(1)}`, 'symbol'],
    [`É${number.slice(1)}`, 'symbol'],
    [`${number.slice(0, 11)}${number.at(-1) === 'A' ? 'B' : 'A'}`, 'check'],
  ])('refuses %s: %s', (text, fault) => expect(parseSiei(text)).toEqual({ siei: undefined, fault }));
});

describe('cipher', () => {
  const symbolsOf = (counter: number) => {
    const symbols: number[] = [];
    for (let rest = counter; symbols.length < 11; rest = Math.floor(rest / 32)) symbols.unshift(rest % 32);
    return symbols;
  };

  test('equals the FF1 of @noble/ciphers, for any key and counter', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.maxSafeInteger().map(Math.abs),
        (key, counter) => {
          const expected = sieiOf(FF1(32, key).encrypt(symbolsOf(counter)));
          expect([...createSieiCipher(key).numbers(counter, 1)]).toEqual([expected]);
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });

  test('a batch equals its counters one by one, across the size of a batch; no number twice', () => {
    const cipher = createSieiCipher(Buffer.alloc(32, 7));
    const all = [...cipher.numbers(1, 70_000)];
    expect(new Set(all).size).toBe(70_000);
    for (const at of [0, 1, 65_535, 65_536, 69_999])
      expect([...cipher.numbers(1 + at, 1)]).toEqual([all[at]]);
    expect(all.every(accepted)).toBe(true);
  });

  test('counters in a row give numbers that share nothing', () => {
    const [first = '', second = ''] = createSieiCipher(Buffer.alloc(32)).numbers(1, 2);
    expect([...first].filter((symbol, place) => symbol === second[place]).length).toBeLessThan(4);
  });
});
