import {
  and,
  atLeast,
  atMost,
  type Comparison,
  call,
  defineModel,
  type Expression,
  equal,
  exactLevel,
  isNull,
  left,
  level,
  type Model,
  nullLevel,
  or,
  otherwise,
  right,
} from '@raccroche/linkage';

type VariantColumn =
  | 'name1'
  | 'name2'
  | 'first1'
  | 'first2'
  | 'birth'
  | 'place'
  | 'place_department'
  | 'sex'
  | 'homes'
  | 'phones'
  | 'emails';

/** A frequency below this is believed to be this: a misspelt name is rare, and must not weigh for it. */
const LEAST_NAME_FREQUENCY = 0.0002;
/**
 * P(first names that have nothing in common | one person), given and not learned: twins share everything else, and a model
 * that learns from look-alikes would take them for one person whose first name varies.
 */
const DIFFERENT_FIRST_NAMES = 0.0005;

type PairTest = (a: Expression, b: Expression) => Expression;

const jaroWinkler: PairTest = (a, b) => call('jaro_winkler_similarity', a, b);
const orFalse = (test: Expression): Expression => call('coalesce', test, false);
const withoutBlanks = (name: Expression): Expression => call('replace', name, ' ', '');

/** DE MAILLARD and MAILLARD no; MARTIN and MARTIN DUBOIS yes: whole words that begin the longer. */
const begins: PairTest = (a, b) =>
  or(call('starts_with', a, call('||', b, ' ')), call('starts_with', b, call('||', a, ' ')));

/** Whichever name a register holds, birth or usage: each against each. */
function anyName(test: PairTest): Expression {
  const sides = ['name1', 'name2'];
  const tests = sides.flatMap((l) => sides.map((r) => orFalse(test(left(l), right(r)))));
  return or(...tests);
}

/** Frequency of a value moves the weight of its agreement. */
const byFrequency = (name: string) => ({
  termFrequency: { column: name, weight: 1, minimumU: LEAST_NAME_FREQUENCY, ownU: false },
});

const familyNames: Comparison<VariantColumn> = {
  name: 'nom',
  columns: ['name1', 'name2'],
  levels: [
    nullLevel('name1'),
    level('même nom', equal(left('name1'), right('name1')), byFrequency('name1')),
    level('nom de naissance de l’un, nom d’usage de l’autre', anyName(equal)),
    level(
      'même nom, blancs ôtés',
      anyName((a, b) => equal(withoutBlanks(a), withoutBlanks(b))),
    ),
    level('un nom commence l’autre', anyName(begins)),
    level(
      'noms très proches',
      anyName((a, b) => atLeast(jaroWinkler(a, b), 0.92)),
    ),
    level(
      'noms proches',
      anyName((a, b) => atLeast(jaroWinkler(a, b), 0.85)),
    ),
    otherwise('noms différents'),
  ],
};

const firstNames: Comparison<VariantColumn> = {
  name: 'prénom',
  columns: ['first1', 'first2'],
  levels: [
    nullLevel('first1'),
    level('même prénom', equal(left('first1'), right('first1')), byFrequency('first1')),
    level('un prénom commence l’autre', begins(left('first1'), right('first1'))),
    level('prénoms très proches', atLeast(jaroWinkler(left('first1'), right('first1')), 0.92)),
    level(
      'premier prénom de l’un, deuxième de l’autre',
      or(orFalse(equal(left('first1'), right('first2'))), orFalse(equal(left('first2'), right('first1')))),
    ),
    level('prénoms proches', atLeast(jaroWinkler(left('first1'), right('first1')), 0.85)),
    { ...otherwise('prénoms différents'), m: DIFFERENT_FIRST_NAMES, fixM: true },
  ],
};

const part = (side: Expression, start: number, length: number) => call('substr', side, start, length);
const birth = (test: PairTest): Expression => test(left('birth'), right('birth'));

