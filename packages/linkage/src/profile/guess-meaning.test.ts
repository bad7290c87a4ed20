import { describe, expect, test } from 'vitest';
import type { ContentSignals, Meaning } from './column-profile.ts';
import { guessMeaning } from './guess-meaning.ts';
import { headerMeanings, headerWords } from './header-words.ts';

const NOTHING: ContentSignals = {
  filled: 1,
  distinct: 900,
  meanLength: 7,
  meanWords: 1,
  letters: 0,
  digits: 0,
  mixed: 0,
  email: 0,
  phone: 0,
  ymd: 0,
  compact: 0,
  dmy: 0,
  mdy: 0,
  year: 0,
  month: 0,
  day: 0,
  shortNumber: 0,
  postal: 0,
  oneLength: 0,
};
const WORDS = { letters: 1 };
const TWO_WORDS = { letters: 1, meanWords: 2.2 };
const EIGHT_DIGITS = { digits: 1, compact: 0.97, oneLength: 1, meanLength: 8 };

const CASES: readonly (readonly [string, Partial<ContentSignals>, Meaning])[] = [
  ['given_name', WORDS, 'first_name'],
  ['Prenoms', TWO_WORDS, 'first_name'],
  ['DCD_NOM', WORDS, 'family_name'],
  ['Nachname', WORDS, 'family_name'],
  ['first_and_surname', TWO_WORDS, 'full_name'],
  ['full_name', TWO_WORDS, 'full_name'],
  ['name', TWO_WORDS, 'full_name'],
  ['name', WORDS, 'family_name'],
  ['dateNaissance', { dmy: 1, oneLength: 1 }, 'date'],
  ['Geburtsdatum', { dmy: 1 }, 'date'],
  ['v7', { ymd: 0.95 }, 'date'],
  ['date_of_birth', EIGHT_DIGITS, 'date'],
  ['soc_sec_id', EIGHT_DIGITS, 'identifier'],
  ['by', { digits: 1, year: 1 }, 'year'],
  ['mois_naissance', { digits: 1, month: 1 }, 'month'],
  ['commune_naissance', TWO_WORDS, 'city'],
  ['birth_place', WORDS, 'city'],
  ['PLZ', { digits: 1, postal: 1, oneLength: 1 }, 'postal_code'],
  ['postcode_fake', { mixed: 1, postal: 0.9, meanWords: 2 }, 'postal_code'],
  ['courriel', { mixed: 0.4, email: 0.97 }, 'email'],
  ['portable', { digits: 1, phone: 1 }, 'phone'],
  ['sexe', { letters: 1, distinct: 2 }, 'sex'],
  ['occupation', WORDS, 'category'],
  ['state', { letters: 1, distinct: 8 }, 'category'],
  ['address_1', { mixed: 0.9, meanWords: 3 }, 'address'],
  ['street_number', { digits: 0.98, mixed: 0.02 }, 'street_number'],
  ['unique_id', { digits: 1, distinct: 1000 }, 'id'],
  ['x', { letters: 1, distinct: 1 }, 'nothing'],
  ['remarks', TWO_WORDS, 'text'],
];

describe('the meaning of a column', () => {
  test.each(CASES)('%s (%o) is %s', (header, signals, expected) => {
    const guess = guessMeaning(header, { ...NOTHING, ...signals }, 1000);
    expect(guess.meaning).toBe(expected);
    expect(guess.confidence).toBeGreaterThan(0);
    expect(guess.confidence).toBeLessThanOrEqual(1);
  });

  test('header and content that agree are surer than content alone', () => {
    const sure = guessMeaning('email', { ...NOTHING, email: 1 }, 1000);
    const less = guessMeaning('v1', { ...NOTHING, email: 1 }, 1000);
    expect(sure.confidence).toBeGreaterThan(less.confidence);
  });

  test('content wins over a header that lies', () => {
    expect(guessMeaning('first_name', { ...NOTHING, email: 0.95 }, 1000).meaning).toBe('email');
  });
});

describe('words of a header', () => {
  test.each([
    ['dateNaissance_1', ['date', 'naissance']],
    ['Prénom usuel', ['prenom', 'usuel']],
    ['DCD_NOM', ['dcd', 'nom']],
    ['42', []],
  ])('%s', (header, words) => {
    expect(headerWords(header)).toEqual(words);
  });

  test('whole words only', () => {
    expect([...headerMeanings('denomination')]).toEqual([]);
  });
});
