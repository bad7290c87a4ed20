import { addDays, type CivilDate } from '../calendar.ts';
import type { FailureMode } from '../failure-modes.ts';
import type { RowFailures } from '../failures.ts';
import { type Address, FRANCE } from '../france/addresses.ts';
import type { Commune } from '../france/communes.ts';
import type { Life } from '../life/model.ts';
import { residenceOn } from '../life/model.ts';
import { cutCompound, garble, glueParticle, loseAccents, mistype, swapDayAndMonth } from './name-faults.ts';

/** Families of senders: what they know of people, and how well, differs. */
export type SenderFamily =
  | 'school'
  | 'agriculture'
  | 'cfa'
  | 'exams'
  | 'accompaniment'
  | 'private'
  | 'contracts';

/** One person as one row of one sender tells them. */
export interface ToldIdentity {
  readonly ine: string | undefined;
  readonly ina: string | undefined;
  readonly familyName: string;
  readonly usageName: string | undefined;
  readonly givenNames: readonly string[];
  readonly sex: 'M' | 'F';
  /** `yyyy-mm-dd`, possibly a day that does not exist. */
  readonly birthDate: string;
  readonly birthCommune: Commune | undefined;
  readonly birthCountry: string | undefined;
  readonly birthCity: string;
  readonly address: Address | undefined;
  readonly phone: string | undefined;
  readonly mobile: string | undefined;
  readonly email: string | undefined;
}

const MISSING_INE: Record<Exclude<SenderFamily, 'contracts'>, FailureMode> = {
  school: 'ine_missing_school',
  agriculture: 'ine_missing_agriculture',
  cfa: 'ine_missing_cfa',
  exams: 'ine_missing_exams',
  accompaniment: 'ine_missing_accompaniment',
  private: 'ine_missing_private',
};
/** They write from a register of identities, which mistypes and simplifies less: faults of their own, with rates of their own. */
const CAREFUL: readonly SenderFamily[] = ['school', 'exams'];

/** Systems with short fields cut names there. `[inferred]` */
const NAME_LENGTH = 14;

export type ToldContact = Pick<ToldIdentity, 'address' | 'phone' | 'mobile' | 'email'>;

/**
 * Tells `life`'s person as `family` does. `knownOn`: the day on which the sender last asked for the address.
 * `newSchool`: a school that had to register a newcomer may have made a second INE. `oneName`: the file has room for one
 * name, the one that is used.
 */
export function tellIdentity(
  row: RowFailures,
  life: Life,
  {
    family,
    knownOn,
    newSchool = false,
    oneName = false,
  }: { family: SenderFamily; knownOn: CivilDate; newSchool?: boolean; oneName?: boolean },
): ToldIdentity {
  const { person } = life;
  return {
    ine: tellIne(row, life, family, newSchool),
    ina: family === 'agriculture' && row.strikes('ina_instead_of_ine') ? person.ina : undefined,
    ...tellNames(row, life, { family, oneName }),
    sex: person.sex,
    birthDate: tellBirthDate(row, life),
    ...tellBirthPlace(row, life, family),
    birthCity: person.birthCity,
    ...tellContact(row, life, knownOn),
  };
}

function tellIne(
  row: RowFailures,
  { person }: Life,
  family: SenderFamily,
  newSchool: boolean,
): string | undefined {
  // Contracts are known by their number: their files carry no INE.
  if (family === 'contracts' || row.strikes(MISSING_INE[family])) return undefined;
  if (row.strikes('ine_malformed')) return `${person.ine.slice(0, 8)}`;
  if (family === 'cfa' && row.strikes('ine_of_apprentice')) return person.apprenticeIne;
  if (newSchool && row.strikes('ine_double')) return person.secondIne;
  const { beaIne } = person;
  const renumbered = family !== 'school' && beaIne !== undefined;
  return renumbered && row.aside('bea').strikes('ine_bea_kept') ? beaIne : person.ine;
}

type ToldNames = Pick<ToldIdentity, 'familyName' | 'usageName' | 'givenNames'>;

/** What goes wrong with names, in whichever file. */
interface NameFaults {
  readonly usageName: FailureMode;
  readonly accentsLost: FailureMode;
  readonly mojibake: FailureMode;
  readonly glued: FailureMode;
  readonly typo: FailureMode;
  readonly truncated: FailureMode;
  readonly cut: FailureMode;
  readonly swapped: FailureMode;
}

