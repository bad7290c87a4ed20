import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recogniseNumbers } from './recognise-numbers.ts';
import {
  INE,
  KEY,
  type Numbered,
  numberPeople,
  OTHER_INE,
  people,
  record,
  type Sketch,
  type Told,
} from './testing/number-people.ts';
import { openWorld } from './testing/world.ts';

/** The id of a sender beside an identifier: nothing of it stays in the registry, and it still finds who would be taken for new. */

let registryFolder: string;
beforeEach(() => {
  registryFolder = join(mkdtempSync(join(tmpdir(), 'registre-')), 'r');
});
afterEach(() => rmSync(join(registryFolder, '..'), { recursive: true, force: true }));

/** Runs campaigns of these people, one after another; what the last one gave. */
async function campaigns(...months: readonly Told[]): Promise<Numbered> {
  let last: Numbered | undefined;
  for (const month of months) last = await numberPeople(registryFolder, month);
  if (last === undefined) throw new Error('no campaign');
  return last;
}

const PUPIL: Sketch = { id: 'a', sourceId: '7', at: '75056' };
const withIne = (sketch: Partial<Sketch>): Sketch => ({ ...PUPIL, id: 'b', ine: INE, ...sketch });
/** As any pupil of whom the registry knows nothing. */
const HOMONYM: Sketch = { id: 'h', at: '75056' };

test.each(['inscriptions', 'diplomes'] as const)(
  'of a row of %s no key stays beside an identifier',
  async (kind) => {
    const kindsOf = async (sketch: Sketch) => {
      await campaigns(people({ ...sketch, kind }));
      const world = await openWorld();
      const rows = await world.database.all<{ kind: number }>(
        `SELECT DISTINCT kind FROM read_parquet('${join(registryFolder, '*', 'keys.parquet')}') ORDER BY kind`,
      );
      world.database.close();
      rmSync(registryFolder, { recursive: true });
      return rows.map((row) => row.kind);
    };
    expect(await kindsOf(withIne({}))).toEqual([11, 30, 40]);
    expect(await kindsOf(PUPIL)).toEqual([20, 30, 40]);
  },
);

describe('who gets their first identifier keeps their number', () => {
  test.each<[string, Sketch]>([
    ['with the same name', withIne({})],
    ['in the month in which their name is corrected', withIne({ family: 'Zed', first: 'Zoé' })],
    ['in the month in which their birth date is corrected', withIne({ born: '2008-03-02' })],
    ['of a registration for an examination', withIne({ kind: 'diplomes', family: 'Zed' })],
    ['an apprentice like a pupil', withIne({ ineType: 'ine_apprenti', family: 'Zed' })],
  ])('%s', async (_, after) => {
    const first = await campaigns(people({ ...PUPIL, kind: after.kind ?? 'inscriptions' }));
    const second = await campaigns(people(after));
    expect(second).toMatchObject({ numbers: { b: first.numbers.a }, newNumbers: 0, splits: 0, merges: 0 });
  });

  test('from then on by the identifier, and the registry keeps nothing more when nothing changes', async () => {
    const corrected = withIne({ family: 'Zed' });
    const first = await campaigns(people(PUPIL), people(corrected));
    const before = bytesOf(registryFolder);
    expect(await campaigns(people(corrected))).toEqual(first);
    expect(bytesOf(registryFolder)).toEqual(before);
    const { sourceId: _, ...unsent } = withIne({ family: 'Autre' });
    expect((await campaigns(people(unsent))).numbers).toEqual(first.numbers);
  });

  test('though a homonym was always there', async () => {
    const first = await campaigns(people(PUPIL, HOMONYM));
    const second = await campaigns(people(withIne({}), HOMONYM));
    expect(second.numbers).toEqual({ b: first.numbers.a, h: first.numbers.h });
  });

  test('though somebody comes who bears the name that was corrected', async () => {
    const first = await campaigns(people(PUPIL));
    const second = await campaigns(people(withIne({ family: 'Zed' }), HOMONYM));
    expect(second.numbers.b).toBe(first.numbers.a);
    expect(second).toMatchObject({ newNumbers: 1, splits: 1, merges: 0 });
    expect(await campaigns(people(withIne({ family: 'Zed' }), HOMONYM))).toEqual({
      ...second,
      newNumbers: 0,
      splits: 0,
    });
  });

  test('who was taken for another and is found to be themselves gets their own number back', async () => {
    const other: Sketch = { id: 'o', ine: OTHER_INE, family: 'Durand', born: '2007-05-05' };
    const asOne: Told = (world) => {
      world.person({ person_id: 'o' }, [record(other), record({ ...PUPIL, id: 'p' })]);
      world.identifier('o', 'ine_rnie', OTHER_INE);
    };
    const before = await campaigns(people(other), people(other, PUPIL));
    expect((await campaigns(asOne)).merges).toBe(1);
    const after = await campaigns(people(other, withIne({ ineType: 'ine_bea', family: 'Zed' })));
    expect(after).toMatchObject({ numbers: { o: before.numbers.o, b: before.numbers.a }, revivals: 1 });
  });
});

