import type { Sex } from '@raccroche/contract';
import type { Random, Weighted } from '../random.ts';
import { GIVEN_NAMES, GIVEN_NAMES_BY_ORIGIN, type GivenName } from './given-names.ts';
import { SURNAMES, type SurnameOrigin } from './surnames.ts';

/** Exponent of the fall of surname frequencies: heavy tail, so that the first ones make homonyms. */
const SURNAME_EXPONENT = 0.8;
/** Chance that a family gives names of its origin rather than of the whole country. */
const GIVEN_NAME_OF_ORIGIN = 0.7;
/** Year of birth from which the later frequencies hold. */
const LATER_COHORT = 2006;
const SECOND_NAME = 0.75;
const THIRD_NAME = 0.45;

/** Shares of origins by where the family lives: invented, only meant to have all of them present. */
const ORIGIN_WEIGHTS: Record<SurnameOrigin, number> = {
  france: 62,
  north: 13,
  brittany: 2,
  corsica: 0.5,
  maghreb: 10,
  westAfrica: 4,
  portugal: 2.5,
  turkey: 1.5,
  vietnam: 1,
  poland: 2.5,
  italy: 1,
};

export interface Surname {
  readonly name: string;
  readonly origin: SurnameOrigin;
}

/** Draws a surname. `department` 2A or 2B: Corsican for most. */
export function drawSurname(random: Random, department: string): Surname {
  const corsican = department.startsWith('2') && /[AB]$/.test(department);
  const origin = random.weighted(
    origins().map(({ value, weight }) => ({ value, weight: value === 'corsica' && corsican ? 150 : weight })),
  );
  const names: readonly string[] = SURNAMES[origin];
  return {
    origin,
    name: random.weighted(
      names.map((value, rank) => ({ value, weight: 1 / (rank + 1) ** SURNAME_EXPONENT })),
    ),
  };
}

/** Draws one to three different given names, the usual one first. */
export function drawGivenNames(
  random: Random,
  { sex, origin, birthYear }: { sex: Sex; origin: SurnameOrigin; birthYear: number },
): readonly string[] {
  const count = 1 + (random.chance(SECOND_NAME) ? 1 : 0) + (random.chance(THIRD_NAME) ? 1 : 0);
  const names = new Set<string>();
  while (names.size < count) names.add(drawGivenName(random, { sex, origin, birthYear }));
  return [...names];
}

function drawGivenName(
  random: Random,
  { sex, origin, birthYear }: { sex: Sex; origin: SurnameOrigin; birthYear: number },
): string {
  const own = GIVEN_NAMES_BY_ORIGIN[origin]?.[sex];
  const names = own !== undefined && random.chance(GIVEN_NAME_OF_ORIGIN) ? own : GIVEN_NAMES[sex];
  return random.weighted(names.map((given) => ({ value: given.name, weight: weightOf(given, birthYear) })));
}

function weightOf(given: GivenName, birthYear: number): number {
  return birthYear < LATER_COHORT ? given.before2006 : given.since2006;
}

function origins(): readonly Weighted<SurnameOrigin>[] {
  return Object.entries(ORIGIN_WEIGHTS).map(([value, weight]) => ({ value: value as SurnameOrigin, weight }));
}
