/** What records can be compared by: levels, ready comparisons, French names. */

// Levels and ready comparisons

export { emailAddress, phone, postalCode } from '../comparisons/contacts.ts';
export {
  type CrossedNamesOptions,
  crossedNames,
  type NameOptions,
  personName,
} from '../comparisons/crossed-names.ts';
export { civilDate, type DateFormat, type DateOptions, dateComparison } from '../comparisons/dates.ts';
export { identifierSets } from '../comparisons/identifiers.ts';
export { bestPairAtThresholds, listOverlap, listSubset, tokenOverlap } from '../comparisons/lists.ts';
export {
  absoluteDifference,
  cosineAtThresholds,
  distanceInKm,
  percentageDifference,
} from '../comparisons/numbers.ts';
export { type FrenchPlaceOptions, frenchPlace, placeHierarchy } from '../comparisons/places.ts';
export { type Prepared, type PreparedName, prepare } from '../comparisons/prepared.ts';
export {
  emailComparison,
  forenameSurnameComparison,
  nameComparison,
  postcodeComparison,
  splinkArrayIntersect,
  splinkAtThresholds,
  splinkExactMatch,
} from '../comparisons/splink.ts';
export {
  type DateOfBirthOptions,
  dateOfBirthComparison,
  splinkCosine,
  splinkDateDifference,
  splinkDistanceInKm,
  splinkPairwise,
} from '../comparisons/splink-measures.ts';
export {
  type DateInput,
  type DateUnit,
  missingDateLevel,
  oneCharacterDateLevel,
  sameDateLevel,
  transposedDateLevel,
  unknownDayLevel,
  withinLevel,
} from '../levels/date-levels.ts';
export { gammaOf } from '../levels/gamma-twin.ts';
export {
  type Distance,
  distanceAtThresholds,
  distanceLevel,
  type ExactOptions,
  exactLevel,
  exactMatch,
  nullLevel,
  type Similarity,
  similarityAtThresholds,
  similarityLevel,
  swappedLevel,
} from '../levels/levels.ts';
export {
  bestPairLevel,
  overlapLevel,
  sameWordsLevel,
  subsetLevel,
  tokenShareLevel,
} from '../levels/list-levels.ts';
export { allOf, anyOf, type LevelSettings, literalLevel, notThis, sqlLevel } from '../levels/logic-levels.ts';
export {
  absoluteDifferenceLevel,
  cosineLevel,
  distanceInKmLevel,
  percentageDifferenceLevel,
} from '../levels/number-levels.ts';

// French names

export { areFirstNamesCompatible, compatibleFirstNamesSql } from '../first-names.ts';
export { type FamilyNameOptions, frenchFamilyName } from '../french/family-name.ts';
export { firstNameGroup } from '../french/first-name-groups.ts';
export { type FirstNamesOptions, frenchFirstNames } from '../french/given-names.ts';
export { repairMojibake } from '../french/mojibake.ts';
export {
  compactKey,
  familyNameKey,
  firstNameList,
  frenchNameKey,
  particleFreeKey,
} from '../french/name-keys.ts';
export { frenchPhonetic } from '../french/phonetic.ts';
export { normalizedNameSql, normalizeName } from '../normalize-name.ts';
