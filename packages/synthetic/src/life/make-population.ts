import { type CivilDate, civilDate } from '../calendar.ts';
import { drawAddress } from '../france/addresses.ts';
import type { Country } from '../france/country.ts';
import type { Bassin } from '../france/territory.ts';
import { Choices, Random } from '../random.ts';
import { untilDeath } from './death.ts';
import { STARTS, type Start } from './fates.ts';
import { LifeBuilder, type LifeSetting, type Times } from './life-builder.ts';
import { live } from './live.ts';
import { makePerson, type PersonSpec } from './make-person.ts';
import type { Life, Person } from './model.ts';

/** One birth in about seventy-five is a twin's. `[inferred]` */
const TWIN = 0.013;
/** Chance that the next person is drawn as a brother or sister of the last; one in eight is then born too near. `[inferred]` */
const SIBLING = 0.14;
/** Of those with a foot in another bassin, those whose family moves there; the others study there. `[inferred]` */
const MOVES = 0.45;
/** Age in the calendar year in which the first of the two school years starts, for those never held back. */
const USUAL_AGE: Record<Exclude<Start, 'cfa' | 'long_gone' | 'higher' | 'university'>, number> = {
  college: 14,
  gt1: 15,
  gt2: 16,
  gt3: 17,
  pro1: 15,
  pro2: 16,
  pro3: 17,
  agri1: 15,
  agri2: 16,
  agri3: 17,
  private: 15,
};
const ages = (weights: Readonly<Record<number, number>>): Choices<number> =>
  new Choices(Object.entries(weights).map(([value, weight]) => ({ value: Number(value), weight })));
const HELD_BACK = ages({ 0: 70, 1: 22, 2: 8 });
const CFA_AGES = ages({ 16: 30, 17: 26, 18: 18, 19: 11, 20: 6, 22: 4, 24: 3, 25: 2 });

/** What everybody's life is made from. */
export interface PopulationSetting {
  readonly seed: number;
  readonly times: Times;
  readonly country: Country;
  /** How many times as many people die as in France. */
  readonly mortality: number;
}

/**
 * Everybody who ever has to do with `bassin`, in a fixed order: those at home there, then those who come from another.
 * Somebody with a foot in two bassins is lived in both, the same to the last draw, so that neither needs the other.
 */
export function* livesOf(setting: PopulationSetting, bassin: Bassin): Generator<Life> {
  const { territory } = setting.country;
  yield* livesOfFamilies(setting, bassin, territory.countStaying(bassin));
  for (const other of territory.bassins) yield* livesBetween(setting, bassin, other);
  for (const other of territory.bassins) yield* livesBetween(setting, other, bassin);
}

/** People who live and study at home, with their brothers and sisters. Each draws from a stream of their own. */
function* livesOfFamilies(setting: PopulationSetting, bassin: Bassin, count: number): Generator<Life> {
  const root = new Random(setting.seed).fork('people');
  let previous: { life: Life; spec: PersonSpec; start: Start } | undefined;
  for (let rank = 0; rank < count; rank += 1) {
    const random = root.fork(bassin.firstNumber + rank);
    const kin = random.next();
    const twin =
      previous !== undefined && previous.spec.twinOf === undefined && kin < TWIN ? previous : undefined;
    const sibling = twin === undefined && kin < TWIN + SIBLING ? previous : undefined;
    const start = twin?.start ?? STARTS.draw(random);
    const spec = {
      number: bassin.firstNumber + rank,
      birthYear: twin?.spec.birthYear ?? setting.times.before - drawAge(random, start),
      home: bassin,
      twinOf: twin?.life.person,
      siblingOf: sibling?.life.person,
    };
    const person = makePerson(random.fork('person'), setting.country.territory, spec);
    const before = previous?.life;
    const home = before?.person.parent === person.parent ? before.residences[0]?.address : undefined;
    const life = liveOne(random, setting, { person, start, home });
    previous = { life, spec, start };
    yield life;
  }
}

/** People at home in `from` who move to `to` or study there: the last numbers of `from`. */
function* livesBetween(setting: PopulationSetting, from: Bassin, to: Bassin): Generator<Life> {
  const { territory } = setting.country;
  const { firstNumber: first, count } = territory.peopleBetween(from, to);
  const root = new Random(setting.seed).fork('people');
  for (let number = first; number < first + count; number += 1) {
    const random = root.fork(number);
    const moves = random.chance(MOVES);
    let start = STARTS.draw(random);
    // Whoever moves does so between two school years: not in the middle of a contract.
    while (moves && (start === 'cfa' || start === 'long_gone')) start = STARTS.draw(random);
    const birthYear = setting.times.before - drawAge(random, start);
    const spec = { number, birthYear, home: from, twinOf: undefined, siblingOf: undefined };
    const person = makePerson(random.fork('person'), territory, spec);
    yield liveOne(random, setting, {
      person,
      start,
      elsewhere: { bassin: to, why: moves ? 'move' : 'study' },
    });
  }
}

function liveOne(
  random: Random,
  { times, country, mortality }: PopulationSetting,
  {
    person,
    start,
    home,
    elsewhere,
  }: {
    person: Person;
    start: Start;
    home?: LifeSetting['home']['address'] | undefined;
    elsewhere?: LifeSetting['elsewhere'];
  },
): Life {
  const from: CivilDate = civilDate(times.before - 1, 9, 1);
  const address = home ?? drawAddress(random.fork('home'), person.home);
  const setting = { times, country, person, home: { from, address }, elsewhere };
  const builder = new LifeBuilder(random.fork('life'), setting);
  live(builder, start, elsewhere?.why === 'move' ? 'move' : undefined);
  return untilDeath(random.fork('death'), builder.build(), { times, mortality });
}

function drawAge(random: Random, start: Start): number {
  if (start === 'cfa') return CFA_AGES.draw(random);
  if (start === 'long_gone') return random.between(18, 23);
  if (start === 'higher' || start === 'university') return random.between(18, 20);
  return USUAL_AGE[start] + HELD_BACK.draw(random);
}
