import type { CivilDate } from '../calendar.ts';
import { addDays } from '../calendar.ts';
import type { FailureMode, Failures } from '../failure-modes.ts';
import type { Life } from '../life/model.ts';
import { residenceOn } from '../life/model.ts';
import type { Address, Commune } from '../places.ts';
import { FRANCE } from '../places.ts';
import type { Random } from '../random.ts';
import { cutCompound, glueParticle, loseAccents, mistype, swapDayAndMonth } from './name-faults.ts';

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
/** The national education writes from its own register of identities: it mistypes and simplifies less. */
const CAREFUL: readonly SenderFamily[] = ['school', 'exams'];

export class IdentityTeller {
  readonly #failures: Failures;

  constructor(failures: Failures) {
    this.#failures = failures;
  }

  /**
   * Tells `life`'s person as `family` does. `knownOn`: the day on which the sender last asked for the address.
   * `random` must be the row's own stream.
   */
  tell(
    random: Random,
    life: Life,
    {
      family,
      knownOn,
      newSchool = false,
    }: {
      family: SenderFamily;
      knownOn: CivilDate;
      /** A school that had to register a newcomer may have made a second INE. */
      newSchool?: boolean;
    },
  ): ToldIdentity {
    const { person } = life;
    const names = this.#names(random, life, family);
    const place = family !== 'school' && this.#strikes('birth_place_missing', random, life);
    return {
      ine: this.#ine(random, life, family, newSchool),
      ina:
        family === 'agriculture' && this.#strikes('ina_instead_of_ine', random, life)
          ? person.ina
          : undefined,
      ...names,
      sex: person.sex,
      birthDate: this.#birthDate(random, life),
      birthCommune: place ? undefined : person.birthCommune,
      birthCountry: place && person.birthCountry === FRANCE ? undefined : person.birthCountry,
      birthCity: person.birthCity,
      ...this.tellContact(random, life, knownOn),
    };
  }

  #strikes(mode: FailureMode, random: Random, life: Life): boolean {
    return this.#failures.strikes(mode, random, life.person.id);
  }

  #ine(random: Random, life: Life, family: SenderFamily, newSchool: boolean): string | undefined {
    const { person } = life;
    // Contracts are known by their number: their files carry no INE.
    if (family === 'contracts' || this.#strikes(MISSING_INE[family], random, life)) return undefined;
    if (this.#strikes('ine_malformed', random, life)) return `${person.ine.slice(0, 8)}`;
    if (family === 'cfa' && this.#strikes('ine_of_apprentice', random, life)) return person.apprenticeIne;
    if (newSchool && this.#strikes('ine_double', random, life)) return person.secondIne;
    return person.ine;
  }

  #names(
    random: Random,
    life: Life,
    family: SenderFamily,
  ): Pick<ToldIdentity, 'familyName' | 'usageName' | 'givenNames'> {
    const { person } = life;
    const careful = CAREFUL.includes(family);
    const asFamily =
      !careful && person.usageName !== undefined && this.#strikes('usage_name_as_family', random, life);
    const plain = !careful && this.#strikes('accents_lost', random, life);
    const write = (name: string): string => (plain ? loseAccents(name) : name);
    let familyName = write(asFamily ? (person.usageName ?? person.familyName) : person.familyName);
    if (!careful && familyName.includes(' ') && this.#strikes('particle_glued', random, life)) {
      familyName = glueParticle(familyName);
    }
    if (!careful && this.#strikes('name_typo', random, life)) familyName = mistype(random, familyName);
    const [first = '', ...others] = person.givenNames.map(write);
    const cut = !careful && first.includes('-') && this.#strikes('compound_name_cut', random, life);
    const usageName = asFamily || person.usageName === undefined ? undefined : write(person.usageName);
    return { familyName, usageName, givenNames: [cut ? cutCompound(first) : first, ...others] };
  }

  #birthDate(random: Random, life: Life): string {
    const { birthDate } = life.person;
    if (this.#strikes('bad_birth_date', random, life)) return `${birthDate.slice(0, 4)}-02-31`;
    if (this.#strikes('day_month_swapped', random, life)) return swapDayAndMonth(birthDate);
    if (this.#strikes('birth_date_typo', random, life))
      return addDays(birthDate, random.pick([-10, -1, 1, 10, 365]));
    return birthDate;
  }

  /** Where and how the sender thinks that the person can be reached. */
  tellContact(
    random: Random,
    life: Life,
    knownOn: CivilDate,
  ): Pick<ToldIdentity, 'address' | 'phone' | 'mobile' | 'email'> {
    if (this.#strikes('contact_missing', random, life)) {
      return { address: undefined, phone: undefined, mobile: undefined, email: undefined };
    }
    const { contact } = life.person;
    const stale = this.#strikes('contact_stale', random, life);
    const current = residenceOn(life, knownOn);
    const first = life.residences[0]?.address ?? current;
    const abroadUntold = current.country !== FRANCE && this.#strikes('departure_abroad_untold', random, life);
    return {
      address: stale || abroadUntold ? first : current,
      phone: random.chance(0.4) ? contact.phone : undefined,
      mobile: stale ? `063998${String(random.between(0, 9999)).padStart(4, '0')}` : contact.mobile,
      email: random.chance(0.7) ? contact.email : undefined,
    };
  }
}
