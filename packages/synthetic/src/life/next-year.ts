import { addDays, type CivilDate, civilDate, daysBetween } from '../calendar.ts';
import { drawTraining, getTraining, type Training } from '../trainings.ts';
import { dropOut, enterCfa } from './drop-out.ts';
import { AFTER_BAC, AFTER_CAP, AFTER_COLLEGE, AFTER_FAILING, LEAVES_SOON, PASS_RATES } from './fates.ts';
import { type LifeBuilder, yearEnd, yearStart } from './life-builder.ts';

/** Those who had left a CAP with it and go on in a bac pro: one in ten gives up in autumn. */
const CAP_HOLDER_LEAVES = 0.1;

/** The year after a whole one: the next of the same training, or what follows its examination. */
export function nextYear(life: LifeBuilder, training: Training, year: number, elsewhere = false): void {
  if (year >= training.years) {
    afterTerminalYear(life, training);
    return;
  }
  const stayed = life.lastStay?.school;
  const school = elsewhere || stayed === undefined ? life.schoolFor(training.sector) : stayed;
  life.attend(school, training, year + 1, yearStart(life.times.current));
  mayLeaveInAutumn(life, LEAVES_SOON);
}

function mayLeaveInAutumn(life: LifeBuilder, share: number): void {
  const { random, times } = life;
  const first = civilDate(times.current, 9, 10);
  const room = daysBetween(first, times.asOf) - 3;
  if (room <= 0 || !random.chance(share)) return;
  const lastDay = addDays(first, random.between(0, room));
  life.leave(lastDay);
  dropOut(life, lastDay);
}

function afterTerminalYear(life: LifeBuilder, training: Training): void {
  const { random, times } = life;
  const passed = random.chance(PASS_RATES[training.award ?? ''] ?? 0.9);
  life.exam(training, times.before, passed);
  const next = yearStart(times.current);
  // Nobody is asked for the brevet to go on.
  if (training.sector === 'college') afterCollege(life, next);
  else if (training.sector === 'higher' || training.sector === 'university') enter(life, 'university', next);
  else if (!passed) afterFailing(life, training, next);
  else if (training.leadsTo === 3) afterCap(life, next);
  else afterBac(life, next);
}

function enter(life: LifeBuilder, sector: Training['sector'], firstDay: CivilDate): void {
  life.attend(life.schoolFor(sector), drawTraining(life.random, sector, { minYears: 2 }), 1, firstDay);
}

function afterCollege(life: LifeBuilder, next: CivilDate): void {
  const way = AFTER_COLLEGE.draw(life.random);
  if (way === 'drop') dropOut(life, yearEnd(life.times.before));
  else if (way === 'cfa') enterCfa(life, next);
  else enter(life, way, next);
}

function afterFailing(life: LifeBuilder, training: Training, next: CivilDate): void {
  const way = AFTER_FAILING.draw(life.random);
  const school = life.lastStay?.school ?? life.schoolFor(training.sector);
  if (way === 'drop') dropOut(life, yearEnd(life.times.before));
  else if (way === 'to_cfa') enterCfa(life, next);
  else life.attend(school, training, training.years, next);
}

function afterCap(life: LifeBuilder, next: CivilDate): void {
  const way = AFTER_CAP.draw(life.random);
  if (way === 'work') {
    life.findWork(addDays(next, -20));
  } else if (way === 'cfa') {
    enterCfa(life, next);
  } else {
    // A CAP in hand, the second year of a bac pro: whoever leaves it is listed or not according to the rule set.
    life.attend(life.schoolFor('pro'), getTraining('bp-mcv'), 2, next);
    mayLeaveInAutumn(life, CAP_HOLDER_LEAVES);
  }
}

function afterBac(life: LifeBuilder, next: CivilDate): void {
  const way = AFTER_BAC.draw(life.random);
  if (way === 'work') life.findWork(addDays(next, life.random.between(-40, 40)));
  else if (way === 'cfa_bts') enterCfa(life, next, { training: getTraining('cfa-bts-ndrc') });
  else enter(life, way === 'bts' ? 'higher' : 'university', next);
}
