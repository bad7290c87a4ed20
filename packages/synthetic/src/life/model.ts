import type { AccompanimentStatus, AwardResult, AwardType, EnrolmentStatus, Sex } from '@raccroche/contract';
import type { CivilDate } from '../calendar.ts';
import type { Address } from '../france/addresses.ts';
import type { Commune } from '../france/communes.ts';
import type { Establishment } from '../france/establishments.ts';
import type { Structure } from '../france/structures.ts';
import type { Bassin } from '../france/territory.ts';
import type { NameGroup } from '../names/surnames.ts';
import type { Training } from '../trainings.ts';

/** What really happened: everything here is true, whatever the senders know of it. */
export interface Person {
  /** `P0000001`…: `number` written out. */
  readonly id: string;
  /** From 1, unique in the country; those of a bassin follow each other. */
  readonly number: number;
  readonly home: Bassin;
  /** Where the family name comes from. */
  readonly nameGroup: NameGroup;
  readonly familyName: string;
  readonly usageName: string | undefined;
  readonly givenNames: readonly string[];
  readonly sex: Sex;
  readonly birthDate: CivilDate;
  /** Undefined when born abroad. */
  readonly birthCommune: Commune | undefined;
  /** INSEE country. */
  readonly birthCountry: string;
  readonly birthCity: string;
  /** National identifier of today. Begins with 99, a year of registration that never was: nobody's own. */
  readonly ine: string;
  /** National identifier of those whom the old base knew before 2018, when everybody got another; undefined for the others. */
  readonly beaIne: string | undefined;
  /** Second national identifier, that a new school may have created by mistake. */
  readonly secondIne: string;
  readonly apprenticeIne: string;
  readonly ina: string;
  readonly contact: Contact;
  readonly parent: Parent;
}

/** Numbers of the ranges that ARCEP keeps for fiction, addresses of the domain that RFC 2606 keeps for examples. */
export interface Contact {
  readonly phone: string;
  readonly mobile: string;
  readonly email: string;
}

export interface Parent {
  readonly familyName: string;
  readonly givenName: string;
  readonly link: 'mère' | 'père';
  readonly phone: string;
  readonly email: string;
}

/** A stay in one establishment: one a school year, except in a CFA (the whole training). */
export interface Stay {
  readonly school: Establishment;
  readonly training: Training;
  /** Year of the training that the stay is for, from 1. */
  readonly year: number;
  readonly schoolYear: number;
  readonly status: EnrolmentStatus;
  readonly className: string;
  readonly firstDay: CivilDate;
  /** Last day really spent there, included; null = still there at the reference date. */
  readonly lastDay: CivilDate | null;
  /** How it ended: in the course of the year, with the year, or not. */
  readonly ending: 'during_year' | 'with_year' | 'none';
  /** CFA only: end of the training as planned on the first day. */
  readonly plannedEnd: CivilDate | undefined;
  readonly contracts: readonly Contract[];
}

export interface Contract {
  readonly number: string;
  readonly employerSiret: string;
  readonly start: CivilDate;
  readonly plannedEnd: CivilDate;
  readonly brokenOn: CivilDate | undefined;
}

export interface Award {
  /** From 0, in the order in which a life collects them: two people's first are both 0. */
  readonly rank: number;
  readonly type: AwardType;
  readonly label: string;
  /** Undefined for what belongs to no training: attestations. */
  readonly training: Training | undefined;
  readonly level: number | undefined;
  /** `yyyy-mm`. */
  readonly session: string;
  readonly date: CivilDate;
  readonly result: AwardResult;
  /** Which ministry's jury: the file that tells it. */
  readonly jury: 'education' | 'agriculture' | 'attestations';
  /** Where it was taken: the académie whose file tells it. */
  readonly bassin: Bassin;
}

export interface Accompaniment {
  readonly structure: Structure;
  readonly bassin: Bassin;
  readonly start: CivilDate;
  readonly end: CivilDate | undefined;
  readonly lastContact: CivilDate | undefined;
  readonly status: AccompanimentStatus;
}

export interface Residence {
  readonly from: CivilDate;
  readonly address: Address;
}

export interface Life {
  readonly person: Person;
  readonly stays: readonly Stay[];
  readonly awards: readonly Award[];
  readonly accompaniments: readonly Accompaniment[];
  /** In order of date, one at least. */
  readonly residences: readonly Residence[];
  readonly deceasedOn: CivilDate | undefined;
  /** A job that no sender of the campaign tells of. */
  readonly employedFrom: CivilDate | undefined;
}

/** Where somebody lived on a day. */
export function residenceOn(life: Pick<Life, 'residences'>, date: CivilDate): Address {
  const [first, ...later] = life.residences;
  if (first === undefined) throw new RangeError('a life without residence');
  return later.reduce(
    (home, residence) => (residence.from <= date ? residence.address : home),
    first.address,
  );
}
