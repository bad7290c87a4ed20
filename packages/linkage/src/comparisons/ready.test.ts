import { describe, expect, test } from 'vitest';
import { compileDerivations } from '../expression/derive.ts';
import type { Row } from '../expression/expression.ts';
import { frenchFamilyName } from '../french/family-name.ts';
import { frenchFirstNames } from '../french/given-names.ts';
import { gammaOf, pairOf } from '../levels/gamma-twin.ts';
import { type Comparison, gammas } from '../model/model.ts';
import { emailAddress, phone, postalCode } from './contacts.ts';
import { crossedNames } from './crossed-names.ts';
import { civilDate, dateComparison } from './dates.ts';
import { identifierSets } from './identifiers.ts';
import { listSubset, tokenOverlap } from './lists.ts';
import { absoluteDifference, distanceInKm, percentageDifference } from './numbers.ts';
import { frenchPlace } from './places.ts';
import type { Prepared } from './prepared.ts';

/** The label of the level that a pair is at. */
function levelAt(comparison: Comparison, l: Row, r: Row): string {
  const gamma = gammaOf(comparison)(pairOf(l, r));
  return gammas(comparison).find((one) => one.gamma === gamma)?.level.label ?? '';
}

function preparedAt({ derivations, comparisons }: Prepared, l: Row, r: Row): string {
  const derive = compileDerivations(derivations);
  const [comparison] = comparisons;
  if (comparison === undefined) throw new Error('nothing is compared');
  return levelAt(comparison, derive(l), derive(r));
}

type Cases = readonly (readonly [name: string, a: string | null, b: string | null, label: string])[];

/** Both ways round: a level means the same whichever record stands on the left. */
function expectLevel(at: (l: Row, r: Row) => string, column: string, [, a, b, label]: Cases[number]): void {
  expect(at({ [column]: a }, { [column]: b })).toBe(label);
  expect(at({ [column]: b }, { [column]: a })).toBe(label);
}

describe('family names', () => {
  const cases: Cases = [
    ['missing', null, 'MARTIN', 'nom_key missing'],
    ['nothing but signs', '--', 'MARTIN', 'nom_key missing'],
    ['accents and case', 'Müller', 'MULLER', 'nom_key equal'],
    ['ligature and apostrophe', 'D’Œuvre', "D'OEUVRE", 'nom_key equal'],
    ['hyphen', 'Martin-Durand', 'MARTIN DURAND', 'nom_key equal'],
    ['mojibake', 'DÃ©sirÃ©e', 'Désirée', 'nom_key equal'],
    ['mojibake of Latin-1', 'HÃ\u0089LÃ\u0088NE', 'Hélène', 'nom_key equal'],
    ['ST and SAINT', 'St-Exupéry', 'SAINT EXUPERY', 'nom_key equal'],
    ['STE and SAINTE', 'Ste Marie', 'SAINTE-MARIE', 'nom_key equal'],
    ['ST within a word stays', 'STEPHAN', 'SAINTEPHAN', 'anything else'],
    ['particle run together', 'DE MAILLARD', 'DEMAILLARD', 'nom equal but for blanks and particles'],
    ['article run together', 'LE GALL', 'LEGALL', 'nom equal but for blanks and particles'],
    ['particle left out', 'de la Tour', 'LATOUR', 'nom equal but for blanks and particles'],
    ['particle left out whole', 'de Maillard', 'MAILLARD', 'nom equal but for blanks and particles'],
    ['one of two', 'MARTIN DURAND', 'DURAND', 'nom: one is a part of the other'],
    ['cut short', 'MONTGOLFIERE', 'MONTGOLF', 'nom: one is a part of the other'],
    ['letters lost', 'D?SIR?E', 'Désirée', 'nom: one is a part of the other'],
    ['letters lost for a mark', 'M\ufffd\ufffdLLER', 'MULLER', 'nom: one is a part of the other'],
    ['a letter typed wrong', 'LEFEBVRE', 'LEFEBVRES', 'nom: one is a part of the other'],
    ['a letter in the middle', 'BERNARDIN', 'BERNADIN', 'jaro_winkler_similarity of nom_compact >= 0.92'],
    ['said alike', 'THIBAULT', 'TIBO', 'nom said alike'],
    ['others', 'MARTIN', 'DURAND', 'anything else'],
  ];
  const comparison = frenchFamilyName('nom');
  test.each(cases)('%s', (...one) => {
    expectLevel((l, r) => preparedAt(comparison, l, r), 'nom', one);
  });

  test('the name of usage of one is the name of birth of the other', () => {
    const withUsage = frenchFamilyName('nom', { usage: 'usage' });
    const [married, born] = [
      { nom: 'DURAND', usage: 'Le Gall' },
      { nom: 'LEGALL', usage: null },
    ];
    expect(preparedAt(withUsage, married, born)).toBe('nom: name of usage is name of birth');
    expect(preparedAt(withUsage, born, married)).toBe('nom: name of usage is name of birth');
    expect(preparedAt(withUsage, { nom: null, usage: 'Le Gall' }, { nom: 'LE GALL' })).toBe('nom_key equal');
  });
});

