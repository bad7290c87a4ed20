import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MemoryDatabase, openMemoryDatabase } from '../testing/memory-database.ts';
import { type Linked, linkNumberedPeople, linkPeople, type TestRecord } from '../testing/people.ts';
import { type TwinResult, twinLinkage } from '../testing/twin.ts';
import { componentsOf } from '../testing/twin-records.ts';
import { randomWorlds, shuffled } from '../testing/worlds.ts';

const SEED = 20_261_124;
const WORLDS = 4_000;

type World = readonly TestRecord[];

let worlds: readonly World[];
let linked: Linked;
let apart: readonly (readonly [World, Linked, TwinResult])[];

const worldOf = (recordId: string) => Number(recordId.slice(1, 6));

function partsOf(whole: Linked, count: number): readonly Linked[] {
  const parts = Array.from({ length: count }, () => ({
    memberships: [] as Linked['memberships'][number][],
    links: [] as Linked['links'][number][],
    litiges: [] as Linked['litiges'][number][],
  }));
  for (const row of whole.memberships) parts[worldOf(row.record_id)]?.memberships.push(row);
  for (const row of whole.links) parts[worldOf(row.record_id_l)]?.links.push(row);
  for (const row of whole.litiges) parts[worldOf(row.person_id_l)]?.litiges.push(row);
  return parts;
}

/** The smallest world that `breaks`, to be read by whoever has to mend it. */
function findBroken(breaks: (world: World, found: Linked, twin: TwinResult) => unknown): unknown {
  const broken = apart.flatMap(([world, found, twin]) => {
    const why = breaks(world, found, twin);
    return why ? [{ why, found, world }] : [];
  });
  return broken.sort((a, b) => a.world.length - b.world.length)[0];
}

const differ = (a: readonly string[], b: readonly string[]) =>
  JSON.stringify([...a].sort()) !== JSON.stringify([...b].sort()) && { a, b };

async function linkAll(records: World, threads: number, link = linkPeople): Promise<Linked> {
  const database: MemoryDatabase = await openMemoryDatabase(threads);
  try {
    return await link(database, records);
  } finally {
    database.close();
  }
}

beforeAll(async () => {
  worlds = randomWorlds(WORLDS, SEED);
  linked = await linkAll(worlds.flat(), 2);
  const parts = partsOf(linked, worlds.length);
  apart = worlds.flatMap((world, index) =>
    parts.slice(index, index + 1).map((part) => [world, part, twinLinkage(world)] as const),
  );
});
afterAll(() => {
  apart = [];
});

describe('the SQL against its twin, pair by pair', () => {
  test('same persons', () => {
    expect(
      findBroken((_world, found, twin) =>
        differ(
          found.memberships.map((m) => `${m.record_id} ${m.person_id}`),
          [...twin.personOf].map(([record, person]) => `${record} ${person}`),
        ),
      ),
    ).toBeUndefined();
  });

  test('every link rests on its rule, and links connect exactly the persons', () => {
    expect(
      findBroken((world, found, twin) => {
        const wrong = found.links.filter(
          (k) =>
            k.record_id_l >= k.record_id_r ||
            !twin.allows(k.record_id_l, k.record_id_r, k.rule, k.identifier_type),
        );
        const connected = componentsOf(
          world.map((r) => r.id),
          found.links.map((k) => [k.record_id_l, k.record_id_r] as const),
        );
        const missing = [...twin.personOf].filter(([record, person]) => connected.get(record) !== person);
        return (wrong.length > 0 || missing.length > 0) && { wrong, missing };
      }),
    ).toBeUndefined();
  });

  test('every litige is one, told once, with records of both persons', () => {
    expect(
      findBroken((_world, found, twin) => {
        const between = found.litiges.filter((row) => row.person_id_r !== null);
        const keys = between.map((row) => `${row.reason} ${row.person_id_l} ${row.person_id_r}`);
        const wrong = keys.filter((key) => !twin.litigePairs.has(key));
        const evidence = between.filter((row) => {
          const persons = new Set(row.record_ids.map((id) => twin.personOf.get(id)));
          return differ([...persons].map(String), [row.person_id_l, String(row.person_id_r)]);
        });
        return (
          (wrong.length > 0 || new Set(keys).size < keys.length || evidence.length > 0) && { wrong, evidence }
        );
      }),
    ).toBeUndefined();
  });

  test.each([
    ['two_identifiers'],
    ['two_enrolments'],
    // Whoever shares an identifier and is apart has a litige, of this reason or another.
    [''],
  ])('whoever has a litige is told: %s', (reason) => {
    expect(
      findBroken((_world, found, twin) => {
        const expected = [...twin.litigePairs]
          .filter((key) => key.startsWith(reason))
          .flatMap((key) => key.split(' ').slice(1));
        const told = found.litiges
          .filter((row) => row.person_id_r !== null && row.reason.startsWith(reason))
          .flatMap((row) => [row.person_id_l, String(row.person_id_r)]);
        return differ([...new Set(expected)], [...new Set(told)]);
      }),
    ).toBeUndefined();
  });

  test('one person in two exclusive places is told, and nobody else', () => {
    expect(
      findBroken((_world, found, twin) => {
        const within = found.litiges.filter((row) => row.person_id_r === null);
        return differ(
          within.map((row) => row.person_id_l),
          [...twin.tornPersons],
        );
      }),
    ).toBeUndefined();
  });

  test('the worlds are rich enough to prove something', () => {
    const reasons = linked.litiges.map((row) => row.reason + (row.person_id_r === null ? ' within' : ''));
    const rules = linked.links.map((row) => row.rule);
    for (const reason of [
      'identifier_disagrees',
      'two_identifiers',
      'two_enrolments',
      'two_enrolments within',
    ]) {
      expect(reasons.filter((each) => each === reason).length, reason).toBeGreaterThan(120);
    }
    for (const rule of ['same_identifier_birth_date', 'same_identifier_name', 'same_name_birth_date']) {
      expect(rules.filter((each) => each === rule).length, rule).toBeGreaterThan(120);
    }
  });
});

describe('what must not matter', () => {
  test.each([
    ['one thread', 1, 1],
    ['four threads, another order', 4, 2],
  ])('%s', async (_name, threads, seed) => {
    expect(await linkAll(shuffled(worlds.flat(), seed), threads)).toEqual(linked);
  });

  test('whether records, names and first names come numbered', async () => {
    expect(await linkAll(shuffled(worlds.flat(), 3), 2, linkNumberedPeople)).toEqual(linked);
  });
});
