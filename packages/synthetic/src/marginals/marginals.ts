import { ageAt, type CivilDate } from '../calendar.ts';
import type { FailureTally } from '../failures.ts';
import type { Times } from '../life/life-builder.ts';
import type { Life, Stay } from '../life/model.ts';
import type { Judgement } from '../truth/judge.ts';

/** What is counted of everybody: sums, so that parts of a country add up. */
const COUNTS = [
  'people',
  'peopleOf16',
  'rows',
  'generalPupils',
  'vocationalPupils',
  'agriculturalPupils',
  'apprentices',
  'apprenticesLevel3',
  'apprenticesLevel4',
  'agriculturalApprentices',
  'bornToBe15',
  'bornToBe16',
  'bornToBe17',
  'bornEarlier',
  'contracts',
  'brokenContracts',
  'bac',
  'bacGeneral',
  'bacTechnological',
  'bacVocational',
  'bacVocationalPassed',
  'bacPassed',
  'cap',
  'listed',
  'listedOfLozere',
  'listedOfNord',
  'listedGirls',
  'listedVocational',
  'listedKnownToMl',
  'listedNoDiploma',
  'listedMinors',
  'raw',
  'rawInTraining',
  'rawDroppedOut',
  'rawAccompanied',
  'rawAtWork',
  'contacts',
  'staleContacts',
  'deceased',
  'abroad',
  'usageNames',
] as const;
export type MarginalCount = (typeof COUNTS)[number];
export type MarginalCounts = Readonly<Record<MarginalCount, number>>;

function noCounts(): Record<MarginalCount, number> {
  return Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<MarginalCount, number>;
}

/** Sum of the counts of several parts. */
export function addCounts(parts: Iterable<MarginalCounts>): MarginalCounts {
  const sum = noCounts();
  for (const part of parts) for (const name of COUNTS) sum[name] += part[name];
  return sum;
}

/** The départements of the fewest and the most people of their kind. */
const LOZERE = '48';
const NORD = '59';

/** Counts people as they are lived. */
export class Marginals {
  readonly #times: Times;
  readonly #counts = noCounts();

  constructor(times: Times) {
    this.#times = times;
  }

  get counts(): MarginalCounts {
    return this.#counts;
  }

  addRows(rows: number): void {
    this.#counts.rows += rows;
  }

  /** What senders know of how to reach people. */
  addContacts({ occasions, hits }: FailureTally): void {
    this.#counts.contacts += occasions;
    this.#counts.staleContacts += hits;
  }

  add(life: Life, judgement: Judgement, raw: boolean): void {
    const { person } = life;
    this.#count('people', true);
    this.#count('peopleOf16', ageAt(person.birthDate, this.#times.asOf) >= 16);
    this.#addBirth(person.birthDate);
    this.#count('deceased', life.deceasedOn !== undefined);
    this.#count(
      'abroad',
      life.residences.some(({ address }) => address.commune === undefined),
    );
    this.#count('usageNames', person.usageName !== undefined);
    this.#addTraining(life);
    this.#addAwards(life);
    const listed = judgement.listed['siei-2011'];
    const last = life.stays.findLast(({ school }) => school.kind !== 'abroad');
    this.#count('listed', listed);
    this.#count('listedOfLozere', listed && person.home.department.code === LOZERE);
    this.#count('listedOfNord', listed && person.home.department.code === NORD);
    this.#count('listedGirls', listed && person.sex === 'F');
    this.#count('listedVocational', listed && isVocational(last));
    this.#count('listedKnownToMl', listed && knownToMl(life));
    this.#count('listedNoDiploma', judgement.listed['no-diploma']);
    this.#count('listedMinors', judgement.listed['obligation-16-18']);
    this.#count('raw', raw);
    this.#count('rawInTraining', raw && judgement.inTraining);
    this.#count('rawDroppedOut', raw && listed);
    this.#count('rawAccompanied', raw && life.accompaniments.length > 0);
    this.#count('rawAtWork', raw && life.employedFrom !== undefined);
  }

  /** By the age that the year of birth makes in the calendar year in which the first of the two school years starts. */
  #addBirth(birthDate: CivilDate): void {
    const age = this.#times.before - Number(birthDate.slice(0, 4));
    this.#count('bornToBe15', age === 15);
    this.#count('bornToBe16', age === 16);
    this.#count('bornToBe17', age === 17);
    this.#count('bornEarlier', age > 17);
  }

  #addTraining(life: Life): void {
    const { asOf, before } = this.#times;
    // The first of the two years is over: everybody's place in it is settled.
    const first = life.stays.find(
      ({ schoolYear, school }) => schoolYear === before && school.kind !== 'abroad',
    );
    this.#count('generalPupils', first?.training.sector === 'gt');
    this.#count('vocationalPupils', first?.training.sector === 'pro');
    this.#count('agriculturalPupils', first?.training.sector === 'agri');
    const running = life.stays.find((stay) => isSecondary(stay) && isHired(stay, asOf));
    this.#count('apprentices', running !== undefined);
    this.#count('apprenticesLevel3', running?.training.leadsTo === 3);
    this.#count('apprenticesLevel4', running?.training.leadsTo === 4);
    this.#count('agriculturalApprentices', running?.training.sector === 'cfaa');
    for (const { contracts } of life.stays) {
      this.#counts.contracts += contracts.length;
      this.#counts.brokenContracts += contracts.filter(({ brokenOn }) => brokenOn !== undefined).length;
    }
  }

  #addAwards(life: Life): void {
    const session = `${this.#times.current}-06`;
    for (const award of life.awards) {
      if (award.session !== session) continue;
      const passed = award.result === 'admis';
      const bac = award.type.startsWith('bac_');
      this.#count('bac', bac);
      this.#count('bacGeneral', award.type === 'bac_general');
      this.#count('bacTechnological', award.type === 'bac_technologique');
      this.#count('bacVocational', award.type === 'bac_professionnel');
      this.#count('bacVocationalPassed', award.type === 'bac_professionnel' && passed);
      this.#count('bacPassed', bac && passed);
      this.#count('cap', award.type === 'cap' || award.type === 'capa');
    }
  }

  #count(name: MarginalCount, holds: boolean): void {
    if (holds) this.#counts[name] += 1;
  }
}

const isHired = ({ contracts }: Stay, day: CivilDate): boolean =>
  contracts.some(
    ({ start, plannedEnd, brokenOn }) =>
      start <= day && plannedEnd >= day && (brokenOn === undefined || brokenOn > day),
  );

const isSecondary = ({ training }: Stay): boolean => training.leadsTo === 3 || training.leadsTo === 4;

const VOCATIONAL_SECTORS: readonly Stay['training']['sector'][] = ['pro', 'agri', 'cfa', 'cfaa'];

const isVocational = (stay: Stay | undefined): boolean =>
  stay !== undefined && VOCATIONAL_SECTORS.includes(stay.training.sector);

const knownToMl = (life: Life): boolean =>
  life.accompaniments.some(({ structure }) => structure.type === 'mission_locale');
