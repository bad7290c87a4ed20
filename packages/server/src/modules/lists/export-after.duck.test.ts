import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFiles } from './campaign/manifest.ts';
import { exportListsAfter } from './export-after.ts';
import { type ExportOptions, exportLists } from './export-lists.ts';
import { testRuleSet } from './registry/testing/rule-set.ts';
import { openWorld, type World } from './registry/testing/world.ts';
import { sieiOf } from './siei.ts';
import { createListsTablesSql } from './tables.ts';

/** Lists put together of those of then are, to the byte, those that are made anew, however long, and whoever came, went or is told otherwise. */

const root = mkdtempSync(join(tmpdir(), 'export-after-'));
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.database.run(createListsTablesSql(['entries']));
});
afterAll(() => {
  world.database.close();
  rmSync(root, { recursive: true, force: true });
});

/** Somebody on a list: where their name stands in it, and what else is told of them. */
interface Listed {
  readonly nth: number;
  readonly department: string;
  readonly name: string;
  readonly file: string;
}
const SAID = ['département du Nord', '=1+1 ; "x"', 'é😀’<&>', ''];
const numberOf = (nth: number) => sieiOf([nth % 32, nth >> 5, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

/** `lists.entries` of those of `people` that `told` keeps, each in the place that everybody's names give, and `lists.listed` of all. */
async function fill(people: readonly Listed[], told: (one: Listed) => boolean): Promise<void> {
  const { database } = world;
  const rows = people.map((one) => ({ ...one, siei: numberOf(one.nth), told: told(one) }));
  await database.run(
    `CREATE OR REPLACE TABLE lists.listed AS SELECT *, row_number() OVER (PARTITION BY department ORDER BY name, siei) AS place
     FROM (SELECT unnest(from_json($1, '[{"siei":"VARCHAR","department":"VARCHAR","name":"VARCHAR","file":"VARCHAR","told":"BOOLEAN"}]'), recursive := true))`,
    [JSON.stringify(rows)],
  );
  await database.run(
    `DELETE FROM lists.entries;
     INSERT INTO lists.entries BY NAME
     SELECT department, place, siei AS person_id, siei, name AS family_name, ['Léa'] AS first_names, DATE '2008-01-01' AS birth_date, 17 AS age,
       true AS minor, [] AS phones, [] AS representatives, 'unknown' AS mission_locale, [] AS known_situations, [] AS flags, [] AS checks,
       [struct_pack(id := siei, source := 'SIECLE', file := file, "position" := '2')] AS records
     FROM lists.listed WHERE told ORDER BY department, place`,
  );
}

let count = 0;
const optionsOf = (campaign: string): ExportOptions => ({
  ...{ folder: join(root, `${count++}`), campaign, asOf: '2025-11-15', ruleSet: testRuleSet, missing: [] },
});

function hashes(folder: string): Record<string, string> {
  const hash = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
  return Object.fromEntries(listFiles(folder).map((path) => [path, hash(path)]));
}

const listed: fc.Arbitrary<Omit<Listed, 'nth'>> = fc.record({
  department: fc.constantFrom('59', '59', '59', '62'),
  name: fc.tuple(fc.nat(999), fc.constantFrom(...SAID)).map((parts) => parts.join(' ')),
  file: fc.constantFrom('a.csv', 'b.csv'),
});

/** Somebody on the list of then and on that of today, or on one of both; mostly nothing is otherwise. */
const person = fc
  .record({
    ...{ before: listed, after: listed },
    kind: fc.constantFrom(...Array<'same'>(40).fill('same'), 'new', 'gone', 'otherwise', 'file'),
  })
  .map(({ before, after, kind }) => ({
    was: kind === 'new' ? undefined : before,
    now: {
      ...{ same: before, new: before, gone: undefined, otherwise: after },
      file: { ...before, file: 'c.csv' },
    }[kind],
  }));
const PEOPLE = 260;
const months = fc.array(person, { minLength: PEOPLE, maxLength: PEOPLE });

test('whoever came, went, moved or is told otherwise', async () => {
  await fc.assert(
    fc.asyncProperty(months, async (people) => {
      const then = people.flatMap(({ was }, nth) => (was === undefined ? [] : { nth, ...was }));
      const now = people.flatMap((one, nth) => (one.now === undefined ? [] : { nth, ...one.now }));
      const isChanged = ({ nth }: Listed) => people[nth]?.was !== people[nth]?.now;

      const previous = optionsOf('avant');
      await fill(then, () => true);
      await exportLists(world.database, previous);
      const anew = optionsOf('après');
      await fill(now, () => true);
      const exported = await exportLists(world.database, anew);
      const after = optionsOf('après');
      // Somebody of whom nothing changed may be told all the same.
      await fill(now, (one) => isChanged(one) || one.nth % 50 === 0);
      const done: number[] = [];
      const onList = (_code: string, each: number) => done.push(each);
      expect(await exportListsAfter(world.database, { ...after, onList }, previous.folder)).toEqual(exported);
      expect(done).toEqual(Array.from({ length: 111 }, (_, index) => index + 1));
      expect(hashes(after.folder)).toEqual(hashes(anew.folder));
    }),
    // A world that fails is told as it was drawn: to look for a smaller one takes minutes.
    { numRuns: 6, endOnFailure: true },
  );
});

test('a list stays whole while the next is put together, however slowly it is written', async () => {
  const people = ['59', '60', '61'].flatMap((department, list) =>
    Array.from({ length: 200 }, (_, index) => ({
      ...{ department, nth: 200 * list + index, file: 'a.csv' },
      // As long in all of them: what is overwritten then looks like a whole list.
      name: `${String(index).padStart(3, '0')} ${department.repeat(500)}`,
    })),
  );
  const [previous, anew, after] = [optionsOf('avant'), optionsOf('après'), optionsOf('après')];
  await fill(people, () => true);
  await exportLists(world.database, previous);
  await exportLists(world.database, anew);
  await fill(people, ({ nth }) => nth % 100 === 0);
  const [slow, next] = [join(after.folder, 'lists/59/liste-59.json'), join(after.folder, 'lists/60')];
  mkdirSync(join(after.folder, 'lists/59'), { recursive: true });
  // Whoever writes to it waits until somebody reads.
  execFileSync('mkfifo', [slow]);
  const read = async () => {
    while (!existsSync(next)) await setTimeout(5);
    return readFile(slow, 'utf8');
  };
  const [text] = await Promise.all([read(), exportListsAfter(world.database, after, previous.folder)]);
  expect(text).toBe(readFileSync(join(anew.folder, 'lists/59/liste-59.json'), 'utf8'));
});

test('who is told of an error is told when nothing is written any more', async () => {
  const [previous, after] = [optionsOf('avant'), optionsOf('après')];
  await fill([], () => true);
  await exportLists(world.database, previous);
  mkdirSync(join(after.folder, 'lists/59/liste-59.xlsx'), { recursive: true });
  mkdirSync(join(after.folder, 'lists/60'), { recursive: true });
  const slow = join(after.folder, 'lists/60/liste-60.json');
  execFileSync('mkfifo', [slow]);
  let isTold = false;
  const exporting = exportListsAfter(world.database, after, previous.folder).finally(() => {
    isTold = true;
  });
  const failing = expect(exporting).rejects.toThrow('liste-59.xlsx');
  while (!existsSync(join(after.folder, 'lists/60/liste-60.csv'))) await setTimeout(5);
  await setTimeout(100);
  expect(isTold).toBe(false);
  await readFile(slow);
  await failing;
});

test.each(['json', 'csv', 'xlsx'])(
  'a %s that cannot be written stops all, and the engine is free again',
  async (kind) => {
    const [previous, after] = [optionsOf('avant'), optionsOf('après')];
    await fill([], () => true);
    await exportLists(world.database, previous);
    mkdirSync(join(after.folder, `lists/59/liste-59.${kind}`), { recursive: true });
    await expect(exportListsAfter(world.database, after, previous.folder)).rejects.toThrow(
      `liste-59.${kind}`,
    );
    // A list is written while the next is put together, and none after that.
    expect(existsSync(join(after.folder, 'lists/61'))).toBe(false);
    expect(await world.database.all('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  },
);
