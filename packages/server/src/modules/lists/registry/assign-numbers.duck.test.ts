import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseSiei } from '../siei.ts';
import { assignNumbers } from './assign-numbers.ts';
import {
  INE,
  KEY,
  numberPeople,
  OTHER_INE,
  people,
  person,
  record,
  type Sketch,
  type Told,
} from './testing/number-people.ts';
import { openWorld } from './testing/world.ts';

let registryFolder: string;
beforeEach(() => {
  registryFolder = join(mkdtempSync(join(tmpdir(), 'registre-')), 'r');
});
afterEach(() => rmSync(join(registryFolder, '..'), { recursive: true, force: true }));

const campaign = (told: Told, options: Parameters<typeof numberPeople>[2] = {}) =>
  numberPeople(registryFolder, told, options);

describe('a person of a former campaign is recognised', () => {
  const base: Sketch = { id: 'a', ine: INE, sourceId: '7', at: '75056' };
  test.each<[string, Sketch, Sketch]>([
    ['by the same identifier and birth date, whatever the name', base, { id: 'b', ine: INE, family: 'Zed' }],
    [
      'by the same identifier and name, whatever the birth date',
      base,
      { id: 'b', ine: INE, born: '2008-03-02', first: 'Léa Marie' },
    ],
    [
      'by the id of the sender and the birth date, where no identifier stands beside it',
      { id: 'a', sourceId: '7' },
      { id: 'b', sourceId: '7', family: 'Zed' },
    ],
    ['by name, birth date and birthplace', base, { id: 'b', at: '75056' }],
    ['an arrondissement is its city', base, { id: 'b', at: '75101' }],
    ['by name and birth date, one birthplace unknown', base, { id: 'b', at: null }],
    [
      'without regard to accents and case',
      { id: 'a', family: 'D’Œuvre' },
      { id: 'b', family: 'D OEUVRE', first: 'LEA' },
    ],
    ['born in the same country', { id: 'a', country: '99350' }, { id: 'b', country: '99350' }],
  ])('%s', async (_, before, after) => {
    const first = await campaign(people(before));
    const second = await campaign(people(after));
    expect(second.numbers.b).toBe(first.numbers.a);
    expect(second.newNumbers).toBe(0);
  });

  test('by the usage name alone, as FREGATA tells it', async () => {
    const first = await campaign((world) =>
      world.person({ person_id: 'a' }, [{ ...record({ id: 'a' }), usage_name: 'Durand' }]),
    );
    const second = await campaign((world) =>
      world.person({ person_id: 'b' }, [{ ...record({ id: 'b' }), family_name: null, usage_name: 'Durand' }]),
    );
    expect(second.numbers.b).toBe(first.numbers.a);
  });
});

describe('somebody else gets another number', () => {
  test.each<[string, Sketch, Sketch]>([
    [
      'the same identifier, with neither name nor birth date',
      { id: 'a', ine: INE },
      { id: 'b', ine: INE, family: 'Zed', born: '2007-01-01' },
    ],
    [
      'the same line number of a sender that renumbers',
      { id: 'a', sourceId: '1' },
      { id: 'b', sourceId: '1', family: 'Zed', born: '2007-01-01' },
    ],
    ['the same name and date, another identifier', { id: 'a', ine: INE }, { id: 'b', ine: OTHER_INE }],
    ['the same name and date, born elsewhere', { id: 'a', at: '75056' }, { id: 'b', at: '13055' }],
    ['the same name and date, born abroad', { id: 'a', at: '75056' }, { id: 'b', country: '99350' }],
    ['a twin', { id: 'a' }, { id: 'b', first: 'Zoé' }],
  ])('%s', async (_, before, after) => {
    const first = await campaign(people(before));
    const second = await campaign(people(after));
    expect(second.numbers.b).not.toBe(first.numbers.a);
    expect(second.newNumbers).toBe(1);
  });

  test('two homonyms of one campaign, though one of them was known', async () => {
    const first = await campaign(people({ id: 'a', ine: INE }));
    const second = await campaign(people({ id: 'b' }, { id: 'c', ine: INE }));
    expect(second.numbers.c).toBe(first.numbers.a);
    expect(second.numbers.b).not.toBe(first.numbers.a);
  });
});

