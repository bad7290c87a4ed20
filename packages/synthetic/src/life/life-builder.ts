import type { StructureType } from '@raccroche/contract';
import { addDays, type CivilDate, civilDate, daysBetween, earliest, schoolYearOf } from '../calendar.ts';
import { drawAddress, drawAddressAbroad } from '../france/addresses.ts';
import type { Country } from '../france/country.ts';
import type { Establishment, EstablishmentKind } from '../france/establishments.ts';
import type { Bassin } from '../france/territory.ts';
import type { Random } from '../random.ts';
import { getTraining, type Training } from '../trainings.ts';
import type { Accompaniment, Award, Contract, Life, Person, Residence, Stay } from './model.ts';

/** A day, and the two school years that lead to it: the one before the day's, and its own. */
export interface Times {
  readonly asOf: CivilDate;
  /** Years in which they start. */
  readonly before: number;
  readonly current: number;
}

export function timesOf(asOf: CivilDate): Times {
  const current = schoolYearOf(asOf);
  return { asOf, before: current - 1, current };
}

export const yearStart = (schoolYear: number): CivilDate => civilDate(schoolYear, 9, 1);
export const yearEnd = (schoolYear: number): CivilDate => civilDate(schoolYear + 1, 8, 31);

/** Juries close in the first days of July; both numbers are parts of a date. */
const RESULTS_DAY = { month: 7, day: 5 } as const;

/** What a life is built from. */
export interface LifeSetting {
  readonly times: Times;
  readonly country: Country;
  readonly person: Person;
  readonly home: Residence;
  /** Another bassin in which part of the life is spent. */
  readonly elsewhere: { readonly bassin: Bassin; readonly why: 'move' | 'study' } | undefined;
}

/** Collects what happens to one person, in order. What would happen after the day that lives end on is never written. */
export class LifeBuilder {
  readonly random: Random;
  readonly times: Times;
  readonly person: Person;
  readonly #country: Country;
  readonly #elsewhere: LifeSetting['elsewhere'];
  readonly #stays: Stay[] = [];
  readonly #awards: Award[] = [];
  readonly #accompaniments: Accompaniment[] = [];
  readonly #residences: Residence[];
  #employedFrom: CivilDate | undefined;
  /** Where the person lives, and where they look for a school. */
  #home: Bassin;
  #campus: Bassin;
  #contracts = 0;

  constructor(random: Random, { times, country, person, home, elsewhere }: LifeSetting) {
    this.random = random;
    this.times = times;
    this.person = person;
    this.#country = country;
    this.#elsewhere = elsewhere;
    this.#residences = [home];
    this.#home = person.home;
    this.#campus = person.home;
  }

  get stays(): readonly Stay[] {
    return this.#stays;
  }

  get lastStay(): Stay | undefined {
    return this.#stays.at(-1);
  }

  schoolFor(sector: Training['sector'], kind?: EstablishmentKind): Establishment {
    const schools = this.#country.schoolsOf(this.#campus);
    return schools.draw(this.random, { sector, kind, except: this.lastStay?.school });
  }