describe('first names', () => {
  const cases: Cases = [
    ['blank', '  ', 'MARIE', 'prenoms_first missing'],
    ['all equal', 'Marie, Louise', 'MARIE LOUISE', 'prenoms_key equal'],
    ['the first equal', 'Marie Louise', 'MARIE ANNE', 'prenoms_first equal'],
    ['another order', 'Marie Louise', 'LOUISE MARIE', 'prenoms: same ones in another order'],
    ['goes by the second', 'Marie Louise Anne', 'LOUISE', 'prenoms: first of one is any of the other'],
    ['a compound name cut', 'Jean-Pierre', 'JEAN', 'prenoms: one is cut or damaged'],
    ['a compound name cut behind', 'Jean-Pierre', 'PIERRE', 'prenoms: one is cut or damaged'],
    ['cut short', 'Christophe', 'CHRIST', 'prenoms: one is cut or damaged'],
    ['an initial', 'Zoé', 'Z.', 'prenoms: one is cut or damaged'],
    ['letters lost', 'H?L?NE', 'Hélène', 'prenoms: one is cut or damaged'],
    ['initials of a compound', 'JB', 'Jean-Baptiste', 'prenoms: diminutive or short form'],
    ['two of one group', 'Alex', 'Alexis', 'prenoms: diminutive or short form'],
    ['near', 'Catherine', 'Catherina', 'jaro_winkler_similarity of prenoms_first >= 0.92'],
    ['said alike', 'Stéphane', 'Stèfanne', 'prenoms said alike'],
    ['twins', 'Marie', 'Sophie', 'anything else'],
  ];
  const comparison = frenchFirstNames('prenoms');
  test.each(cases)('%s', (...one) => {
    expectLevel((l, r) => preparedAt(comparison, l, r), 'prenoms', one);
  });

  test('in several columns', () => {
    const several = frenchFirstNames('p1', { more: ['p2', 'p3'] });
    const [a, b] = [
      { p1: 'Jean-Luc', p2: 'Marie', p3: null },
      { p1: 'JEAN LUC', p2: 'MARIE' },
    ];
    expect(preparedAt(several, a, b)).toBe('p1_key equal');
    expect(preparedAt(several, { p1: null, p2: 'Marie' }, { p1: 'Marie' })).toBe('p1_key equal');
  });
});

