import fc from 'fast-check';
import type { TestRecord } from './people.ts';

/** How often things are told in a world: more identifiers, more names or more places make other rules collide. */
interface Mood {
  readonly identifier: number;
  readonly name: number;
  readonly missing: number;
  readonly exclusive: number;
}

const MOODS: readonly Mood[] = [
  { identifier: 5, name: 1, missing: 2, exclusive: 1 },
  { identifier: 2, name: 2, missing: 5, exclusive: 2 },
  { identifier: 1, name: 3, missing: 4, exclusive: 0 },
  { identifier: 1, name: 2, missing: 8, exclusive: 4 },
];

const NAMES = ['Durand', 'Durand-Martin', 'Martin'];
const FIRST_NAMES = ['Marie', 'Marie-Louise', 'MARIE LOUISE', 'Marie Anne', 'Louise'];

function maybe<T>(values: readonly T[], weight: number, missing: number): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(...values), weight },
    { arbitrary: fc.constant(undefined), weight: missing },
  );
}

function record({ identifier, name, missing, exclusive }: Mood): fc.Arbitrary<Omit<TestRecord, 'id'>> {
  const value = maybe(['1', '2', '3'], identifier, 4);
  return fc
    .record({
      a: value,
      b: value,
      c: value,
      names: fc.subarray(NAMES, { minLength: missing > 4 ? 1 : 0, maxLength: 1 + (name > 1 ? 1 : 0) }),
      firstName: maybe(FIRST_NAMES.slice(0, 6 - name), 12, 1),
      birthDate: maybe(['2008-01-01', '2008-02-02'], 12, 1),
      place: maybe(['P', 'Q'], 2, missing),
      recent: fc.boolean(),
      exclusivePlaces: fc.oneof(
        { arbitrary: fc.constant([]), weight: 6 },
        { arbitrary: fc.subarray(['U', 'V'], { minLength: 1 }), weight: exclusive },
      ),
    })
    .map(({ a, b, c, firstName, birthDate, place, ...rest }) => ({
      ...rest,
      firstName: firstName ?? null,
      birthDate: birthDate ?? null,
      place: place ?? null,
      identifiers: Object.fromEntries(
        Object.entries({ a, b, c }).flatMap(([type, held]) => (held === undefined ? [] : [[type, held]])),
      ),
    }));
}

const world: fc.Arbitrary<readonly TestRecord[]> = fc
  .constantFrom(...MOODS)
  .chain((mood) => fc.array(record(mood), { minLength: 2, maxLength: 9, size: 'max' }))
  .map((records) => records.map((each, index) => ({ id: `r${index}`, ...each })));

/** Letters that tell worlds apart within a name: A, B, … Z, BA… */
function lettersOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : lettersOf(Math.floor(index / 26)) + letter;
}

/** The same world with names and identifiers of its own, so that many can be linked at once and never meet. */
function setApart(records: readonly TestRecord[], index: number): readonly TestRecord[] {
  const tag = lettersOf(index);
  return records.map((each) => ({
    ...each,
    id: `w${String(index).padStart(5, '0')}-${each.id}`,
    names: (each.names ?? []).map((name) => `${name} ${tag}`),
    identifiers: Object.fromEntries(
      Object.entries(each.identifiers ?? {}).map(([type, value]) => [type, `${value}${tag}`]),
    ),
  }));
}

/** Small random worlds in which names, dates and identifiers collide all the time. */
export function randomWorlds(count: number, seed: number): readonly (readonly TestRecord[])[] {
  return fc.sample(world, { seed, numRuns: count }).map(setApart);
}

/** The list in another order, always the same one for a seed. */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const [order = []] = fc.sample(fc.shuffledSubarray([...items.keys()], { minLength: items.length }), {
    seed,
    numRuns: 1,
  });
  return order.flatMap((index) => items.slice(index, index + 1));
}