describe('merge and split', () => {
  const apart = people(
    { id: 'a', ine: INE, family: 'Martin' },
    { id: 'b', ine: OTHER_INE, family: 'Durand', born: '2008-05-05' },
  );
  const together: Told = (world) => {
    world.person({ person_id: 'c' }, [
      record({ id: 'c' }),
      record({ id: 'd', family: 'Durand', born: '2008-05-05' }),
    ]);
    world.identifier('c', 'ine_rnie', INE);
    world.identifier('d', 'ine_rnie', OTHER_INE);
  };

  test('the oldest number stays, the other becomes its alias', async () => {
    const first = await campaign(people({ id: 'b', ine: OTHER_INE, family: 'Durand', born: '2008-05-05' }));
    const second = await campaign(apart);
    const third = await campaign(together);
    expect(second.numbers.b).toBe(first.numbers.b);
    expect(third.merges).toBe(1);
    expect(third.numbers).toEqual({ c: first.numbers.b });
    expect(third.aliases).toEqual({ [second.numbers.a ?? '']: first.numbers.b });
  });

  test('an alias of an alias leads to the number that stays', async () => {
    const oldest = await campaign(people({ id: 'z', ine: '111111111AA', family: 'Zed', born: '2008-07-07' }));
    const second = await campaign(apart);
    await campaign(together);
    const last = await campaign((world) => {
      together(world);
      world.row('linkage.memberships', { record_id: 'z', person_id: 'c' });
      world.row('sources.records', {
        ...record({ id: 'z', family: 'Zed', born: '2008-07-07' }),
        file_no: 1,
        ordinal: 1,
        position: 'z',
        source: 'INTERCHANGE',
        source_rank: 5,
        row_kind: 'inscriptions',
      });
      world.identifier('z', 'ine_rnie', '111111111AA');
    });
    expect(last.numbers.c).toBe(oldest.numbers.z);
    expect(new Set(Object.values(last.aliases))).toEqual(new Set([oldest.numbers.z]));
    expect(Object.keys(last.aliases).sort()).toEqual(Object.values(second.numbers).sort());
  });

  test('of two who claim one number, the one with the stronger key keeps it', async () => {
    const first = await campaign(together);
    const both = people(
      { id: 'weak', sourceId: 'w', family: 'Durand', born: '2008-05-05' },
      { id: 'strong', ine: INE },
    );
    const second = await campaign(both);
    expect(second.numbers.strong).toBe(first.numbers.c);
    expect(second.numbers.weak).not.toBe(first.numbers.c);
    expect(second.splits).toBe(1);
    const third = await campaign(both);
    expect(third).toEqual({ ...second, newNumbers: 0, splits: 0 });
  });
});

