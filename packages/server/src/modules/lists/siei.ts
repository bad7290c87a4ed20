/**
 * The shape of a SIEI number: 12 symbols that cannot be misread, the last of which checks the others.
 * Source: formats.md §8. A number tells nothing about its bearer: see siei-cipher.ts.
 */

/** 32 symbols: A–Z without I and O, then 2–9. The place of a symbol is its value, 0 to 31. */
export const SIEI_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
export const SIEI_LENGTH = 12;

const VALUES: ReadonlyMap<string, number> = new Map(
  [...SIEI_ALPHABET].map((symbol, value) => [symbol, value]),
);

/** The field GF(32) as polynomials over GF(2) modulo x⁵ + x² + 1, which is primitive: x has order 31. */
const FIELD_SIZE = 32;
const FIELD_POLYNOMIAL = 0b100101;

/** Product of two elements of GF(32). */
export function multiply(left: number, right: number): number {
  let product = 0;
  let shifted = left;
  for (let rest = right; rest > 0; rest >>= 1) {
    if (rest & 1) product ^= shifted;
    shifted <<= 1;
    if (shifted & FIELD_SIZE) shifted ^= FIELD_POLYNOMIAL;
  }
  return product;
}

/**
 * Weights of the 11 first places, powers of x from x¹ to x¹¹; the check symbol weighs 1.
 * All are non-zero and different: so a changed symbol, and two symbols that change places, always move the sum off zero.
 */
const WEIGHTS: readonly number[] = Array.from({ length: SIEI_LENGTH - 1 }, (_, place) => {
  let weight = 1;
  for (let power = 0; power <= place; power++) weight = multiply(weight, 2);
  return weight;
});

/** Products by place and symbol, since a campaign computes millions. */
const PRODUCTS: readonly (readonly number[])[] = WEIGHTS.map((weight) =>
  Array.from({ length: FIELD_SIZE }, (_, value) => multiply(weight, value)),
);

/** The number whose 11 first symbols have these values: adds the check symbol. */
export function sieiOf(values: ArrayLike<number>): string {
  let text = '';
  for (let place = 0; place < SIEI_LENGTH - 1; place++) text += SIEI_ALPHABET[values[place] ?? 0] ?? '';
  return text + (SIEI_ALPHABET[checkOf(values)] ?? '');
}

function checkOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let place = 0; place < SIEI_LENGTH - 1; place++) sum ^= PRODUCTS[place]?.[values[place] ?? 0] ?? 0;
  return sum;
}

/** Why a text is no SIEI number. */
export const SieiFaultLabels = {
  length: 'Un numéro SIEI compte 12 caractères.',
  symbol: 'Un numéro SIEI ne contient que des lettres (sans I ni O) et les chiffres de 2 à 9.',
  check: 'Le dernier caractère ne correspond pas aux autres : le numéro est mal recopié.',
} as const;
export type SieiFault = keyof typeof SieiFaultLabels;

export type ParsedSiei = { readonly siei: string } | { readonly siei: undefined; readonly fault: SieiFault };

/**
 * Reads a number as somebody typed it: lower case, spaces (also non-breaking) and hyphens are accepted.
 * Gives the 12 plain characters, or what is wrong.
 */
export function parseSiei(text: string): ParsedSiei {
  const siei = text.replace(/[\s\-\u2010-\u2015]/g, '').toUpperCase();
  const values = [...siei].map((symbol) => VALUES.get(symbol));
  if (values.length !== SIEI_LENGTH) return { siei: undefined, fault: 'length' };
  const known = values.filter((value) => value !== undefined);
  if (known.length !== SIEI_LENGTH) return { siei: undefined, fault: 'symbol' };
  return checkOf(known) === known[SIEI_LENGTH - 1] ? { siei } : { siei: undefined, fault: 'check' };
}

/** Values of symbols by the byte that writes them; of every other byte, none. */
const NO_VALUE = 255;
const VALUE_OF_BYTE = new Uint8Array(256).fill(NO_VALUE);
for (const [symbol, value] of VALUES) VALUE_OF_BYTE[symbol.charCodeAt(0)] = value;
const PRODUCT_OF = Uint8Array.from(PRODUCTS.flat());

/**
 * The number that stands in `text` at `start`, in plain characters, as `parseSiei` would read it: a tenth of what that costs, which for
 * a country's lists is a third of a second. Undefined where no such number stands there.
 */
export function findSieiAt(text: Buffer, start: number): string | undefined {
  let sum = 0;
  for (let place = 0; place < SIEI_LENGTH - 1; place++) {
    const value = VALUE_OF_BYTE[text[start + place] ?? 0] ?? NO_VALUE;
    if (value === NO_VALUE) return undefined;
    sum ^= PRODUCT_OF[place * FIELD_SIZE + value] ?? 0;
  }
  const end = start + SIEI_LENGTH;
  return VALUE_OF_BYTE[text[end - 1] ?? 0] === sum ? text.toString('latin1', start, end) : undefined;
}
