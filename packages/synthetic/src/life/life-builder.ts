import type { StructureType } from '@raccroche/contract';
import { addDays, type CivilDate, civilDate, daysBetween, earliest, schoolYearOf } from '../calendar.ts';
import { drawSchool, type Establishment } from '../establishments.ts';
import type { Places } from '../places.ts';
import type { Random } from '../random.ts';
import { getTraining, type Training } from '../trainings.ts';
import type { Accompaniment, Award, Contract, Life, Person, Residence, Stay } from './model.ts';
import { structuresOf } from './structures.ts';

/** The two school years that people are followed through: the one before the reference date's, and its own. */
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

/** Collects what happens to one person, in order. Days after the reference date are never written. */
export class LifeBuilder {
  readonly random: Random;
  readonly times: Times;
  readonly person: Person;
  readonly #places: Places;
  readonly #stays: Stay[] = [];
  readonly #awards: Award[] = [];
  readonly #accompaniments: Accompaniment[] = [];
  readonly #residences: Residence[];
  #deceasedOn: CivilDate | undefined;
  #employedFrom: CivilDate | undefined;
  #department: string;
  #contracts = 0;

  constructor(random: Random, times: Times, person: Person, places: Places, home: Residence) {
    this.random = random;
    this.times = times;
    this.person = person;
    this.#places = places;
    this.#residences = [home];
    this.#department = home.address.commune?.department ?? '59';
  }

  get stays(): readonly Stay[] {
    return this.#stays;
  }

  get lastStay(): Stay | undefined {
    return this.#stays.at(-1);
  }

  schoolFor(sector: Training['sector'], kind?: Establishment['kind']): Establishment {
    const except = this.lastStay?.school;
    const department = this.#department;
    return drawSchool(this.random, { sector, department, except, ...(kind === undefined ? {} : { kind }) });
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
    const number = Number(this.person.id.slice(1)) * 10 + this.#contracts;
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
      type: training.award,
      training,
      level: training.leadsTo,
      session: `${schoolYear + 1}-06`,
      date,
      result,
      jury: training.sector === 'agri' ? 'agriculture' : 'education',
    });
  }

  accompany(type: StructureType, start: CivilDate): void {
    const { asOf } = this.times;
    if (start >= asOf) return;
    const structure = this.random.pick(structuresOf(type, this.#department));
    const contact = addDays(start, this.random.between(0, Math.max(0, daysBetween(start, asOf))));
    const closed = this.random.chance(0.12);
    const status = closed ? 'clos' : this.random.chance(0.06) ? 'suspendu' : 'actif';
    this.#accompaniments.push({
      type,
      structureId: structure.id,
      start,
      end: closed ? contact : undefined,
      lastContact: contact,
      status,
    });
  }

  moveTo(date: CivilDate, department: string): void {
    this.#department = department;
    this.#residences.push({ from: date, address: this.#places.drawAddress(this.random, department) });
  }

  moveAbroad(date: CivilDate): void {
    this.#residences.push({ from: date, address: this.#places.drawAddressAbroad(this.random) });
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

  die(date: CivilDate): void {
    this.leave(date);
    this.#deceasedOn = date;
  }

  build(): Life {
    return {
      person: this.person,
      stays: this.#stays,
      awards: this.#awards,
      accompaniments: this.#accompaniments,
      residences: this.#residences,
      deceasedOn: this.#deceasedOn,
      employedFrom: this.#employedFrom,
    };
  }
}
