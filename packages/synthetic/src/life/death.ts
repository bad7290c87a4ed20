import { addDays, ageAt, type CivilDate, daysBetween } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { Times } from './life-builder.ts';
import { yearStart } from './life-builder.ts';
import { lifeOn } from './life-on.ts';
import type { Life, Person, Stay } from './model.ts';

/**
 * Deaths a year among 10,000 people. Source: INED, « Risques de mortalité selon l’âge » (deaths and population of INSEE,
 * 2012 to 2016): one from 5 to 14; two of the girls and five of the boys at 20. Between these ages, and beyond, `[inferred]`:
 * a straight line, then level.
 */
const DEATHS = { among: 10_000, child: 1, at20: { F: 2, M: 5 } } as const;
const CHILD_UNTIL = 14;
const REACHED_AT = 20;
const DAYS_IN_YEAR = 365.25;

/**
 * The life as death cuts it: on any day from the first of the two school years on, of anybody, in training or not. `mortality`:
 * how many times the country's. A training or a contract under way ends that day; what would have come later is not there.
 */
export function untilDeath(
  random: Random,
  life: Life,
  { times, mortality }: { readonly times: Times; readonly mortality: number },
): Life {
  const from = yearStart(times.before);
  const days = daysBetween(from, times.asOf);
  const age = ageAt(life.person.birthDate, addDays(from, Math.floor(days / 2)));
  const risk = (deathsAYear(life.person, age) * mortality * days) / DAYS_IN_YEAR;
  if (!random.chance(Math.min(1, risk))) return life;
  return dyingOn(life, addDays(from, random.between(0, days)));
}

/** From 0 to 1, before `mortality`. */
function deathsAYear({ sex }: Person, age: number): number {
  const grown = Math.min(1, Math.max(0, (age - CHILD_UNTIL) / (REACHED_AT - CHILD_UNTIL)));
  const { child, at20, among } = DEATHS;
  return (child + grown * (at20[sex] - child)) / among;
}

function dyingOn(whole: Life, day: CivilDate): Life {
  const life = lifeOn(whole, day);
  const stays = life.stays.filter(({ firstDay }) => firstDay <= day).map((stay) => endingOn(stay, day));
  return { ...life, stays, deceasedOn: day };
}

function endingOn(stay: Stay, day: CivilDate): Stay {
  const contracts = stay.contracts.map((one) =>
    one.brokenOn === undefined && one.plannedEnd > day ? { ...one, brokenOn: day } : one,
  );
  return stay.lastDay === null
    ? { ...stay, contracts, lastDay: day, ending: 'during_year' }
    : { ...stay, contracts };
}
