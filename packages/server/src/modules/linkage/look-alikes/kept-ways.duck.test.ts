import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { runSteps } from '../../../platform/duckdb/step.ts';
import { SHOWN } from '../incremental/previous-linkage.ts';
import { createLinkageTablesSql } from '../tables.ts';
import { carriedPairsStep, keptWaysStep } from './kept-ways.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await database.run(`${createLinkageTablesSql()}
    CREATE TABLE linkage.left_ways AS FROM linkage.ways; CREATE TABLE linkage.fresh_ways AS FROM linkage.ways`);
});
afterAll(() => database.close());

/** A way as `id person name`; ways of one name are written the same. */
async function fill(table: string, ways: readonly string[]): Promise<void> {
  const values = ways.map(
    (way) =>
      `(${way
        .split(' ')
        .map((word) => `'${word}'`)
        .join(', ')})`,
  );
  await database.run(`DELETE FROM ${table}`);
  if (values.length > 0)
    await database.run(
      `INSERT INTO ${table} BY NAME SELECT *, ['600000000'] AS phones FROM (VALUES ${values.join(', ')}) v(record_id, person_id, name1)`,
    );
}

const BEFORE = {
  ...SHOWN,
  tables: { ...SHOWN.tables, look_alike_pairs: 'linkage.look_alike_pairs' },
};
const asText = (rows: readonly Record<string, unknown>[]) => rows.map((row) => Object.values(row).join(' '));

it.each([
  ['a way under another id', ['d P MARTIN'], ['n Q MARTIN'], ['d n'], [], []],
  ['a way as it was', ['d P MARTIN'], ['d P MARTIN'], ['d d'], [], []],
  ['a way written otherwise', ['d P MARTIN'], ['d P MARTINS'], [], [['a', 'd']], []],
  ['a way that is gone', ['d P MARTIN'], [], [], [['a', 'd']], []],
  [
    'one that is written as another',
    ['d P MARTIN', 'e R MARTIN'],
    ['d P MARTIN', 'n Q MARTIN'],
    ['d d'],
    [['a', 'e']],
    [],
  ],
  ['two written alike, of whom one is gone', ['d P MARTIN', 'e R MARTIN'], ['n Q MARTIN'], [], [], []],
  ['somebody who is two now', ['d P MARTIN', 'e P DURAND'], ['n Q MARTIN', 'o R DURAND'], [], [], []],
  [
    'somebody who is two now, one under the ids of then',
    ['d P MARTIN', 'e P DURAND'],
    ['d P MARTIN', 'o R DURAND'],
    [],
    [],
    [],
  ],
  [
    'two who are one now',
    ['d P MARTIN', 'e R DURAND'],
    ['n Q MARTIN', 'o Q DURAND'],
    ['d n', 'e o'],
    [
      ['d', 'e'],
      ['a', 'd'],
    ],
    ['a n'],
  ],
  [
    'a pair of which one side was not touched',
    ['d P MARTIN'],
    ['n Q MARTIN'],
    ['d n'],
    [
      ['a', 'd'],
      ['a', 'b'],
    ],
    ['a n'],
  ],
  [
    'a pair in the other order: its left side is compared again',
    ['d P MARTIN'],
    ['n Q MARTIN'],
    [],
    [['d', 'k']],
    [],
  ],
  [
    'a pair in the other order: its right side is compared again',
    ['k P MARTIN'],
    ['c Q MARTIN'],
    [],
    [['d', 'k']],
    [],
  ],
  [
    'an id that another way bears now',
    ['d P MARTIN', 'e R DURAND'],
    ['e Q MARTIN', 'f S DURAND'],
    ['d e', 'e f'],
    [
      ['a', 'd'],
      ['a', 'e'],
    ],
    ['a e', 'a f'],
  ],
] as const)('%s', async (_name, then, now, kept, pairs, carried) => {
  const personOf = (id: string) => then.find((way) => way.startsWith(`${id} `))?.split(' ')[1] ?? id;
  await fill('linkage.left_ways', then);
  await fill('linkage.fresh_ways', now);
  await database.run('DELETE FROM linkage.look_alike_pairs');
  for (const [l, r] of pairs)
    await database.run(
      `INSERT INTO linkage.look_alike_pairs VALUES ('${l}', '${r}', '${personOf(l)}', '${personOf(r)}', 0, 1)`,
    );
  await runSteps(database, [keptWaysStep(), carriedPairsStep(BEFORE)]);
  expect(asText(await database.all('SELECT was, record_id FROM linkage.kept_ways ORDER BY ALL'))).toEqual(
    kept,
  );
  expect(
    asText(await database.all('SELECT record_id_l, record_id_r FROM linkage.carried_pairs ORDER BY ALL')),
  ).toEqual(carried);
});