describe('dates', () => {
  const cases: Cases = [
    ['missing', null, '2008-03-04', 'born missing or no date'],
    ['no day of the calendar', '2008-02-30', '2008-02-30', 'born missing or no date'],
    ['equal', '2008-03-04', '2008-03-04', 'born equal, not 1 January'],
    ['transposed', '2008-03-04', '2008-04-03', 'born: day and month transposed'],
    ['one digit', '2008-03-04', '2018-03-04', 'born: one character apart'],
    ['two neighbours', '2008-03-12', '2008-03-21', 'born: one character apart'],
    ['1 January twice is not equal', '2008-01-01', '2008-01-01', 'born: same year, 1 January'],
    ['1 January for an unknown day', '2008-01-01', '2008-06-30', 'born: same year, 1 January'],
    ['1 January of two years', '2008-01-01', '2009-01-01', 'born within 10 years'],
    ['within a month', '2008-03-29', '2008-04-12', 'born within 1 month'],
    ['within a year', '2008-03-29', '2009-02-12', 'born within 1 year'],
    ['within ten years', '2008-03-29', '2014-11-12', 'born within 10 years'],
    ['far', '2008-03-29', '1960-11-12', 'anything else'],
  ];
  test.each(cases)('%s', (...one) => {
    expectLevel((l, r) => levelAt(dateComparison('born'), l, r), 'born', one);
  });

  test.each([
    ['04/03/2008', '2008-03-04'],
    [' 2008-3-4', '2008-03-04'],
    ['30/02/2008', null],
    ['march', null],
  ])('%s is %s', (text, expected) => {
    expect(compileDerivations([civilDate('d', 'civil')])({ d: text }).civil).toBe(expected);
  });
});

describe('places', () => {
  const at = (l: Row, r: Row) =>
    preparedAt(frenchPlace('insee', { successor: 'now', canton: 'canton' }), l, r);
  const cases: Cases = [
    ['missing', null, '75056', 'insee_country missing'],
    ['equal', '64445', '64445', 'insee_commune equal'],
    ['arrondissement and city', '75101', '75056', 'insee_city equal'],
    ['two arrondissements', '69381', '69388', 'insee_city equal'],
    ['Marseille', '13216', '13055', 'insee_city equal'],
    ['Aix is not Marseille', '13001', '13055', 'insee_department equal'],
    ['Corsica', '2A004', '2B033', 'insee_country equal'],
    ['overseas', '97411', '97416', 'insee_department equal'],
    ['two departments overseas', '97411', '97105', 'insee_country equal'],
    ['abroad', '99352', '99352', 'same foreign country'],
    ['two countries', '99352', '99350', 'anything else'],
    ['here and abroad', '64445', '99350', 'anything else'],
    ['France, no more', '64445', '99100', 'insee_country equal'],
  ];
  test.each(cases)('%s', (...one) => {
    expectLevel(at, 'insee', one);
  });
  test('after a merger, and in one canton', () => {
    expect(at({ insee: '01033', now: '01500' }, { insee: '01500' })).toBe('insee_city equal');
    expect(at({ insee: '64001', canton: 'x' }, { insee: '64002', canton: 'x' })).toBe('canton equal');
  });
});

describe('contacts and identifiers', () => {
  const emails: Cases = [
    ['case and blanks', 'A.Martin@x.fr ', 'a.martin@x.fr', 'mail_key equal'],
    ['another domain', 'a.martin@x.fr', 'a.martin@y.fr', 'mail_user equal'],
    ['no address', 'nothing', 'a.martin@x.fr', 'mail_key missing'],
    ['another', 'zoe@z.fr', 'a.martin@x.fr', 'anything else'],
  ];
  test.each(emails)('e-mail: %s', (...one) => {
    expectLevel((l, r) => preparedAt(emailAddress('mail'), l, r), 'mail', one);
  });
  const phones: Cases = [
    ['with and without the country', '+33 6 12 34 56 78', '06.12.34.56.78', 'tel_key equal'],
    ['one digit', '0612345678', '0612345679', 'levenshtein of tel_key <= 1'],
    ['too short', '12', '12', 'tel_key missing'],
  ];
  test.each(phones)('telephone: %s', (...one) => {
    expectLevel((l, r) => preparedAt(phone('tel'), l, r), 'tel', one);
  });
  const postals: Cases = [
    ['equal', 'F-64000', '64000', 'cp_key equal'],
    ['the first three', '64000', '64050', 'cp_key: same first 3'],
    ['the first two', '64000', '64100', 'cp_key: same first 2'],
    ['no code', '640', '64000', 'cp_key missing'],
  ];
  test.each(postals)('postal code: %s', (...one) => {
    expectLevel((l, r) => preparedAt(postalCode('cp'), l, r), 'cp', one);
  });

  test.each([
    ['one in common', ['ine:1', 'x:2'], ['ine:1', 'x:3'], 'ids: one in common'],
    ['same type, other value', ['ine:1'], ['ine:2'], 'ids: same type, different value'],
    ['other types', ['ine:1'], ['inaa:1'], 'ids: no type in common'],
    ['none', [], ['inaa:1'], 'ids: no type in common'],
    ['missing', null, ['inaa:1'], 'ids: no type in common'],
  ])('identifiers: %s', (_name, a, b, label) => {
    expect(preparedAt(identifierSets('ids'), { ids: a }, { ids: b })).toBe(label);
    expect(preparedAt(identifierSets('ids'), { ids: b }, { ids: a })).toBe(label);
  });
});

