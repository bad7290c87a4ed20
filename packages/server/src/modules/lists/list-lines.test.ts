import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOfList } from './list-lines.ts';
import { SIEI_ALPHABET, sieiOf } from './siei.ts';

/** Lines are those that a list has as a text, and their numbers those of which `parseSiei` approves. */

const number = fc.array(fc.nat(31), { minLength: 11, maxLength: 11 }).map(sieiOf);
/** A number that was mistyped, spaced, cut short, or is none. */
const damaged = fc.oneof(
  fc
    .tuple(number, fc.nat(11), fc.constantFrom(...SIEI_ALPHABET, 'I', 'é', ' ', '"', '\0'))
    .map(([siei, place, symbol]) => siei.slice(0, place) + symbol + siei.slice(place + 1)),
  number.map((siei) => siei.toLowerCase().replace(/(....)/g, '$1 ')),
  fc.tuple(number, fc.nat(11)).map(([siei, length]) => siei.slice(0, length)),
  fc.string({ maxLength: 14 }).map((text) => text.replace(/\n/g, '')),
);
const entry = (siei: fc.Arbitrary<string>) =>
  fc
    .tuple(siei, fc.constantFrom('",', '","nom":"é"},', '', '"'))
    .map(([at, rest]) => `{"siei":"${at}${rest}`);
const other = fc.constantFrom(
  '{',
  '}',
  '',
  '"entries": [',
  '{"sie',
  '{"siei"',
  '{"siei" :"x"',
  '"count": 2',
  '\r',
);

/** How the same is read of a text. Undefined where an entry has no number. */
function linesOfText(text: string): readonly (string | null)[] | undefined {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const numbers = lines.map((line) => (line.startsWith('{"siei"') ? numberOf(line) : null));
  return numbers.includes(undefined) ? undefined : numbers.map((siei) => siei ?? null);
}

function numberOf(line: string): string | undefined {
  const typed = /^\{"siei":"([^"]*)"/.exec(Buffer.from(line).toString('latin1', 0, 64))?.[1] ?? '';
  const siei = typed.replace(/[\s\-\u2010-\u2015]/g, '').toUpperCase();
  const values = [...siei].map((symbol) => SIEI_ALPHABET.indexOf(symbol));
  return values.length === 12 && !values.includes(-1) && sieiOf(values.slice(0, 11)) === siei
    ? siei
    : undefined;
}

function read(text: string): readonly (string | null)[] | undefined {
  const bytes = Buffer.from(text);
  try {
    const lines = [...linesOfList(bytes)];
    expect(lines.map(({ start, end }) => `${bytes.toString('utf8', start, end)}\n`).join('')).toBe(
      text.endsWith('\n') || text === '' ? text : `${text}\n`,
    );
    return lines.map(({ siei }) => siei ?? null);
  } catch (error) {
    if (error instanceof Error && error.message === 'no number') return undefined;
    throw error;
  }
}

test.each([
  [
    'whole',
    fc.array(
      fc.oneof(
        entry(number),
        other.filter((line) => !line.startsWith('{"siei"')),
      ),
      { maxLength: 12 },
    ),
  ],
  ['damaged', fc.array(fc.oneof(entry(number), entry(damaged), other), { maxLength: 4 })],
])('lines of a list that is %s', (_name, lines) => {
  fc.assert(
    fc.property(lines, fc.constantFrom('', '\n'), (drawn, end) => {
      const text = drawn.join('\n') + end;
      expect(read(text)).toEqual(linesOfText(text));
    }),
    { numRuns: 1000 },
  );
});
