import { KEY_LETTERS, type Sex } from '@raccroche/contract';
import { type CivilDate, civilDate, daysBetween } from '../calendar.ts';
import { drawBirthCountry, FRANCE } from '../france/addresses.ts';
import type { Bassin, Territory } from '../france/territory.ts';
import { drawGivenNames, drawSurname } from '../names/draw-name.ts';
import type { NameGroup } from '../names/surnames.ts';
import { choicesOf, type Random } from '../random.ts';
import type { Contact, Parent, Person } from './model.ts';

/** Shares, all `[inferred]`: meant to have each kind present, not to describe the country. */
const BORN_ABROAD = 0.015;
const GROUP_BORN_ABROAD: Partial<Record<NameGroup, number>> = {
  westAfrica: 0.35,
  maghreb: 0.18,
  turkey: 0.15,
  vietnam: 0.2,
  portugal: 0.2,
  centralAfrica: 0.35,
  china: 0.25,
  southAsia: 0.3,
  spain: 0.05,
  italy: 0.05,
  poland: 0.08,
  antilles: 0.05,
  mayotte: 0.2,
};
const BORN_IN_DEPARTMENT = 0.82;
const USAGE_NAME = 0.07;
const FATHER_ANSWERS = 0.35;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Births by month: a little more in summer. After the general look of INSEE's monthly births. `[inferred]` */
const BIRTH_MONTHS = choicesOf({
  1: 97,
  2: 89,
  3: 97,
  4: 96,
  5: 102,
  6: 101,
  7: 107,
  8: 105,
  9: 104,
  10: 103,
  11: 98,
  12: 99,
});
/** No child is born within so many days of another of the same mother. */
const BETWEEN_SIBLINGS_DAYS = 300;

export interface PersonSpec {
  readonly number: number;
  readonly birthYear: number;
  readonly home: Bassin;
  /** Shares the birth, the family name and the parent of the person made just before. */
  readonly twinOf: Person | undefined;
  /** Shares the family name and the parent of the person made just before, unless both were born within months. */
  readonly siblingOf: Person | undefined;
}

/** `P0000001`… for 1… */
export function personId(number: number): string {
  return `P${String(number).padStart(7, '0')}`;
}

/** Makes somebody who does not exist: names, birth, identifiers, ways to reach them. */
export function makePerson(random: Random, territory: Territory, spec: PersonSpec): Person {
  const { number, twinOf, home } = spec;
  const department = home.department.code;
  const sex: Sex = random.chance(0.5) ? 'M' : 'F';
  const surname = drawSurname(random, department);
  const birthDate = twinOf?.birthDate ?? drawBirthDate(random, spec.birthYear);
  const relative = twinOf ?? siblingBornApart(spec, birthDate);
  const nameGroup = relative?.nameGroup ?? surname.group;
  const familyName = relative?.familyName ?? surname.name;
  const names = drawGivenNames(random, { sex, group: nameGroup, birthYear: spec.birthYear });
  const givenNames = relative === undefined ? names : withoutNamesOf(random, names, relative, sex);
  const birth = twinOf ?? drawBirthPlace(random, territory, nameGroup, department);
  const parent = relative?.parent ?? makeParent(random, number, familyName);
  const usageName =
    relative === undefined ? drawUsageName(random, familyName, department) : relative.usageName;
  return {
    id: personId(number),
    number,
    home,
    nameGroup,
    familyName,
    usageName,
    givenNames,
    sex,
    birthDate,
    birthCommune: birth.birthCommune,
    birthCountry: birth.birthCountry,
    birthCity: birth.birthCity,
    ...makeIdentifiers(number, spec.birthYear),
    contact: makeContact(random, number),
    parent,
  };
}

function drawBirthDate(random: Random, year: number): CivilDate {
  const month = Number(BIRTH_MONTHS.draw(random));
  const length = month === 2 && year % 4 === 0 ? 29 : (DAYS_IN_MONTH[month - 1] ?? 30);
  return civilDate(year, month, random.between(1, length));
}

