import { KEY_LETTERS, type Sex } from '@raccroche/contract';
import { type CivilDate, civilDate } from '../calendar.ts';
import { drawGivenNames, drawSurname } from '../names/draw-name.ts';
import { COUNTRIES, FRANCE, type Places } from '../places.ts';
import type { Random } from '../random.ts';
import type { Contact, Parent, Person } from './model.ts';

/** Shares, all `[inferred]`: meant to have each kind present, not to describe the country. */
const BORN_ABROAD = 0.05;
const ORIGIN_BORN_ABROAD: Readonly<Record<string, number>> = {
  westAfrica: 0.35,
  maghreb: 0.18,
  turkey: 0.15,
  vietnam: 0.2,
  portugal: 0.2,
};
const BORN_IN_DEPARTMENT = 0.82;
const USAGE_NAME = 0.07;
const FATHER_ANSWERS = 0.35;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export interface PersonSpec {
  readonly number: number;
  readonly birthYear: number;
  readonly department: string;
  /** Share the birth, the family name and the parent of the person made just before. */
  readonly twinOf: Person | undefined;
}

/** Makes somebody who does not exist: names, birth, identifiers, ways to reach them. */
export function makePerson(random: Random, places: Places, spec: PersonSpec): Person {
  const { number, twinOf } = spec;
  const sex: Sex = random.chance(0.5) ? 'M' : 'F';
  const surname = drawSurname(random, spec.department);
  const familyName = twinOf?.familyName ?? surname.name;
  const birthDate = twinOf?.birthDate ?? drawBirthDate(random, spec.birthYear);
  const names = drawGivenNames(random, { sex, origin: surname.origin, birthYear: spec.birthYear });
  const givenNames = twinOf === undefined ? names : withoutTwinsName(random, names, twinOf, sex);
  const birth = twinOf ?? drawBirthPlace(random, places, surname.origin, spec.department);
  const parent = twinOf?.parent ?? makeParent(random, number, familyName);
  return {
    id: `P${String(number).padStart(5, '0')}`,
    familyName,
    usageName: twinOf === undefined ? drawUsageName(random, familyName, spec.department) : twinOf.usageName,
    givenNames,
    sex,
    birthDate,
    birthCommune: birth.birthCommune,
    birthCountry: birth.birthCountry,
    birthCity: birth.birthCity,
    ...makeIdentifiers(number),
    contact: makeContact(random, number),
    parent,
  };
}

function drawBirthDate(random: Random, year: number): CivilDate {
  const month = random.between(1, 12);
  const length = month === 2 && year % 4 === 0 ? 29 : (DAYS_IN_MONTH[month - 1] ?? 30);
  return civilDate(year, month, random.between(1, length));
}

/** Twins of one sex need another name: two people, never two records of one. */
function withoutTwinsName(
  random: Random,
  names: readonly string[],
  twin: Person,
  sex: Sex,
): readonly string[] {
  const taken = new Set(twin.givenNames);
  const own = names.filter((name) => !taken.has(name));
  const other = sex === 'F' ? 'Rosalie' : 'Anatole';
  return own.length > 0
    ? own
    : [random.chance(0.5) ? `${other}` : `${other}-${sex === 'F' ? 'Anne' : 'Jean'}`];
}

function drawBirthPlace(
  random: Random,
  places: Places,
  origin: string,
  department: string,
): Pick<Person, 'birthCommune' | 'birthCountry' | 'birthCity'> {
  if (random.chance(ORIGIN_BORN_ABROAD[origin] ?? BORN_ABROAD * 0.3)) {
    const country = random.weighted(COUNTRIES.map((value) => ({ value, weight: value.weight })));
    return { birthCommune: undefined, birthCountry: country.code, birthCity: country.name };
  }
  const commune = places.drawCommune(random, random.chance(BORN_IN_DEPARTMENT) ? department : undefined);
  return { birthCommune: commune, birthCountry: FRANCE, birthCity: commune.name };
}

function drawUsageName(random: Random, familyName: string, department: string): string | undefined {
  if (!random.chance(USAGE_NAME)) return undefined;
  const other = drawSurname(random, department).name;
  if (other === familyName) return undefined;
  return random.chance(0.6) ? `${familyName}-${other}` : other;
}

function makeIdentifiers(number: number): Pick<Person, 'ine' | 'secondIne' | 'apprenticeIne' | 'ina'> {
  const digits = String(number).padStart(7, '0');
  const letter = (shift: number) => KEY_LETTERS[(number * 7 + shift * 5) % KEY_LETTERS.length] ?? 'A';
  return {
    ine: `99${digits}${letter(1)}${letter(2)}`,
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
    origin: 'france',
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
