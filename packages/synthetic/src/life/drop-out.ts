import { addDays, ageAt, type CivilDate, daysBetween } from '../calendar.ts';
import { getTraining, type Training } from '../trainings.ts';
import { startApprenticeship } from './cfa-life.ts';
import { AFTER_DROPPING } from './fates.ts';
import { type LifeBuilder, yearStart } from './life-builder.ts';

const ADULT = 18;
/** Nobody is back in training sooner than a month after leaving. */
const MIN_DAYS_OUT = 30;

/** What follows when somebody has left training on `lastDay`, up to the reference date. */
export function dropOut(life: LifeBuilder, lastDay: CivilDate): void {
  const { random, times } = life;
  const after = AFTER_DROPPING.draw(random);
  const room = daysBetween(lastDay, times.asOf);
  const day = addDays(lastDay, random.between(MIN_DAYS_OUT, Math.max(MIN_DAYS_OUT + 1, Math.min(room, 300))));
  if (day >= times.asOf || after === 'nothing') return;
  const adult = ageAt(life.person.birthDate, day) >= ADULT;
  if (after === 'job') life.findWork(day);
  else if (after === 'back_in_cfa') backInCfa(life, day);
  else if (after === 'back_in_school') backInSchool(life, day);
  else if (after === 'armee' || after === 'epide') life.accompany(adult ? after : 'mission_locale', day);
  else life.accompany(after, day);
}

/** Enters a CFA, and lives what follows when that goes wrong. */
export function enterCfa(
  life: LifeBuilder,
  firstDay: CivilDate,
  into: { training?: Training; year?: number } = {},
): void {
  const lastDay = startApprenticeship(life, firstDay, into);
  if (lastDay !== undefined) dropOut(life, lastDay);
}

/** Two apprenticeships are enough for one story. */
function backInCfa(life: LifeBuilder, day: CivilDate): void {
  const starts = life.stays.filter((stay) => stay.status === 'apprenti').length;
  if (starts < 2) enterCfa(life, day);
}

function backInSchool(life: LifeBuilder, day: CivilDate): void {
  const training = getTraining('cap-epc');
  const start = yearStart(life.times.current);
  life.attend(life.schoolFor('pro'), training, 1, day > start ? day : start);
}
