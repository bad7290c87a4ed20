import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonPayloads, JsonPayloadsError } from './json-payloads.ts';

/** Payloads found in `text` given in pieces of `size`, then 'refused' when it is malformed. */
function payloadsOf(text: string, size: number, wholeTextCharacters?: number): unknown[] {
  const found: unknown[] = [];
  const payloads = new JsonPayloads((payload) => found.push(payload), wholeTextCharacters);
  try {
    for (let at = 0; at < text.length; at += size) payloads.write(text.slice(at, at + size));
    payloads.end();
  } catch (error) {
    if (!(error instanceof JsonPayloadsError)) throw error;
    found.push('refused');
  }
  return found;
}

const LAYOUTS: readonly (readonly [string, (payloads: readonly unknown[]) => string])[] = [
  ['one array', (payloads) => JSON.stringify(payloads)],
  ['one array, laid out', (payloads) => ` \n${JSON.stringify(payloads, null, 1)}\n`],
  ['one a line', (payloads) => payloads.map((one) => `${JSON.stringify(one)}\n`).join('')],
  [
    'one a line, blank lines between',
    (payloads) => payloads.map((one) => JSON.stringify(one)).join('\r\n \n'),
  ],
  [
    'one after the other, laid out',
    (payloads) => payloads.map((one) => JSON.stringify(one, null, 2)).join('\n'),
  ],
  ['one array a line', (payloads) => payloads.map((one) => JSON.stringify([one])).join('\n')],
];

/** Objects that no parser changes: -0 is written 0. */
const object = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
);

describe('payloads of a JSON text', () => {
  it.each(LAYOUTS)('%s: the same whatever the way and the pieces', (_name, layOut) => {
    const some = fc.array(object, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        some,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 100 }),
        (wanted, size, whole) => {
          const text = layOut(wanted);
          expect(payloadsOf(text, size)).toEqual(wanted);
          expect(payloadsOf(text, size, whole)).toEqual(wanted);
        },
      ),
      { seed: 20261127, numRuns: 60 },
    );
  });

  it.each(LAYOUTS)(
    '%s: cut anywhere, the same payloads and the same refusal whatever the way',
    (_name, layOut) => {
      const text = layOut([
        { a: 'é"\\', b: [1, { c: null }] },
        { a: '', b: [] },
      ]);
      for (let end = 1; end < text.length; end += 1) {
        const cut = text.slice(0, end);
        if (cut.trim() === '') continue;
        // What is given before the refusal does not count: the whole file is refused.
        const refused = (found: readonly unknown[]) => (found.at(-1) === 'refused' ? 'refused' : found);
        expect(refused(payloadsOf(cut, 1000, 0))).toEqual(refused(payloadsOf(cut, 3)));
      }
    },
  );

  it.each([
    ['a value that is none', '{"a":1}\n{a:2}\n'],
    ['a blank that JSON does not know', '{"a":1}\n\u00a0\n'],
    ['two commas', '[{"a":1},,{"a":2}]'],
  ])('refuses %s, by any way', (_name, text) => {
    for (const whole of [0, undefined]) expect(payloadsOf(text, 4, whole).at(-1)).toBe('refused');
  });

  it('goes on line by line where one line holds two values', () => {
    expect(payloadsOf('{"a":1}\n{"a":2} {"a":3}\n{"a":4}', 5, 0)).toEqual([1, 2, 3, 4].map((a) => ({ a })));
  });
});
