import {
  type Comparison,
  type ComparisonLevel,
  dateComparison,
  defineModel,
  exactMatch,
  frenchFamilyName,
  frenchFirstNames,
  listOverlap,
  type Model,
  type Prepared,
  type PreparedName,
  placeHierarchy,
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

/**
 * A ready comparison under the French words that people read in explanations: its name, and its levels that are not
 * missing ones, from the closest to the furthest. Throws a RangeError when there are not as many words as levels.
 */
function inFrench(
  ready: Comparison<VariantColumn>,
  name: string,
  labels: readonly string[],
): Comparison<VariantColumn> {
  const words = labels.values();
  const levels = ready.levels.map((level): ComparisonLevel => {
    if (level.isNull === true) return { ...level, label: 'non renseigné' };
    const { value } = words.next();
    if (value === undefined) throw new RangeError(`${name}: fewer words than levels`);
    return { ...level, label: value };
  });
  if (words.next().done !== true) throw new RangeError(`${name}: more words than levels`);
  return { ...ready, name, levels };
}

function preparedInFrench(
  { derivations, comparisons }: Prepared<VariantColumn>,
  name: string,
  labels: readonly string[],
): Prepared<VariantColumn> {
  return { derivations, comparisons: comparisons.map((each) => inFrench(each, name, labels)) };
}

/** Whichever name a register holds, birth or usage: each against each. */
const familyNames = preparedInFrench(
  frenchFamilyName('name1', { usage: 'name2', minimumU: LEAST_NAME_FREQUENCY }),
  'nom',
  [
    'même nom',
    'même nom, blancs et particules ôtés',
    'nom de naissance de l’un, nom d’usage de l’autre',
    'un nom est une partie de l’autre',
    'noms très proches',
    'noms qui se prononcent pareil',
    'noms différents',
  ],
);

const firstNames = withGivenLast(
  preparedInFrench(
    frenchFirstNames('first1', { more: ['first2'], minimumU: LEAST_NAME_FREQUENCY }),
    'prénom',
    [
      'mêmes prénoms',
      'même premier prénom',
      'mêmes prénoms, dans un autre ordre',
      'premier prénom de l’un, autre prénom de l’autre',
      'un prénom coupé ou abîmé',
      'diminutif ou forme courte',
      'prénoms très proches',
      'prénoms qui se prononcent pareil',
      'prénoms différents',
    ],
  ),
);

/** First names that have nothing in common weigh what is given. */
function withGivenLast({ derivations, comparisons }: Prepared<VariantColumn>): Prepared<VariantColumn> {
  const given = { m: DIFFERENT_FIRST_NAMES, fixM: true };
  return {
    derivations,
    comparisons: comparisons.map((each) => ({
      ...each,
      levels: each.levels.map((level, index) =>
        index === each.levels.length - 1 ? { ...level, ...given } : level,
      ),
    })),
  };
}

const birthDates = inFrench(
  dateComparison('birth', {
    within: [
      [1, 'month'],
      [1, 'year'],
    ],
  }),
  'naissance',
  [
    'même date de naissance',
    'jour et mois intervertis',
    'un chiffre de la date diffère',
    'un 1ᵉʳ janvier, la même année',
    'dates à moins d’un mois',
    'dates à moins d’un an',
    'dates de naissance différentes',
  ],
);

const birthPlaces = inFrench(
  placeHierarchy('lieu de naissance', ['place', 'place_department']),
  'lieu de naissance',
  ['même lieu de naissance', 'même département de naissance', 'lieux de naissance différents'],
);

const shared = (list: VariantColumn, name: string, same: string, other: string) =>
  inFrench(listOverlap(list), name, [same, other]);

const yearOf = (side: 'l' | 'r') => `substr(${side}.birth, 1, 4)`;

/**
 * Pairs that are looked at by who they are. None rests on one value that many people share, and each names enough that its
 * pairs grow no faster than people in a country of three million: a birth date with a first name alone would give thirty
 * million pairs of strangers. Pairs whose first names have nothing in common are never kept (`comparedPairsStep`).
 */
export const IDENTITY_BLOCKING_RULES = [
  'l.birth = r.birth AND l.place = r.place',
  'l.birth = r.birth AND l.name1 = r.name1',
  'l.birth = r.birth AND l.first1 = r.first1 AND l.place_department = r.place_department',
  'l.name1 = r.name1 AND l.first1 = r.first1 AND l.place = r.place',
  `l.name1 = r.name1 AND l.first1 = r.first1 AND l.place_department = r.place_department AND ${yearOf('l')} = ${yearOf('r')}`,
  'l.name1 = r.name1 AND l.first1 = r.first1 AND substr(l.birth, 1, 7) = substr(r.birth, 1, 7)',
  'l.birth = r.birth AND substr(l.name1, 1, 3) = substr(r.name1, 1, 3) AND substr(l.first1, 1, 1) = substr(r.first1, 1, 1)',
] as const;
const CONTACT_BLOCKING_RULES = ['phones', 'emails'].map((list) => {
  const [l, r] = [`list_extract(l.${list}, 1)`, `list_extract(r.${list}, 1)`];
  return `${l} = ${r} AND ${yearOf('l')} = ${yearOf('r')}`;
});

const sexes = inFrench(exactMatch('sex'), 'sexe', ['même sexe', 'sexes différents']);

/** Comparisons of who somebody is: what any register tells. The first names stand at FIRST_NAME_COMPARISON. */
const IDENTITY = [
  ...familyNames.comparisons,
  ...firstNames.comparisons,
  birthDates,
  birthPlaces,
  sexes,
] as const;
export const IDENTITY_COMPARISONS: ReadonlySet<string> = new Set(IDENTITY.map(({ name }) => name));

/** The model of the SIEI's sources: what is compared, and by which levels; its parameters come from `trainModel`. */
export const SIEI_MODEL: Model<VariantColumn> = defineModel<VariantColumn, PreparedName>({
  prior: 1e-6,
  derivations: [...familyNames.derivations, ...firstNames.derivations],
  comparisons: [
    ...IDENTITY,
    shared('homes', 'résidence', 'même commune de résidence', 'communes de résidence différentes'),
    shared('phones', 'téléphone', 'un téléphone en commun', 'téléphones différents'),
    shared('emails', 'courriel', 'un courriel en commun', 'courriels différents'),
  ],
  blockingRules: [...IDENTITY_BLOCKING_RULES, ...CONTACT_BLOCKING_RULES],
});