/** In the registers of the national education, of examinations and of universities. */
const REGISTER: NameFaults = {
  usageName: 'register_usage_name',
  accentsLost: 'register_accents_lost',
  mojibake: 'register_mojibake',
  glued: 'register_particle_glued',
  typo: 'register_name_typo',
  truncated: 'register_name_truncated',
  cut: 'register_compound_cut',
  swapped: 'register_names_swapped',
};
/** In the files of the others. */
const OTHERS: NameFaults = {
  usageName: 'usage_name_as_family',
  accentsLost: 'accents_lost',
  mojibake: 'mojibake',
  glued: 'particle_glued',
  typo: 'name_typo',
  truncated: 'name_truncated',
  cut: 'compound_name_cut',
  swapped: 'names_swapped',
};

function tellNames(
  row: RowFailures,
  { person }: Life,
  { family, oneName }: { family: SenderFamily; oneName: boolean },
): ToldNames {
  if (CAREFUL.includes(family)) return writeNames(row.aside('names'), person, REGISTER);
  return writeNames(row, person, oneName ? { ...OTHERS, usageName: 'usage_name_always' } : OTHERS);
}

function writeNames(row: RowFailures, person: Life['person'], faults: NameFaults): ToldNames {
  const asFamily = person.usageName !== undefined && row.strikes(faults.usageName);
  const write = drawWriting(row, person, faults);
  let familyName = write(asFamily ? (person.usageName ?? person.familyName) : person.familyName);
  if (familyName.includes(' ') && row.strikes(faults.glued)) familyName = glueParticle(familyName);
  if (row.strikes(faults.typo)) familyName = mistype(row.random, familyName);
  if (familyName.length > NAME_LENGTH && row.strikes(faults.truncated))
    familyName = familyName.slice(0, NAME_LENGTH).trimEnd();
  const [first = '', ...others] = person.givenNames.map(write);
  const cut = first.includes('-') && row.strikes(faults.cut);
  const usageName = asFamily || person.usageName === undefined ? undefined : write(person.usageName);
  const usual = cut ? cutCompound(first) : first;
  const swapped = row.strikes(faults.swapped);
  return {
    familyName: swapped ? usual : familyName,
    usageName,
    givenNames: [swapped ? familyName : usual, ...others],
  };
}

/** How the system of the sender writes letters: as they are, without accents, or garbled. */
function drawWriting(
  row: RowFailures,
  { familyName, givenNames }: Life['person'],
  { accentsLost, mojibake }: NameFaults,
): (name: string) => string {
  const plain = /^[ -~]*$/.test(`${familyName}${givenNames.join('')}`);
  if (row.strikes(accentsLost)) return loseAccents;
  return !plain && row.strikes(mojibake) ? garble : (name) => name;
}

function tellBirthDate(row: RowFailures, { person }: Life): string {
  const { birthDate, birthCountry } = person;
  if (row.strikes('bad_birth_date')) return `${birthDate.slice(0, 4)}-02-31`;
  if (birthCountry !== FRANCE && row.strikes('birth_date_first_january'))
    return `${birthDate.slice(0, 4)}-01-01`;
  if (row.strikes('day_month_swapped')) return swapDayAndMonth(birthDate);
  if (row.strikes('birth_date_typo')) return addDays(birthDate, row.random.pick([-10, -1, 1, 10, 365]));
  return birthDate;
}

function tellBirthPlace(
  row: RowFailures,
  { person, residences }: Life,
  family: SenderFamily,
): Pick<ToldIdentity, 'birthCommune' | 'birthCountry'> {
  const { birthCommune, birthCountry } = person;
  if (family === 'school') return { birthCommune, birthCountry };
  if (row.strikes('birth_place_missing'))
    return { birthCommune: undefined, birthCountry: birthCountry === FRANCE ? undefined : birthCountry };
  if (birthCommune === undefined) return { birthCommune, birthCountry };
  const home = residences[0]?.address.commune;
  if (row.strikes('birth_place_wrong') && home !== undefined) return { birthCommune: home, birthCountry };
  const former = birthCommune.former[0];
  if (former !== undefined && row.strikes('birth_place_former'))
    return { birthCommune: { ...birthCommune, code: former }, birthCountry };
  return { birthCommune, birthCountry };
}

/** Where and how the sender thinks that the person can be reached. */
export function tellContact(row: RowFailures, life: Life, knownOn: CivilDate): ToldContact {
  if (row.strikes('contact_missing'))
    return { address: undefined, phone: undefined, mobile: undefined, email: undefined };
  const { random } = row;
  const { contact } = life.person;
  const stale = row.strikes('contact_stale');
  const current = residenceOn(life, knownOn);
  const first = life.residences[0]?.address ?? current;
  const abroadUntold = current.country !== FRANCE && row.strikes('departure_abroad_untold');
  return {
    address: stale || abroadUntold ? first : current,
    phone: row.spares('phone_missing') ? contact.phone : undefined,
    mobile: stale ? `063998${String(random.between(0, 9999)).padStart(4, '0')}` : contact.mobile,
    email: row.spares('email_missing') ? contact.email : undefined,
  };
}