  /** From now on schools are those of the other bassin, for whoever studies in one. */
  studyElsewhere(): void {
    if (this.#elsewhere?.why === 'study') this.#campus = this.#elsewhere.bassin;
  }

  /** One school year in one establishment; open until told otherwise when it is the current year. */
  attend(school: Establishment, training: Training, year: number, firstDay: CivilDate): void {
    const schoolYear = schoolYearOf(firstDay);
    const open = schoolYear >= this.times.current;
    this.#stays.push({
      school,
      training,
      year,
      schoolYear,
      firstDay,
      lastDay: open ? null : yearEnd(schoolYear),
      ending: open ? 'none' : 'with_year',
      status: training.sector === 'university' ? 'etudiant' : 'scolaire',
      className: `${training.id.toUpperCase().slice(0, 8)} ${year}${this.random.pick(['A', 'B', 'C'])}`,
      plannedEnd: undefined,
      contracts: [],
    });
  }

  /** A whole training in a CFA. `leftOn` = last day there, when before the planned end. */
  apprentice(
    stay: Pick<Stay, 'school' | 'training' | 'year' | 'firstDay' | 'contracts'> & {
      readonly plannedEnd: CivilDate;
      readonly leftOn: CivilDate | undefined;
    },
  ): void {
    const { asOf } = this.times;
    const left = stay.leftOn !== undefined && stay.leftOn < asOf ? stay.leftOn : undefined;
    const finished = stay.plannedEnd <= asOf ? stay.plannedEnd : null;
    const schoolYear = schoolYearOf(earliest(left ?? finished ?? asOf, asOf));
    this.#stays.push({
      school: stay.school,
      training: stay.training,
      year: stay.year,
      schoolYear,
      firstDay: stay.firstDay,
      lastDay: left ?? finished,
      ending: left !== undefined ? 'during_year' : finished === null ? 'none' : 'with_year',
      status: 'apprenti',
      className: `${stay.training.id.slice(4, 10).toUpperCase()}${stay.year}`,
      plannedEnd: stay.plannedEnd,
      contracts: stay.contracts,
    });
  }

  contract(start: CivilDate, plannedEnd: CivilDate, brokenOn?: CivilDate): Contract {
    this.#contracts += 1;
    const number = this.person.number * 10 + this.#contracts;
    const broken = brokenOn !== undefined && brokenOn <= this.times.asOf ? brokenOn : undefined;
    const employerSiret = `999${String(number % 1_000_000).padStart(6, '0')}00017`;
    return {
      number: `0${String(number).padStart(8, '0')}F`,
      employerSiret,
      start,
      plannedEnd,
      brokenOn: broken,
    };
  }

  /** Ends the stay in the course of its year. Nothing happens when it had ended before. */
  leave(lastDay: CivilDate): void {
    const stay = this.#stays.pop();
    if (stay === undefined) return;
    const ended = stay.lastDay !== null && stay.lastDay <= lastDay;
    this.#stays.push(ended ? stay : { ...stay, lastDay, ending: 'during_year' });
  }

  exam(training: Training, schoolYear: number, passed: boolean): void {
    if (training.award === undefined) return;
    const date = civilDate(schoolYear + 1, RESULTS_DAY.month, RESULTS_DAY.day);
    const result = passed ? 'admis' : this.random.chance(0.85) ? 'refuse' : 'absent';
    this.#awards.push({
      rank: this.#awards.length,
      type: training.award,
      label: training.label,
      training,
      level: training.leadsTo,
      session: `${schoolYear + 1}-06`,
      date,
      result,
      jury: training.sector === 'agri' || training.sector === 'cfaa' ? 'agriculture' : 'education',
      bassin: this.lastStay?.training === training ? this.lastStay.school.bassin : this.person.home,
    });
  }

  /** What is certified at school and leads to no level: told by a file of its own. */
  certify(label: string, schoolYear: number): void {
    this.#awards.push({
      rank: this.#awards.length,
      type: 'attestation',
      label,
      training: undefined,
      level: undefined,
      session: `${schoolYear + 1}-05`,
      date: civilDate(schoolYear + 1, 5, 20),
      result: 'admis',
      jury: 'attestations',
      bassin: this.person.home,
    });
  }

  /** Nothing happens where there is no structure of that type. */
  accompany(type: StructureType, start: CivilDate): void {
    const { asOf } = this.times;
    const structure = this.#country.findStructure(this.#home, type);
    if (start >= asOf || structure === undefined) return;
    const contact = addDays(start, this.random.between(0, Math.max(0, daysBetween(start, asOf))));
    const closed = this.random.chance(0.12);
    const status = closed ? 'clos' : this.random.chance(0.06) ? 'suspendu' : 'actif';
    this.#accompaniments.push({
      structure,
      bassin: this.#home,
      start,
      end: closed ? contact : undefined,
      lastContact: contact,
      status,
    });
  }

  /** Changes home: to the other bassin for whoever moves there, else within the same one. */
  move(date: CivilDate): void {
    if (this.#elsewhere?.why === 'move') {
      this.#home = this.#elsewhere.bassin;
      this.#campus = this.#elsewhere.bassin;
    }
    this.#residences.push({ from: date, address: drawAddress(this.random, this.#home) });
  }

  moveAbroad(date: CivilDate): void {
    this.#residences.push({ from: date, address: drawAddressAbroad(this.random) });
    if (this.random.chance(0.7)) this.attendAbroad(date);
  }

  attendAbroad(date: CivilDate): void {
    const training = getTraining('school-abroad');
    const school = this.schoolFor('abroad');
    const firstDay = addDays(date, 5);
    if (firstDay > this.times.asOf) return;
    this.attend(school, training, 1, firstDay);
    if (schoolYearOf(firstDay) < this.times.current)
      this.attend(school, training, 2, yearStart(this.times.current));
  }

  findWork(date: CivilDate): void {
    if (date < this.times.asOf) this.#employedFrom = date;
  }

  /** The life as it goes when nobody dies. */
  build(): Life {
    return {
      person: this.person,
      stays: this.#stays,
      awards: this.#awards,
      accompaniments: this.#accompaniments,
      residences: this.#residences,
      deceasedOn: undefined,
      employedFrom: this.#employedFrom,
    };
  }
}
