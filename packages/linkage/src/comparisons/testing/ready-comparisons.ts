import { and, equal, left, right } from '../../expression/expression.ts';
import { frenchFamilyName } from '../../french/family-name.ts';
import { frenchFirstNames } from '../../french/given-names.ts';
import {
  distanceAtThresholds,
  exactLevel,
  exactMatch,
  nullLevel,
  similarityAtThresholds,
  swappedLevel,
} from '../../levels/levels.ts';
import { allOf, anyOf, literalLevel, notThis } from '../../levels/logic-levels.ts';
import { type Comparison, level, otherwise } from '../../model/model.ts';
import { emailAddress, phone, postalCode } from '../contacts.ts';
import { crossedNames, personName } from '../crossed-names.ts';
import { dateComparison } from '../dates.ts';
import { identifierSets } from '../identifiers.ts';
import { bestPairAtThresholds, listOverlap, listSubset, tokenOverlap } from '../lists.ts';
import { absoluteDifference, cosineAtThresholds, distanceInKm, percentageDifference } from '../numbers.ts';
import { frenchPlace, placeHierarchy } from '../places.ts';
import { prepare } from '../prepared.ts';
import {
  emailComparison,
  forenameSurnameComparison,
  nameComparison,
  postcodeComparison,
  splinkArrayIntersect,
  splinkAtThresholds,
  splinkExactMatch,
} from '../splink.ts';
import {
  dateOfBirthComparison,
  splinkCosine,
  splinkDateDifference,
  splinkDistanceInKm,
  splinkPairwise,
} from '../splink-measures.ts';

/** Splink's comparisons, on columns of `random-people.ts`. */
export const SPLINK: readonly Comparison[] = [
  splinkExactMatch('first', true),
  splinkAtThresholds('first', 'levenshtein'),
  splinkAtThresholds('first', 'damerau_levenshtein'),
  splinkAtThresholds('first', 'jaro'),
  splinkAtThresholds('first', 'jaro_winkler'),
  splinkAtThresholds('first', 'jaccard'),
  splinkArrayIntersect('tags', [2, 1]),
  splinkPairwise('tags'),
  splinkDateDifference('born', [
    [1, 'month'],
    [10, 'year'],
  ]),
  splinkDistanceInKm('lat', 'lon'),
  splinkCosine('vector', [0.9, 0.8]),
  nameComparison('first', { phoneticKeys: 'tags' }),
  forenameSurnameComparison('first', 'family'),
  forenameSurnameComparison('first', 'family', { concatenated: 'whole' }),
  dateOfBirthComparison('born'),
  dateOfBirthComparison('birth', { input: 'date' }),
  emailComparison('email'),
  postcodeComparison('british'),
];

/** Comparisons whose columns are made once for each record. */
export const PREPARED = prepare<string>(
  frenchFamilyName('nom', { usage: 'usage' }),
  frenchFirstNames('prenoms', { more: ['second'] }),
  frenchPlace('place', { successor: 'successor', canton: 'canton' }),
  emailAddress('email'),
  phone('phone'),
  postalCode('postal'),
  identifierSets('ids'),
);

const logic: Comparison = {
  name: 'logic',
  columns: ['first', 'family'],
  levels: [
    nullLevel('first', 'family'),
    literalLevel('first', 'zoe'),
    literalLevel('first', 'zoe', 'left'),
    literalLevel('family', 'zoe', 'either'),
    swappedLevel('first', 'family'),
    allOf('both', exactLevel('first'), exactLevel('family')),
    anyOf('either', exactLevel('first'), exactLevel('family')),
    notThis('not crossed', level('crossed', and(equal(left('first'), right('family'))))),
    otherwise(),
  ],
};

/** Everything else. */
export const PLAIN: readonly Comparison[] = [
  logic,
  exactMatch('first', { termFrequency: true }),
  similarityAtThresholds('first', 'jaro_winkler_similarity', [0.92, 0.8]),
  similarityAtThresholds('first', 'jaro_similarity', [0.9, 0.7]),
  similarityAtThresholds('first', 'jaccard', [0.9, 0.7]),
  distanceAtThresholds('first', 'levenshtein', [1, 2]),
  distanceAtThresholds('first', 'damerau_levenshtein', [1, 2]),
  ...crossedNames('first', 'family'),
  personName('family'),
  listOverlap('tags', [2, 1]),
  listSubset('tags'),
  bestPairAtThresholds('tags', 'jaro_winkler_similarity', [0.85]),
  tokenOverlap('address'),
  absoluteDifference('amount', [0.5, 10]),
  percentageDifference('amount', [0.05, 0.5]),
  distanceInKm('lat', 'lon'),
  cosineAtThresholds('vector', [0.9, 0.8]),
  dateComparison('born'),
  dateComparison('birth', {
    input: 'date',
    within: [
      [31, 'day'],
      [6, 'month'],
      [10, 'year'],
    ],
  }),
  placeHierarchy('area', ['place', 'canton']),
];
