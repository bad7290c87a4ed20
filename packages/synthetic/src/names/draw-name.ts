import type { Sex } from '@raccroche/contract';
import { Choices, choicesOf, type Random } from '../random.ts';
import { GIVEN_NAMES, type GivenName } from './given-names.ts';
import { GIVEN_NAMES_BY_GROUP } from './given-names-by-group.ts';
import { findGroupsOf } from './name-groups.ts';
import { findRareSurname } from './surname-tail.ts';
import { type NameGroup, SURNAMES } from './surnames.ts';

/** Exponent of the fall of surname frequencies: heavy tail, so that the first ones make homonyms. `[inferred]` */
const SURNAME_EXPONENT = 0.5;
/** Chance that a surname is a rare one, where the group has some. `[inferred]` */
const RARE_SURNAME: Partial<Record<NameGroup, number>> = {
  france: 0.78,
  north: 0.5,
  brittany: 0.45,
  alsace: 0.45,
  basque: 0.4,
  corsica: 0.4,
  maghreb: 0.5,
  portugal: 0.15,
  turkey: 0.35,
  polynesia: 0.4,
  westAfrica: 0.25,
  centralAfrica: 0.45,
  spain: 0.4,
  italy: 0.45,
  poland: 0.5,
  vietnam: 0.15,
  china: 0.2,
  southAsia: 0.4,
  antilles: 0.35,
  reunion: 0.3,
  mayotte: 0.3,
  kanak: 0.4,
};
/** Chance that a family gives names of its group rather than of the whole country. `[inferred]` */
const GIVEN_NAME_OF_GROUP = 0.7;
/** Years of birth between which the frequencies of given names go from the earlier to the later ones. */
const COHORTS = { earlier: 2000, later: 2010 } as const;
const SECOND_NAME = 0.75;
const THIRD_NAME = 0.45;

export interface Surname {
  readonly name: string;
  readonly group: NameGroup;
}

const frequent = new Map(
  Object.entries(SURNAMES).map(([group, names]) => [
    group as NameGroup,
    new Choices(names.map((value, rank) => ({ value, weight: 1 / (rank + 1) ** SURNAME_EXPONENT }))),
  ]),
);
const groups = new Map<string, Choices<NameGroup>>();
const given = new Map<string, Choices<string>>();

/** Draws a surname as they are borne in a département. */
export function drawSurname(random: Random, department: string): Surname {
  const known = groups.get(department) ?? choicesOf(findGroupsOf(department));
  groups.set(department, known);
  const group = known.draw(random);
  const rare = random.chance(RARE_SURNAME[group] ?? 0) ? findRareSurname(group, random.next()) : undefined;
  return { group, name: rare ?? frequent.get(group)?.draw(random) ?? 'Martin' };
}

/** Draws one to three different given names, the usual one first. */
export function drawGivenNames(
  random: Random,
  { sex, group, birthYear }: { sex: Sex; group: NameGroup; birthYear: number },
): readonly string[] {
  const count = 1 + (random.chance(SECOND_NAME) ? 1 : 0) + (random.chance(THIRD_NAME) ? 1 : 0);
  const year = Math.min(COHORTS.later, Math.max(COHORTS.earlier, birthYear));
  const own = GIVEN_NAMES_BY_GROUP[group]?.[sex];
  const names = new Set<string>();
  while (names.size < count) {
    const ofGroup = own !== undefined && random.chance(GIVEN_NAME_OF_GROUP);
    const choices = ofGroup
      ? givenOf(`${group} ${sex} ${year}`, own, year)
      : givenOf(`${sex} ${year}`, GIVEN_NAMES[sex], year);
    names.add(choices.draw(random));
  }
  return [...names];
}

function givenOf(key: string, names: readonly GivenName[], year: number): Choices<string> {
  const known = given.get(key);
  if (known !== undefined) return known;
  const later = (year - COHORTS.earlier) / (COHORTS.later - COHORTS.earlier);
  const made = new Choices(
    names.map(({ name, before2006, since2006 }) => ({
      value: name,
      weight: before2006 * (1 - later) + since2006 * later,
    })),
  );
  given.set(key, made);
  return made;
}
