import { describe, expect, test } from 'vitest';
import { compileExpression } from '../expression/compile.ts';
import { column, type Expression, type Operand } from '../expression/expression.ts';
import { javaScriptPattern } from '../expression/regexp-subset.ts';
import { normalizeName } from '../normalize-name.ts';
import { FIRST_NAME_GROUPS, firstNameGroup } from './first-name-groups.ts';
import { damagedPattern, MISREADINGS, repairMojibake } from './mojibake.ts';
import { frenchNameKey, particleFreeKey } from './name-keys.ts';
import { frenchPhonetic, PHONETIC_RULES } from './phonetic.ts';

const twin = (of: (text: Operand) => Expression) => {
  const evaluate = compileExpression(of(column('x')));
  return (x: string | null) => evaluate({ x });
};
const sound = twin(frenchPhonetic);

describe('the phonetic', () => {
  test.each([
    'DUPONT DUPOND DUPONS',
    'THIBAULT THIBAUD THIBEAU TIBO',
    'PHILIPPE FILIP',
    'MAILLARD MAYARD MAYART',
    'LEFEBVRE LEFEVRE',
    'MATHIEU MATTHIEU MATIEU',
    'GAUTHIER GAUTIER GOTIER GAULTIER',
    'CATHERINE KATERINE',
    'RENAULT RENAUD RENO RENAUX',
    'FRANCOIS FRANSOIS',
    'QUENTIN KANTIN KENTIN',
    'HENRI HENRY ENRI',
    'BEAUMONT BOMON',
    'CHRISTOPHE KRISTOF CRISTOFE',
    'LEROY LEROI',
    'MONTAGNIER MONTANIER',
    'NICOLAS NIKOLA',
    'SEBASTIEN CEBASTIEN',
    'ANDRE ANDREE',
    'ROGER ROGE',
    'MARTIN MARTAIN',
    'JEAN GEAN',
    'GEORGES JORGE',
    'ROUSSEAU ROUSSO',
    'LAURENT LORENT LAURAN',
    'LEBLANC LEBLAN',
    'LEBOEUF LEBEUF',
    'CORNEIL CORNEILLE',
    'SCHMITT CHMIT',
    'MADELEINE MADELAINE',
  ])('%s are said alike', (names) => {
    expect(new Set(names.split(' ').map(sound)).size).toBe(1);
  });

  test.each([
    'DUPONT DUPUIS',
    'MARTIN MARTINE',
    'MARTIN MARTEL',
    'LOUIS LOUISE',
    'JEAN JEANNE',
    'SIMON SIMONE',
    'PAUL POL LUC',
  ])('%s are not all said alike', (names) => {
    expect(new Set(names.split(' ').map(sound)).size).toBeGreaterThan(1);
  });

  test('blanks do not matter, and what cannot be read has no sound', () => {
    expect(sound('LE GALL')).toBe(sound('LEGALL'));
    expect(sound('ОЛЬГА')).toBeNull();
    expect(sound(null)).toBeNull();
  });

  test('every rule is read alike by both engines, and tells what it is for', () => {
    for (const { find, about } of PHONETIC_RULES) {
      expect(javaScriptPattern(find)).toBeDefined();
      expect(about).not.toBe('');
    }
  });

  test('every rule has an example among names that changes without it', () => {
    const names = [...SOUNDING, ...FIRST_NAME_GROUPS.flat()];
    const idle = PHONETIC_RULES.filter((left) => {
      const regexp = javaScriptPattern(left.find);
      return !names.some((name) => regexp !== undefined && soundsDifferent(name, left.find));
    });
    expect(idle.map(({ find }) => find)).toEqual([]);
  });
});

/** Family names that show the rules which first names do not. */
const SOUNDING = [
  'LE GALL',
  'MAILLARD',
  'SCHMITT',
  'WALTER',
  'BOCCETTI',
  'LEBLANC',
  'MONTAGNIER',
  'LEFEBVRE',
  'BOBBY',
  'HADDAD',
  'JOFFRE',
  'ZACQUART',
  'GAULTIER',
  'LEBOEUF',
  'LEROY',
  'MAYARD',
  'PIERRE',
  'MULLER',
  'GREMMEL',
  'ROUSSEAU',
  'DUPONT',
  'BEYNE',
  'TAAIER',
  'GUGGENHEIM',
  'PRISCILLE',
];

/** The rules walked by hand, with and without one of them. */
function soundsDifferent(name: string, without: string): boolean {
  const walk = (rules: typeof PHONETIC_RULES) =>
    rules.reduce((sofar, { find, put }) => {
      const regexp = javaScriptPattern(find);
      return regexp === undefined ? sofar : sofar.replace(regexp, put.replaceAll('\\', '$'));
    }, name);
  return walk(PHONETIC_RULES) !== walk(PHONETIC_RULES.filter(({ find }) => find !== without));
}

describe('groups of first names', () => {
  const group = twin(firstNameGroup);
  test.each([
    ['JB', 'JEAN BAPTISTE'],
    ['ALEX', 'ALEXANDRE'],
    ['ALEXIS', 'ALEXANDRE'],
    ['ALEXANDRE', 'ALEXANDRE'],
    ['NOBODY', 'NOBODY'],
    [null, null],
  ])('%s is of the group %s', (name, key) => {
    expect(group(name)).toBe(key);
  });

  test('names are normalised, and each stands once', () => {
    const names = FIRST_NAME_GROUPS.flat();
    expect(names.filter((name) => normalizeName(name) !== name)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(FIRST_NAME_GROUPS.length).toBeGreaterThanOrEqual(150);
  });
});

describe('misread encodings', () => {
  const repair = twin(repairMojibake);
  test.each([
    ['DÃ©sirÃ©e', 'Désirée'],
    ['FranÃ§ois', 'François'],
    ['HÃ‰LÃˆNE', 'HÉLÈNE'],
    ['HÃ\u0089LÃ\u0088NE', 'HÉLÈNE'],
    ['CÅ“ur', 'Cœur'],
    ['dâ€™Arc', 'd’Arc'],
    ['JoÃ\u00a0', 'Joà'],
    ['NÂ°3', 'N°3'],
    ['João', 'João'],
    ['SEBASTIÃO', 'SEBASTIÃO'],
    ['Élise', 'Élise'],
    ['MARTIN', 'MARTIN'],
  ])('%s is %s', (misread, meant) => {
    expect(repair(misread)).toBe(meant);
  });

  test('every letter survives being misread', () => {
    expect(MISREADINGS.length).toBeGreaterThan(150);
    expect(MISREADINGS.filter(([misread, meant]) => repair(`A${misread}b`) !== `A${meant}b`)).toEqual([]);
  });

  const damaged = twin((text) => damagedPattern(text, frenchNameKey));
  test.each([
    ['H?L?NE', 'H%L%NE'],
    ['H??l\ufffdne M.', 'H%L%NEM'],
    ['A?B', null],
    ['?', null],
    ['Hélène', null],
    [null, null],
  ])('%s lost letters: %s', (text, pattern) => {
    expect(damaged(text)).toBe(pattern);
  });
});

describe('particles', () => {
  const bare = twin(particleFreeKey);
  test.each([
    ['DE LA TOUR', 'LATOUR'],
    ['D ARTAGNAN', 'ARTAGNAN'],
    ['VAN DER BERG', 'BERG'],
    ['LE GALL', 'LEGALL'],
    ['DU', 'DU'],
    ['DURAND', 'DURAND'],
  ])('%s without is %s', (name, expected) => {
    expect(bare(name)).toBe(expected);
  });
});