const birthDates: Comparison<VariantColumn> = {
  name: 'naissance',
  columns: ['birth'],
  levels: [
    nullLevel('birth'),
    level('même date de naissance', birth(equal)),
    level(
      'jour et mois intervertis',
      birth((a, b) =>
        and(
          equal(part(a, 1, 5), part(b, 1, 5)),
          equal(part(a, 6, 2), part(b, 9, 2)),
          equal(part(a, 9, 2), part(b, 6, 2)),
        ),
      ),
    ),
    level(
      'un chiffre de la date diffère',
      birth((a, b) => atMost(call('damerau_levenshtein', a, b), 1)),
    ),
    level(
      'même mois de naissance',
      birth((a, b) => equal(part(a, 1, 7), part(b, 1, 7))),
    ),
    level(
      'deux chiffres de la date diffèrent',
      birth((a, b) => atMost(call('damerau_levenshtein', a, b), 2)),
    ),
    otherwise('dates de naissance différentes'),
  ],
};

const birthPlaces: Comparison<VariantColumn> = {
  name: 'lieu de naissance',
  columns: ['place', 'place_department'],
  levels: [
    nullLevel('place'),
    { ...exactLevel('place', { termFrequency: true }), label: 'même lieu de naissance' },
    level('même département de naissance', equal(left('place_department'), right('place_department'))),
    otherwise('lieux de naissance différents'),
  ],
};

const sexes: Comparison<VariantColumn> = {
  name: 'sexe',
  columns: ['sex'],
  levels: [nullLevel('sex'), { ...exactLevel('sex'), label: 'même sexe' }, otherwise('sexes différents')],
};

/** Something in common between two lists. */
function shared(name: string, label: string, other: string, of: VariantColumn): Comparison<VariantColumn> {
  return {
    name,
    columns: [of],
    levels: [
      level('non renseigné', or(isNull(left(of)), isNull(right(of))), { isNull: true }),
      level(label, call('list_has_any', left(of), right(of))),
      otherwise(other),
    ],
  };
}

const firstOf = (list: VariantColumn, side: 'l' | 'r') => `list_extract(${side}.${list}, 1)`;

/** Pairs that are looked at by who they are. None rests on one value that many people share. */
export const IDENTITY_BLOCKING_RULES = [
  'l.birth = r.birth AND l.place = r.place',
  'l.birth = r.birth AND l.name1 = r.name1',
  'l.birth = r.birth AND l.first1 = r.first1',
  'l.name1 = r.name1 AND l.first1 = r.first1 AND l.place = r.place',
  'l.name1 = r.name1 AND l.first1 = r.first1 AND substr(l.birth, 1, 4) = substr(r.birth, 1, 4)',
  'l.birth = r.birth AND substr(l.name1, 1, 3) = substr(r.name1, 1, 3)',
] as const;
const CONTACT_BLOCKING_RULES = [
  `${firstOf('phones', 'l')} = ${firstOf('phones', 'r')} AND substr(l.birth, 1, 4) = substr(r.birth, 1, 4)`,
] as const;

/** Names of the comparisons of who somebody is: what any register tells. The first names stand at FIRST_NAME_COMPARISON. */
export const IDENTITY_COMPARISONS: ReadonlySet<string> = new Set(
  [familyNames, firstNames, birthDates, birthPlaces, sexes].map(({ name }) => name),
);

/** The model of the SIEI's sources: what is compared, and by which levels; its parameters come from `trainModel`. */
export const SIEI_MODEL: Model<VariantColumn> = defineModel<VariantColumn>({
  prior: 1e-6,
  comparisons: [
    familyNames,
    firstNames,
    birthDates,
    birthPlaces,
    sexes,
    shared('résidence', 'même commune de résidence', 'communes de résidence différentes', 'homes'),
    shared('téléphone', 'un téléphone en commun', 'téléphones différents', 'phones'),
    shared('courriel', 'un courriel en commun', 'courriels différents', 'emails'),
  ],
  blockingRules: [...IDENTITY_BLOCKING_RULES, ...CONTACT_BLOCKING_RULES],
});
