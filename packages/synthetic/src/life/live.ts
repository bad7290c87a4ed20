import { addDays, type CivilDate, civilDate, daysBetween } from '../calendar.ts';
import type { Establishment, EstablishmentKind } from '../france/establishments.ts';
import { drawTraining, getTraining, type Training } from '../trainings.ts';
import { dropOut, enterCfa } from './drop-out.ts';
import { CAP_BEFORE_BAC_PRO, FATES, type Fate, LEAVING_TIMES, PASS_RATES, type Start } from './fates.ts';
import { type LifeBuilder, yearEnd, yearStart } from './life-builder.ts';
import { nextYear } from './next-year.ts';

/** Of those who study away from home, how many already did. `[inferred]` */
const STUDIES_ELSEWHERE_AT_ONCE = 0.5;
/** Of the girls who would leave as boys do, how many stay: fewer than half of those listed are girls (domain.md §2.5). `[inferred]` */
const GIRLS_WHO_STAY = 0.25;
/** Age, in the year in which it starts, in the last school year of collège. */
const USUAL_AGE_IN_LAST_YEAR = 14;
/** Certified in the last year of collège and of lycée since then. */
const FIRST_YEAR_OF_PIX = 2021;
/** Share of collégiens who are taught to give first aid. `[inferred]` */
const TRAINED_IN_FIRST_AID = 0.75;
/** Share of pupils who get each attestation. `[inferred]` */
const CERTIFIED = 0.93;

/** Of those who move, how many in July and August. `[inferred]` */
const MOVES_IN_SUMMER = 0.6;

/** Lives two school years from `start` to the reference date. `fate` is drawn when not given. */
export function live(life: LifeBuilder, start: Start, fate?: Fate): void {
  const goesAtOnce = life.random.chance(STUDIES_ELSEWHERE_AT_ONCE);
  if (goesAtOnce) life.studyElsewhere();
  if (start === 'long_gone') {
    leaveCollege(life, 1);
    longGone(life);
  } else if (start === 'cfa') {
    leaveCollege(life, 2);
    cfaFromBefore(life);
  } else {
    const { training, year, kind } = whereFrom(life, start);
    const school = life.schoolFor(training.sector, kind);
    if (training.sector !== 'college') leaveCollege(life, year);
    life.attend(school, training, year, addDays(yearStart(life.times.before), life.random.between(0, 3)));
    earlierAwards(life, training, year);
    life.studyElsewhere();
    follow(life, fate ?? drawFate(life, start), training, year);
  }
  if (start === 'gt2') certify(life, 'Épreuves anticipées du baccalauréat', life.times.before);
  if (start === 'gt3') certify(life, 'Épreuves anticipées du baccalauréat', life.times.before - 1);
  if (start === 'gt3' || start === 'pro3') certify(life, 'Certification Pix', life.times.before);
}

function drawFate(life: LifeBuilder, start: Exclude<Start, 'cfa' | 'long_gone'>): Fate {
  const fate = FATES[start].draw(life.random);
  const girl = life.person.sex === 'F';
  return fate === 'drop' && girl && life.random.chance(GIRLS_WHO_STAY) ? 'continue' : fate;
}

/** What everybody takes away from the last year of collège, which was `yearsAgo` years before the first of the two, or earlier. */
function leaveCollege(life: LifeBuilder, yearsAgo: number): void {
  const born = Number(life.person.birthDate.slice(0, 4));
  const schoolYear = Math.min(born + USUAL_AGE_IN_LAST_YEAR, life.times.before - yearsAgo);
  life.exam(getTraining('3e'), schoolYear, life.random.chance(PASS_RATES.dnb ?? 1));
  certify(life, 'Attestation scolaire de sécurité routière, niveau 2', schoolYear);
  if (life.random.chance(TRAINED_IN_FIRST_AID))
    certify(life, 'Sensibilisation aux gestes qui sauvent', schoolYear);
  if (schoolYear >= FIRST_YEAR_OF_PIX) {
    certify(life, 'Certification Pix', schoolYear);
    certify(life, 'Test de positionnement en langue', schoolYear);
  }
}

function certify(life: LifeBuilder, label: string, schoolYear: number): void {
  if (life.random.chance(CERTIFIED)) life.certify(label, schoolYear);
}

function whereFrom(
  life: LifeBuilder,
  start: Exclude<Start, 'cfa' | 'long_gone'>,
): { training: Training; year: number; kind?: EstablishmentKind } {
  const of = (sector: Training['sector'], year: number) => ({
    training: drawTraining(life.random, sector, { minYears: year }),
    year,
  });
  switch (start) {
    case 'college':
      return of('college', 1);
    case 'gt1':
    case 'gt2':
    case 'gt3':
      return of('gt', Number(start.slice(2)));
    case 'pro1':
    case 'pro2':
    case 'pro3':
      return of('pro', Number(start.slice(3)));
    case 'agri1':
    case 'agri2':
    case 'agri3':
      return of('agri', Number(start.slice(4)));
    case 'private':
      return { ...of(life.random.chance(0.6) ? 'gt' : 'pro', 1), kind: 'private' };
    case 'higher':
      return of('higher', life.random.between(1, 2));
    case 'university':
      return of('university', 1);
  }
}

