import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortName } from '../../../kernel/sort-name.ts';
import { nameWords, rememberNames, sortedName } from './search-keys.ts';

/** Names as they are written, and what stands badly at either end of one: accents alone, signs, spaces, ligatures. */
const name = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'É', 'œ', 'ß', 'ς', '\u0301', '-', '’', ' ', 'Æ', '1', 'ﬁ') }),
  fc.constantFrom('LE GALL', 'Marie-Ève', 'D’Œuvre', ''),
);

test('names that are read one by one, and once each, give what they give together', () => {
  const read = rememberNames();
  fc.assert(
    fc.property(fc.array(name, { maxLength: 4 }), (names) => {
      expect(sortedName(names, read)).toBe(sortName(...names));
      expect(nameWords(names, read)).toEqual(nameWords(names));
    }),
  );
});

test('each word stands once, in the order of the names, and together when a name has several', () => {
  const words = nameWords(['LE GALL', null, 'Le-Bihan', 'Awa']).map(({ word }) => word);
  expect(words).toEqual(['LE', 'GALL', 'LEGALL', 'BIHAN', 'LEBIHAN', 'AWA']);
});