describe('crossed names are told once', () => {
  const three = crossedNames('first', 'family');
  const levels = (l: Row, r: Row) => three.map((comparison) => gammaOf(comparison)(pairOf(l, r)));
  const sophie = { first: 'SOPHIE', family: 'DURAND' };
  test.each([
    ['in place', sophie, { first: 'SOPHIE', family: 'DURAND' }, [4, 4, 0]],
    ['both crossed', sophie, { first: 'DURAND', family: 'SOPHIE' }, [-1, -1, 2]],
    ['both crossed, nearly', sophie, { first: 'DURANT', family: 'SOFIE' }, [-1, -1, 1]],
    ['one crossed', sophie, { first: 'DURAND', family: 'KERMIT' }, [-1, -1, 1]],
    ['one crossed, the other missing', sophie, { first: 'DURAND', family: null }, [-1, -1, 1]],
    ['one in place is not crossed', sophie, { first: 'SOPHIE', family: 'SOPHIE' }, [4, 0, 0]],
    ['others', sophie, { first: 'ZOE', family: 'KERMIT' }, [0, 0, 0]],
    ['missing', sophie, { first: null, family: 'KERMIT' }, [-1, 0, 0]],
  ])('%s', (_name, l, r, expected) => {
    expect(levels(l, r)).toEqual(expected);
    expect(levels(r, l)).toEqual(expected);
  });
});

describe('numbers and lists', () => {
  test.each([
    ['thresholds are inclusive', absoluteDifference('n', [0.5]), { n: 1 }, { n: 1.5 }, 'n within 0.5'],
    ['a share is not', percentageDifference('n', [0.5]), { n: 1 }, { n: 2 }, 'anything else'],
    ['below the share', percentageDifference('n', [0.51]), { n: 2 }, { n: 1 }, 'n within 51 %'],
    [
      'Paris and Lyon',
      distanceInKm('a', 'o', [390, 400]),
      { a: 48.8566, o: 2.3522 },
      { a: 45.764, o: 4.8357 },
      'within 400 km',
    ],
    ['an empty list is no subset', listSubset('t'), { t: [] }, { t: ['a'] }, 'anything else'],
    ['a subset', listSubset('t'), { t: ['a', 'a'] }, { t: ['a', 'b'] }, 't: one within the other'],
    ['the same words', tokenOverlap('t'), { t: 'rue de la paix' }, { t: 'paix de la rue' }, 't: same words'],
    [
      'all words of the shorter',
      tokenOverlap('t'),
      { t: 'la paix' },
      { t: 'rue de la paix' },
      't: 1 or more of the words in common',
    ],
    [
      'half of them',
      tokenOverlap('t'),
      { t: 'la guerre' },
      { t: 'rue de la paix' },
      't: 0.5 or more of the words in common',
    ],
  ])('%s', (_name, comparison, l, r, label) => {
    expect(levelAt(comparison, l, r)).toBe(label);
  });
});