describe('nobody is taken for somebody else', () => {
  test.each<[string, Sketch, Sketch]>([
    ['another birth date and name under the same id', PUPIL, withIne({ family: 'Zed', born: '2007-01-01' })],
    ['the id of another sender', { ...PUPIL, sourceId: '8' }, withIne({ family: 'Zed' })],
  ])('%s', async (_, before, after) => {
    const first = await campaigns(people(before));
    const second = await campaigns(people(after));
    expect(second.numbers.b).not.toBe(first.numbers.a);
    expect(second.newNumbers).toBe(1);
  });

  test('another identifier under the id of somebody who has one by now', async () => {
    const first = await campaigns(people(PUPIL), people(withIne({})));
    const second = await campaigns(people(withIne({ ine: OTHER_INE, family: 'Zed' })));
    expect(second.numbers.b).not.toBe(first.numbers.b);
  });

  test('two who come under one id', async () => {
    const first = await campaigns(people(PUPIL));
    const second = await campaigns(
      people(withIne({ family: 'Zed' }), withIne({ id: 'c', ine: OTHER_INE, family: 'Yeu' })),
    );
    expect(Object.values(second.numbers)).not.toContain(first.numbers.a);
    expect(second.newNumbers).toBe(2);
  });

  test('who comes under the id of somebody known by name', async () => {
    const first = await campaigns(people(PUPIL));
    const second = await campaigns(
      people(withIne({}), withIne({ id: 'c', ine: OTHER_INE, family: 'Zed', first: 'Zoé' })),
    );
    expect(second).toMatchObject({ numbers: { b: first.numbers.a }, newNumbers: 1 });
  });

  test('who comes under the id of somebody whose row bears no identifier', async () => {
    const first = await campaigns(people(PUPIL));
    const second = await campaigns(
      people({ ...PUPIL, family: 'Yeu' }, withIne({ family: 'Zed', first: 'Zoé' })),
    );
    expect(second).toMatchObject({ numbers: { a: first.numbers.a }, newNumbers: 1 });
  });
});

describe('whose identifier is another, or is told no more', () => {
  const bea = withIne({ ineType: 'ine_bea', ine: '1234567890A' });
  const { ine: _, ...untold } = withIne({});

  test.each<[string, Sketch, boolean]>([
    ['of another type: known by name', bea, true],
    ['untold: known by name', untold, true],
    // What is lost: before this, the id of the sender told that it is the same pupil.
    ['of another type, and another name at once: somebody new', { ...bea, family: 'Zed' }, false],
    ['untold, and another name at once: somebody new', { ...untold, family: 'Zed' }, false],
  ])('%s', async (_, after, known) => {
    const first = await campaigns(people(withIne({ id: 'a' })));
    const second = await campaigns(people({ ...after, id: 'b' }));
    expect(second.numbers.b === first.numbers.a).toBe(known);
  });
});

describe('a decision finds whom it is about in the month of their first identifier', () => {
  const answers = async (told: Told, numbers: Numbered['numbers']) => {
    const world = await openWorld();
    world.file(1, { sender: 'Lycée Test' });
    told(world);
    await world.save();
    const asked = Object.entries(numbers);
    const found = await recogniseNumbers(
      world.database,
      { registryFolder, key: KEY },
      asked.map(([, siei]) => siei),
    );
    world.database.close();
    return Object.fromEntries(asked.map(([id, siei]) => [id, found.get(siei)?.recordIds]));
  };

  test('and in which their name is corrected', async () => {
    const { numbers } = await campaigns(people(PUPIL));
    expect(await answers(people(withIne({ family: 'Zed' })), numbers)).toEqual({ a: ['b'] });
  });

  test('where it parts two who are one person without it', async () => {
    const { numbers } = await campaigns(people(PUPIL, { ...PUPIL, id: 'c', sourceId: '8' }));
    const asOne: Told = (world) => {
      world.person({ person_id: 'b' }, [record(withIne({})), record({ ...PUPIL, id: 'c', sourceId: '8' })]);
      world.identifier('b', 'ine_rnie', INE);
    };
    expect(await answers(asOne, numbers)).toEqual({ a: ['b'], c: ['c'] });
  });
});

function bytesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}