/** Diplomas from before: a baccalauréat in higher education, a CAP for some in bac pro. */
function earlierAwards(life: LifeBuilder, training: Training, year: number): void {
  const { before } = life.times;
  if (training.sector === 'higher' || training.sector === 'university') {
    life.exam(getTraining(life.random.chance(0.7) ? 'gt-generale' : 'bp-mcv'), before - year, true);
  } else if (training.sector === 'pro' && training.years === 3 && year === 2) {
    if (life.random.chance(CAP_BEFORE_BAC_PRO)) life.exam(getTraining('cap-epc'), before - 1, true);
  }
}

function follow(life: LifeBuilder, fate: Fate, training: Training, year: number): void {
  if (fate === 'continue') {
    nextYear(life, training, year);
  } else if (fate === 'move') {
    moveHome(life, training, year);
  } else {
    leaveFor(life, fate, leavingTime(life, training, year));
  }
}

/** Families move in summer, between two schools of two years, or in the course of the first year, which goes on elsewhere. */
function moveHome(life: LifeBuilder, training: Training, year: number): void {
  const { before, current } = life.times;
  const random = life.random.fork('move');
  if (random.chance(MOVES_IN_SUMMER)) {
    life.move(addDays(civilDate(current, 7, 1), random.between(0, 60)));
    nextYear(life, training, year, true);
    return;
  }
  const day = addDays(civilDate(before, 10, 1), random.between(0, 240));
  life.leave(day);
  life.move(day);
  life.attend(life.schoolFor(training.sector), training, year, addDays(day, random.between(1, 10)));
  nextYear(life, training, year);
}

function leaveFor(
  life: LifeBuilder,
  fate: Exclude<Fate, 'continue' | 'move'>,
  { lastDay, resume }: { lastDay: CivilDate; resume: CivilDate },
): void {
  switch (fate) {
    case 'drop':
      dropOut(life, lastDay);
      break;
    case 'abroad':
      life.moveAbroad(resume);
      break;
    case 'to_cfa':
      enterCfa(life, resume);
      break;
    case 'to_agri':
      changeSchool(life, life.schoolFor('agri'), 'agri', resume);
      break;
    case 'to_private':
      changeSchool(life, life.schoolFor('gt', 'private'), 'gt', resume);
      break;
    case 'to_school':
      changeSchool(life, life.schoolFor('pro'), 'pro', resume);
      break;
  }
}

/** Chooses the last day; makes the stay of the current year first when the person left in its course. */
function leavingTime(
  life: LifeBuilder,
  training: Training,
  year: number,
): { lastDay: CivilDate; resume: CivilDate } {
  const { random, times } = life;
  const when = LEAVING_TIMES.draw(random);
  const room = daysBetween(civilDate(times.current, 9, 10), times.asOf) - 3;
  if (when === 'year_before') {
    const lastDay = addDays(civilDate(times.before, 10, 1), random.between(0, 240));
    life.leave(lastDay);
    return { lastDay, resume: addDays(lastDay, random.between(1, 25)) };
  }
  if (when === 'this_year' && room > 5 && year < training.years && life.lastStay !== undefined) {
    life.attend(life.lastStay.school, training, year + 1, yearStart(times.current));
    const lastDay = addDays(civilDate(times.current, 9, 10), random.between(0, room - 2));
    life.leave(lastDay);
    return { lastDay, resume: addDays(lastDay, 2) };
  }
  return { lastDay: yearEnd(times.before), resume: yearStart(times.current) };
}

/** Goes on elsewhere from `resume`, and to the current year when that was the year before. */
function changeSchool(
  life: LifeBuilder,
  school: Establishment,
  sector: Training['sector'],
  resume: CivilDate,
): void {
  const { times, random } = life;
  const training = drawTraining(random, sector, { minYears: 2 });
  life.attend(school, training, 1, resume);
  if (resume < yearStart(times.current)) life.attend(school, training, 2, yearStart(times.current));
}

function cfaFromBefore(life: LifeBuilder): void {
  const { random, times } = life;
  enterCfa(life, addDays(civilDate(times.before - random.between(0, 1), 9, 1), random.between(0, 40)));
}

/** Out of training for years: known to a mission locale, no longer on any roll of the two years. */
function longGone(life: LifeBuilder): void {
  life.accompany('mission_locale', addDays(life.times.asOf, -life.random.between(60, 700)));
}
