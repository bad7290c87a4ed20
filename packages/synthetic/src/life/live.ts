import { addDays, type CivilDate, civilDate, daysBetween } from '../calendar.ts';
import type { Establishment } from '../establishments.ts';
import { drawTraining, getTraining, type Training, trainingsOf } from '../trainings.ts';
import { dropOut, enterCfa } from './drop-out.ts';
import { CAP_BEFORE_BAC_PRO, FATES, type Fate, LEAVING_TIMES, type Start } from './fates.ts';
import { type LifeBuilder, yearEnd, yearStart } from './life-builder.ts';
import { nextYear } from './next-year.ts';

/** Where families move to. */
const MOVES = [
  { value: '59', weight: 4 },
  { value: '62', weight: 4 },
  { value: '80', weight: 2 },
  { value: '974', weight: 1 },
  { value: '2A', weight: 1 },
] as const;

/** Lives two school years from `start` to the reference date. `fate` is drawn when not given. */
export function live(life: LifeBuilder, start: Start, fate?: Fate): void {
  if (start === 'long_gone') {
    longGone(life);
  } else if (start === 'cfa') {
    cfaFromBefore(life);
  } else {
    const { training, year, kind } = whereFrom(life, start);
    const school = life.schoolFor(training.sector, kind);
    life.attend(school, training, year, addDays(yearStart(life.times.before), life.random.between(0, 3)));
    earlierAwards(life, training, year);
    follow(life, fate ?? life.random.weighted(FATES[start]), training, year);
  }
}

function whereFrom(
  life: LifeBuilder,
  start: Exclude<Start, 'cfa' | 'long_gone'>,
): { training: Training; year: number; kind?: Establishment['kind'] } {
  const of = (sector: Training['sector'], year: number) => {
    const fitting = trainingsOf(sector).filter((training) => training.years >= year);
    return {
      training: drawTraining(life.random, fitting),
      year,
    };
  };
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
    life.moveTo(civilDate(life.times.current, 8, 15), life.random.weighted(MOVES));
    nextYear(life, training, year, true);
  } else if (fate === 'death') {
    life.die(addDays(civilDate(life.times.before, 10, 1), life.random.between(0, 240)));
  } else {
    leaveFor(life, fate, leavingTime(life, training, year));
  }
}

function leaveFor(
  life: LifeBuilder,
  fate: Exclude<Fate, 'continue' | 'move' | 'death'>,
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
  const when = random.weighted(LEAVING_TIMES);
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
  const training = drawTraining(
    random,
    trainingsOf(sector).filter((one) => one.years > 1),
  );
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
