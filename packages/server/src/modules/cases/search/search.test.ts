import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameWords } from '../../lists/index.ts';
import { readQuestion } from './read-question.ts';
import { editsBetween, scoreName } from './score-names.ts';

const NOTHING = { words: [], birthYear: null, birthDate: null, phone: null, siei: null };

test.each([
  ['diallo awa', { words: ['DIALLO', 'AWA'] }],
  ['  Élan-Noël ', { words: ['ELAN', 'NOEL'] }],
  ['awa 2008', { words: ['AWA'], birthYear: 2008 }],
  ['Dialo 04/03/2008', { words: ['DIALO'], birthDate: '2008-03-04' }],
  ['03 21 00 00 01', { phone: '0321000001' }],
  ['+33 3 21 00 00 01', { phone: '0321000001' }],
  ['test000000aa', { siei: 'TEST000000AA' }],
  ['a', {}],
])('« %s » is read', (typed, expected) => {
  expect(readQuestion(typed)).toEqual({ ...NOTHING, ...expected });
});

describe('a name answers', () => {
  const NAME = nameWords(['DIALLO', 'LE GALL', 'Awa', 'Marie-Ève']);
  const score = (typed: string) => scoreName(nameWords(typed.split(' ')), NAME);
  test('in any order, with or without accents, by the beginning of a word', () => {
    expect(score('diallo awa')).toBe(1);
    expect(score('awa diallo')).toBe(1);
    expect(score('legall')).toBe(1);
    expect(score('dial')).toBeLessThan(1);
    expect(score('dial')).toBeGreaterThan(0.8);
  });
  test.each(['dialo', 'diaalo', 'idallo', 'dyallo', 'mariève'])('« %s », badly written', (typed) => {
    expect(score(typed)).toBeGreaterThan(0.4);
  });
  test.each(['dupont', 'awa dupont', 'ana', 'xy'])('not « %s »', (typed) => {
    expect(score(typed)).toBe(0);
  });
});

/** The same distance, written as its definition, without bound. */
function editsByDefinition(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length;
  const [a, b] = [one.slice(0, -1), other.slice(0, -1)];
  const same = one.at(-1) === other.at(-1) ? 0 : 1;
  const swapped =
    one.length > 1 && other.length > 1 && one.at(-1) === other.at(-2) && one.at(-2) === other.at(-1);
  return Math.min(
    editsByDefinition(a, other) + 1,
    editsByDefinition(one, b) + 1,
    editsByDefinition(a, b) + same,
    swapped ? editsByDefinition(one.slice(0, -2), other.slice(0, -2)) + 1 : Number.POSITIVE_INFINITY,
  );
}

test('edits are counted as their definition counts them, up to the bound', () => {
  const word = fc.string({ unit: fc.constantFrom('A', 'B', 'C'), maxLength: 6 });
  fc.assert(
    fc.property(word, word, fc.constantFrom(1, 2), (one, other, most) => {
      expect(editsBetween(one, other, most)).toBe(Math.min(editsByDefinition(one, other), most + 1));
    }),
  );
});
