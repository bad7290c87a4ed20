import { type CivilDate, civilDate } from '../calendar.ts';
import { drawAddress } from '../france/addresses.ts';
import type { Country } from '../france/country.ts';
import type { Bassin } from '../france/territory.ts';
import { Random } from '../random.ts';
import { untilDeath } from './death.ts';
import type { Start } from './fates.ts';
import { LifeBuilder, type LifeSetting, type Times } from './life-builder.ts';
import { live } from './live.ts';
import { makePerson, type PersonSpec } from './make-person.ts';
import type { Life, Person } from './model.ts';
import { drawPlace, type Place } from './places.ts';

/** One birth in about seventy-five is a twin's. `[inferred]` */
const TWIN = 0.013;
/** Chance that the next person is drawn as a brother or sister of the last; one in eight is then born too near. `[inferred]` */
const SIBLING = 0.14;
/** Of those with a foot in another bassin, those whose family moves there; the others study there. `[inferred]` */
const MOVES = 0.45;
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
  const { before: year } = setting.times;
  let previous: { life: Life; spec: PersonSpec; place: Place } | undefined;
  for (let rank = 0; rank < count; rank += 1) {
    const random = root.fork(bassin.firstNumber + rank);
    const kin = random.next();
    const twin =
      previous !== undefined && previous.spec.twinOf === undefined && kin < TWIN ? previous : undefined;
    const sibling = twin === undefined && kin < TWIN + SIBLING ? previous : undefined;
    const place = twin?.place ?? drawPlace(random, year);
    const spec = {
      number: bassin.firstNumber + rank,
      birthYear: year - place.age,
      home: bassin,
      twinOf: twin?.life.person,
      siblingOf: sibling?.life.person,
    };
    const person = makePerson(random.fork('person'), setting.country.territory, spec);
    const before = previous?.life;
    const home = before?.person.parent === person.parent ? before.residences[0]?.address : undefined;
    const life = liveOne(random, setting, { person, start: place.start, home });
    previous = { life, spec, place };
    yield life;
  }
}

/** People at home in `from` who move to `to` or study there: the last numbers of `from`. */
function* livesBetween(setting: PopulationSetting, from: Bassin, to: Bassin): Generator<Life> {
  const { territory } = setting.country;
  const { firstNumber: first, count } = territory.peopleBetween(from, to);
  const { before: year } = setting.times;
  const root = new Random(setting.seed).fork('people');
  for (let number = first; number < first + count; number += 1) {
    const random = root.fork(number);
    const moves = random.chance(MOVES);
    let place = drawPlace(random, year);
    // Whoever moves does so between two school years: not in the middle of a contract.
    while (moves && (place.start === 'cfa' || place.start === 'long_gone')) place = drawPlace(random, year);
    const birthYear = year - place.age;
    const spec = { number, birthYear, home: from, twinOf: undefined, siblingOf: undefined };
    const person = makePerson(random.fork('person'), territory, spec);
    yield liveOne(random, setting, {
      person,
      start: place.start,
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