describe('a merge that is undone', () => {
  /** The older number is of somebody known by a name alone: of the two, the younger has the stronger keys. */
  const old: Sketch = { id: 'b', sourceId: 'w', family: 'Durand', born: '2008-05-05' };
  const young: Sketch = { id: 'a', ine: INE, sourceId: 'x', family: 'Martin' };
  const one = people(old);
  const two = people(old, young);
  const merged: Told = (world) => {
    world.person({ person_id: 'c' }, [record({ ...old, id: 'd' }), record({ ...young, id: 'c' })]);
    world.identifier('c', 'ine_rnie', INE);
  };
  const events = async () => {
    const world = await openWorld();
    const rows = await world.database.all<{ event: string }>(
      `SELECT event FROM read_parquet('${join(registryFolder, '*', 'journal.parquet')}') ORDER BY sequence`,
    );
    world.database.close();
    return rows.map(({ event }) => event);
  };

  test('gives each their own number back, and the alias ends', async () => {
    await campaign(one);
    const before = await campaign(two);
    const during = await campaign(merged);
    expect(during.numbers).toEqual({ c: before.numbers.b });
    expect(during.aliases).toEqual({ [before.numbers.a ?? '']: before.numbers.b });
    const after = await campaign(two);
    expect(after).toMatchObject({ newNumbers: 0, splits: 0, revivals: 1 });
    expect(after.numbers).toEqual(before.numbers);
    expect(after.aliases).toEqual({});
    expect(await events()).toEqual(['merge', 'unmerge']);
    const settled = bytesOf(registryFolder);
    expect((await campaign(two)).numbers).toEqual(before.numbers);
    expect(bytesOf(registryFolder)).toEqual(settled);
  });

  test('may be made and undone again', async () => {
    await campaign(one);
    const before = await campaign(two);
    for (const told of [merged, two, merged]) await campaign(told);
    const after = await campaign(two);
    expect(after).toMatchObject({ numbers: before.numbers, aliases: {}, newNumbers: 0 });
    expect(await events()).toEqual(['merge', 'unmerge', 'merge', 'unmerge']);
  });

  test.each([
    ['the older', one, 'b'],
    ['the younger', people(young), 'a'],
  ] as const)('is not taken for undone while %s alone is in the files', async (_, alone, id) => {
    await campaign(one);
    const before = await campaign(two);
    await campaign(merged);
    const between = await campaign(alone);
    expect(between.numbers).toEqual({ [id]: before.numbers.b });
    expect(between).toMatchObject({ revivals: 0, aliases: { [before.numbers.a ?? '']: before.numbers.b } });
    expect((await campaign(two)).numbers).toEqual(before.numbers);
  });

  test('of three, gives back the number that left, and the two others stay one', async () => {
    const third: Sketch = { id: 'z', ine: OTHER_INE, family: 'Zed', born: '2008-07-07' };
    await campaign(one);
    await campaign(two);
    const before = await campaign(people(old, young, third));
    await campaign((world) => {
      merged(world);
      person(world, third);
    });
    const all: Told = (world) => {
      world.person({ person_id: 'c' }, [...[{ ...old, id: 'd' }, { ...young, id: 'c' }, third].map(record)]);
      world.identifier('c', 'ine_rnie', INE);
      world.identifier('z', 'ine_rnie', OTHER_INE);
    };
    await campaign(all);
    const after = await campaign((world) => {
      merged(world);
      person(world, third);
    });
    expect(after.numbers).toEqual({ c: before.numbers.b, z: before.numbers.z });
    expect(after.aliases).toEqual({ [before.numbers.a ?? '']: before.numbers.b });
    expect((await campaign(people(old, young, third))).numbers).toEqual(before.numbers);
  });

  test('in a registry that never told whose the keys were, whoever leaves gets a new number', async () => {
    await campaign(one);
    const before = await campaign(two);
    await campaign(merged);
    for (const name of readdirSync(registryFolder).filter((each) => each.startsWith('generation-')))
      rmSync(join(registryFolder, name, 'origins.parquet'), { force: true });
    const after = await campaign(two);
    expect(after).toMatchObject({ newNumbers: 1, splits: 1, revivals: 0 });
    expect(after.aliases).toEqual({ [before.numbers.a ?? '']: before.numbers.b });
  });
});

describe('the same inputs', () => {
  /** Ambiguous people too: two in litige on one INE, homonyms that nothing tells apart, nobody with a sender. */
  const hard = people(
    { id: 'a', ine: INE, sourceId: '1', at: '75056' },
    { id: 'b', ine: INE, sourceId: '2', family: 'Zed', born: '2007-01-01' },
    { id: 'c' },
    { id: 'd' },
    { id: 'e', ine: '222222222CC', at: '13055' },
    { id: 'f', family: 'Zed', born: '2006-02-02' },
    { id: 'g', ine: '333333333DD' },
    { id: 'h', ine: '333333333DD' },
  );

  test('give the same numbers, and leave the registry as it was to the byte', async () => {
    await campaign(people({ id: 'x', ine: '222222222CC' }, { id: 'y', family: 'Zed', born: '2006-02-02' }));
    const first = await campaign(hard);
    const before = bytesOf(registryFolder);
    const second = await campaign(hard);
    expect(second.numbers).toEqual(first.numbers);
    expect(second.newNumbers).toBe(0);
    expect(bytesOf(registryFolder)).toEqual(before);
    expect(new Set(Object.values(first.numbers)).size).toBe(8);
    for (const number of Object.values(first.numbers)) expect(parseSiei(number)).toEqual({ siei: number });
  });

  test('give the same registry whatever the threads and the order of the rows', async () => {
    const first = await campaign(hard);
    const before = bytesOf(registryFolder);
    rmSync(registryFolder, { recursive: true });
    const second = await campaign(hard, { threads: 4, shuffle: (rows) => rows.reverse() });
    expect(second).toEqual(first);
    expect(bytesOf(registryFolder)).toEqual(before);
  });
});