/** Whoever was born too near is of another family: their age goes with their schooling, and stays. */
function siblingBornApart({ siblingOf }: PersonSpec, birthDate: CivilDate): Person | undefined {
  if (siblingOf === undefined) return undefined;
  const apart = Math.abs(daysBetween(siblingOf.birthDate, birthDate));
  return apart >= BETWEEN_SIBLINGS_DAYS ? siblingOf : undefined;
}

/** Siblings need another name: two people, never two records of one. */
function withoutNamesOf(
  random: Random,
  names: readonly string[],
  relative: Person,
  sex: Sex,
): readonly string[] {
  const taken = new Set(relative.givenNames);
  const own = names.filter((name) => !taken.has(name));
  const other = sex === 'F' ? 'Rosalie' : 'Anatole';
  return own.length > 0
    ? own
    : [random.chance(0.5) ? `${other}` : `${other}-${sex === 'F' ? 'Anne' : 'Jean'}`];
}

function drawBirthPlace(
  random: Random,
  territory: Territory,
  group: NameGroup,
  department: string,
): Pick<Person, 'birthCommune' | 'birthCountry' | 'birthCity'> {
  if (random.chance(GROUP_BORN_ABROAD[group] ?? BORN_ABROAD)) {
    const country = drawBirthCountry(random, group);
    return { birthCommune: undefined, birthCountry: country.code, birthCity: country.name };
  }
  const commune = territory.drawBirthCommune(
    random,
    random.chance(BORN_IN_DEPARTMENT) ? department : undefined,
  );
  return { birthCommune: commune, birthCountry: FRANCE, birthCity: commune.name };
}

function drawUsageName(random: Random, familyName: string, department: string): string | undefined {
  if (!random.chance(USAGE_NAME)) return undefined;
  const other = drawSurname(random, department).name;
  if (other === familyName) return undefined;
  return random.chance(0.6) ? `${familyName}-${other}` : other;
}

/** The old base of pupils (BEA) knew those who were in collège by September 2017. Source: domain.md §7.1. */
const LAST_BIRTH_YEAR_OF_BEA = 2006;

function makeIdentifiers(
  number: number,
  birthYear: number,
): Pick<Person, 'ine' | 'beaIne' | 'secondIne' | 'apprenticeIne' | 'ina'> {
  const digits = String(number).padStart(7, '0');
  const bea = `990${digits}`;
  const beaKey = KEY_LETTERS[Number(bea) % KEY_LETTERS.length] ?? '';
  const letter = (shift: number) => KEY_LETTERS[(number * 7 + shift * 5) % KEY_LETTERS.length] ?? 'A';
  return {
    ine: `99${digits}${letter(1)}${letter(2)}`,
    beaIne: birthYear <= LAST_BIRTH_YEAR_OF_BEA ? `${bea}${beaKey}` : undefined,
    secondIne: `98${digits}${letter(3)}${letter(4)}`,
    apprenticeIne: `99${digits.slice(0, 2)}A${digits.slice(2)}${letter(5)}`,
    ina: `INA${digits}`,
  };
}

function makeContact(random: Random, number: number): Contact {
  return {
    phone: `0353010${String(random.between(0, 999)).padStart(3, '0')}`,
    mobile: `063998${String(random.between(0, 9999)).padStart(4, '0')}`,
    email: `jeune.${number}@example.org`,
  };
}

function makeParent(random: Random, number: number, familyName: string): Parent {
  const link = random.chance(FATHER_ANSWERS) ? 'père' : 'mère';
  const [givenName = 'Dominique'] = drawGivenNames(random, {
    sex: link === 'père' ? 'M' : 'F',
    group: 'france',
    birthYear: 1978,
  });
  return {
    familyName,
    givenName,
    link,
    phone: `063998${String(random.between(0, 9999)).padStart(4, '0')}`,
    email: `famille.${number}@example.org`,
  };
}
