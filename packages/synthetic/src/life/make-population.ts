import { civilDate } from '../calendar.ts';
import type { Places } from '../places.ts';
import { Random } from '../random.ts';
import { type Fate, STARTS, type Start } from './fates.ts';
import { LifeBuilder, type Times } from './life-builder.ts';
import { live } from './live.ts';
import { makePerson, type PersonSpec } from './make-person.ts';
import type { Life, Person } from './model.ts';

/** One birth in about seventy-five is a twin's. `[inferred]` */
const TWIN = 0.013;
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
  private: 15,
};
const HELD_BACK = [
  { value: 0, weight: 68 },
  { value: 1, weight: 23 },
  { value: 2, weight: 9 },
] as const;
const CFA_AGES = [
  { value: 16, weight: 30 },
  { value: 17, weight: 26 },
  { value: 18, weight: 18 },
  { value: 19, weight: 11 },
  { value: 20, weight: 6 },
  { value: 22, weight: 4 },
  { value: 24, weight: 3 },
  { value: 25, weight: 2 },
] as const;

/**
 * The first people of every region, whatever the seed: rare cases that a demonstration must not miss.
 * The private school of département 62 is one that delivers.
 */
const CAST: ReadonlyArray<{ readonly start: Start; readonly department: string; readonly fate: Fate }> = [
  { start: 'private', department: '62', fate: 'death' },
  { start: 'pro2', department: '59', fate: 'abroad' },
  { start: 'gt1', department: '62', fate: 'move' },
  { start: 'pro2', department: '2A', fate: 'drop' },
  { start: 'pro2', department: '974', fate: 'drop' },
  { start: 'gt2', department: '59', fate: 'to_agri' },
  { start: 'gt2', department: '62', fate: 'to_private' },
];

/**
 * Makes `count` people and lives two school years for each, in order: memory holds one life at a time for whoever
 * consumes it so. Each person draws from a stream of their own.
 */
export function* makePopulation({
  seed,
  count,
  times,
  places,
}: {
  seed: number;
  count: number;
  times: Times;
  places: Places;
}): Generator<Life> {
  const root = new Random(seed).fork('people');
  let previous: { life: Life; spec: PersonSpec; start: Start } | undefined;
  for (let number = 1; number <= count; number += 1) {
    const random = root.fork(number);
    const twinOf =
      number > CAST.length + 1 &&
      previous !== undefined &&
      previous.spec.twinOf === undefined &&
      random.chance(TWIN)
        ? previous
        : undefined;
    const cast = CAST[number - 1];
    const start = cast?.start ?? twinOf?.start ?? random.weighted(STARTS);
    const spec: PersonSpec = {
      number,
      birthYear: twinOf?.spec.birthYear ?? times.before - drawAge(random, start),
      department: cast?.department ?? twinOf?.spec.department ?? places.drawHomeDepartment(random),
      twinOf: twinOf?.life.person,
    };
    const person = makePerson(random.fork('person'), places, spec);
    const life = liveOne(random, {
      person,
      times,
      places,
      spec,
      start,
      fate: cast?.fate,
      twin: twinOf?.life,
    });
    previous = { life, spec, start };
    yield life;
  }
}

function liveOne(
  random: Random,
  {
    person,
    times,
    places,
    spec,
    start,
    fate,
    twin,
  }: {
    person: Person;
    times: Times;
    places: Places;
    spec: PersonSpec;
    start: Start;
    fate: Fate | undefined;
    twin: Life | undefined;
  },
): Life {
  const home = twin?.residences[0] ?? {
    from: civilDate(times.before - 1, 9, 1),
    address: places.drawAddress(random.fork('home'), spec.department),
  };
  const builder = new LifeBuilder(random.fork('life'), times, person, places, home);
  live(builder, start, fate);
  return builder.build();
}

function drawAge(random: Random, start: Start): number {
  if (start === 'cfa') return random.weighted(CFA_AGES);
  if (start === 'long_gone') return random.between(18, 23);
  if (start === 'higher' || start === 'university') return random.between(18, 20);
  return USUAL_AGE[start] + random.weighted(HELD_BACK);
}