describe('the registry on disk', () => {
  const one = people({ id: 'a', ine: INE, family: 'Duchemolle', sourceId: 'id-erp-77' });

  test('its key is for its owner alone, and nothing in it names anybody', async () => {
    await campaign(one);
    expect(statSync(join(registryFolder, 'cle.hex')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(registryFolder, 'cle.hex'), 'utf8').trim()).toBe(KEY);
    const world = await openWorld();
    const columns = await world.database.all<{ n: string }>(
      `SELECT DISTINCT name AS n FROM parquet_schema('${join(registryFolder, '*', '*.parquet')}') ORDER BY n`,
    );
    const rows = await world.database.all(
      `SELECT key::VARCHAR AS key, kind, counter FROM read_parquet('${join(registryFolder, '*', 'keys.parquet')}')`,
    );
    world.database.close();
    expect(columns.map(({ n }) => n)).toEqual(
      [
        'campaign',
        'counter',
        'duckdb_schema',
        'event',
        'first_campaign',
        'kept',
        'key',
        'kind',
        'other',
      ].concat('sequence', 'siei'),
    );
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toMatch(/duchemolle|123456789|erp/i);
  });

  test('abandoning leaves no trace, and the next campaign starts afresh', async () => {
    await campaign(one);
    const before = bytesOf(registryFolder);
    const world = await openWorld();
    world.file(1);
    people({ id: 'new', family: 'Autre' })(world);
    await world.save();
    const assignment = await assignNumbers(world.database, { registryFolder, campaign: 'x' });
    expect(assignment.newNumbers).toBe(1);
    assignment.abandon();
    world.database.close();
    expect(bytesOf(registryFolder)).toEqual(before);
  });

  test('what a crash left behind counts for nothing and is removed', async () => {
    const first = await campaign(one);
    const before = bytesOf(registryFolder);
    writeFileSync(join(registryFolder, 'verrou'), JSON.stringify({ host: 'x', pid: 1 }));
    await expect(campaign(one)).rejects.toThrow(/Une autre campagne se sert du registre/);
    rmSync(join(registryFolder, 'verrou'));
    for (const name of ['generation-000002.tmp', 'generation-000002', 'generation-000000'])
      writeFileSync(join(registryFolder, name), 'half');
    expect((await campaign(one)).numbers).toEqual(first.numbers);
    expect(bytesOf(registryFolder)).toEqual(before);
  });

  test('two campaigns at once: the second is told so, and the lock goes with the first', async () => {
    const world = await openWorld();
    const options = { registryFolder, campaign: 'x', key: KEY };
    const held = await assignNumbers(world.database, options);
    await expect(assignNumbers(world.database, options)).rejects.toThrow(/Une autre campagne se sert/);
    held.commit();
    (await assignNumbers(world.database, options)).commit();
    world.database.close();
    expect(existsSync(join(registryFolder, 'verrou'))).toBe(false);
  });

  test.each([
    ['another key', { key: 'b2'.repeat(32) }, /a déjà une autre clé/],
    ['a malformed key', { key: 'zz' }, /64 chiffres hexadécimaux/],
  ])('%s is refused', async (_, options, message) => {
    await campaign(one);
    const world = await openWorld();
    await expect(
      assignNumbers(world.database, { registryFolder, campaign: 'x', ...options }),
    ).rejects.toThrow(message);
    world.database.close();
  });

  test.each([
    ['the pointer', 'registre.json'],
    ['a file of numbers', 'generation-000001/numbers.parquet'],
    ['a file of keys', 'generation-000001/keys.parquet'],
  ])('a registry whose %s is damaged is refused, and unlocked', async (_, name) => {
    await campaign(one);
    writeFileSync(join(registryFolder, name), 'damaged');
    await expect(campaign(one)).rejects.toThrow(/est abîmé/);
    expect(existsSync(join(registryFolder, 'verrou'))).toBe(false);
  });

  test('a new registry without a given key draws its own', async () => {
    const world = await openWorld();
    (await assignNumbers(world.database, { registryFolder, campaign: 'x' })).commit();
    world.database.close();
    expect(readFileSync(join(registryFolder, 'cle.hex'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });
});

function bytesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return Object.fromEntries(
    files
      .map((file) => join(file.parentPath, file.name))
      .sort()
      .map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}
