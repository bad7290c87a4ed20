import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { dropTable } from '../registry/registry.ts';
import type { DataFile } from './data-files.ts';
import { openPersisted, persistTables, rowsAmongSql } from './persist.ts';
import { persistChanged } from './persist-asked.ts';
import { persistDifference } from './persist-difference.ts';

const DATA: DataFile = { table: 'work.things', file: 'things', orderBy: 'id, side, no', key: ['id', 'side'] };
/** The same, whose base two threads write, and of which not all is told. */
const TWO_FILES: DataFile = {
  ...DATA,
  asItComes: true,
  from: 'work.kept_things',
  givenBack: { no: 'coalesce(no, id % 3)' },
  second: { told: "'a'" },
};
let data = DATA;

interface Thing {
  readonly id: number;
  readonly side: string;
  readonly no: number;
  readonly told: string | null;
}

let root: string;
let database: Database;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'difference-'));
  database = await openDatabase();
  await database.run(`CREATE SCHEMA work; CREATE TABLE work.things (${COLUMNS});
    CREATE VIEW work.kept_things AS SELECT * REPLACE (nullif(no, id % 3) AS no) FROM work.things`);
});
afterAll(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});
let count = 0;
let month = '';
beforeEach(() => {
  month = join(root, `${count++}-`);
  data = DATA;
});

const COLUMNS = 'id INTEGER, side VARCHAR, no INTEGER, told VARCHAR';
async function fill(table: string, things: readonly Thing[]): Promise<void> {
  await database.run(`CREATE OR REPLACE TABLE ${table} (${COLUMNS})`);
  await database.run(
    `INSERT INTO ${table} SELECT u.* FROM (SELECT unnest(from_json($1::JSON,
      '[{"id":"INTEGER","side":"VARCHAR","no":"INTEGER","told":"VARCHAR"}]'), recursive := true)) u`,
    [JSON.stringify(things)],
  );
}
const keyOf = ({ id, side }: Thing) => `${id} ${side}`;
/** Rows of a key hold together: a key is gone when its rows are not the same any more. */
function changes(then: readonly Thing[], now: readonly Thing[]) {
  const byKey = (things: readonly Thing[]) => {
    const rows = new Map<string, string>();
    for (const thing of things)
      rows.set(keyOf(thing), `${rows.get(keyOf(thing)) ?? ''}${JSON.stringify(thing)}`);
    return rows;
  };
  const [before, after] = [byKey(then), byKey(now)];
  return {
    gone: then.filter((thing) => after.get(keyOf(thing)) !== before.get(keyOf(thing))),
    fresh: now.filter((thing) => after.get(keyOf(thing)) !== before.get(keyOf(thing))),
  };
}

async function whole(folder: string, things: readonly Thing[]): Promise<void> {
  await dropTable(database, 'work.things');
  await fill('work.things', things);
  await persistTables(database, folder, [data]);
}
async function differing(folder: string, previous: string, then: readonly Thing[], now: readonly Thing[]) {
  const { gone, fresh } = changes(then, now);
  await fill('work.gone', gone);
  await fill('work.fresh', fresh);
  await persistDifference(database, folder, data, {
    previous,
    gone: 'SELECT side, id FROM work.gone',
    isThere: true,
    fresh: 'SELECT told, no, side, id FROM work.fresh',
  });
}
/** The same, of what was asked of every other id too: most of it came out as it was. */
async function changed(
  folder: string,
  previous: string,
  [then, now]: readonly [readonly Thing[], readonly Thing[]],
  hardlyAny = 0,
) {
  const { gone, fresh } = changes(then, now);
  const asked = new Set([...gone, ...fresh].map(keyOf));
  const isAsked = (thing: Thing) => thing.id % 2 === 0 || asked.has(keyOf(thing));
  await fill('work.gone', [...then, ...now].filter(isAsked));
  await fill('work.fresh', now.filter(isAsked));
  await persistChanged(database, folder, data, {
    previous,
    gone: 'SELECT side, id FROM work.gone',
    fresh: 'SELECT told, no, side, id FROM work.fresh',
    hardlyAny,
  });
}
const rows = (of = 'FROM work.things') => database.all(`FROM (${of}) ORDER BY id, side, no`);
const filesOf = (folder: string) => readdirSync(folder).sort();
const bytesOf = (folder: string) =>
  filesOf(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]);

const many = Array.from({ length: 40 }, (_, id) => ({ id, side: 'l', no: id, told: 'told' }));
const ALL = ['things.gone.parquet', 'things.new.parquet', 'things.parquet'];

describe('a table kept as what differs', () => {
  it('is the same base under a second name, with keys gone and rows new', async () => {
    const now = [...many.slice(2), { id: 99, side: 'r', no: 1, told: null }];
    await whole(`${month}1`, many);
    await differing(`${month}2`, `${month}1`, many, now);
    expect(await rows()).toEqual(now);
    expect(filesOf(`${month}2`)).toEqual(ALL);
    expect(statSync(`${month}2/things.parquet`).ino).toBe(statSync(`${month}1/things.parquet`).ino);
    expect(await database.all(`FROM '${month}2/things.gone.parquet'`)).toEqual([
      { id: 0, side: 'l' },
      { id: 1, side: 'l' },
    ]);
  });

  it('tells of nothing as gone that its base never had', async () => {
    const came = [...many, { id: 99, side: 'r', no: 1, told: null }];
    await whole(`${month}1`, many);
    await differing(`${month}2`, `${month}1`, many, came);
    await changed(`${month}3`, `${month}2`, [came, many.slice(1)]);
    expect(await database.all(`FROM '${month}3/things.gone.parquet'`)).toEqual([{ id: 0, side: 'l' }]);
    expect(await rows()).toEqual(many.slice(1));
  });

  it('is not compared where hardly anything was asked', async () => {
    await whole(`${month}1`, many);
    await changed(`${month}2`, `${month}1`, [many.slice(0, 8), many.slice(0, 8)], 1);
    expect(await rows()).toEqual(many);
    expect(await database.all(`SELECT id FROM '${month}2/things.gone.parquet'`)).toHaveLength(4);
  });

  it('is the base alone when nothing differs, nor did', async () => {
    await whole(`${month}1`, many);
    await differing(`${month}2`, `${month}1`, many, many);
    expect(filesOf(`${month}2`)).toEqual(['things.parquet']);
    expect(await rows()).toEqual(many);
  });

  it('is written whole, to the same bytes, when more than a fifth differs', async () => {
    const now = many.slice(9);
    await whole(`${month}1`, many);
    await differing(`${month}2`, `${month}1`, many, now);
    await whole(`${month}3`, now);
    expect(filesOf(`${month}2`)).toEqual(['things.parquet']);
    expect(bytesOf(`${month}2`)).toEqual(bytesOf(`${month}3`));
  });

  it('keeps a base of two files as two, until it is written whole', async () => {
    data = TWO_FILES;
    const both = many.map((each) => ({
      ...each,
      side: each.id % 3 === 0 ? 'l' : 'r',
      told: each.id % 2 === 0 ? 'a' : 'told',
    }));
    await whole(`${month}1`, both);
    expect(filesOf(`${month}1`)).toEqual(['things.2.parquet', 'things.parquet']);
    expect(await database.all(`FROM '${month}1/things.2.parquet' LIMIT 3`)).toEqual([
      { id: 0, side: 'l', no: null },
      { id: 2, side: 'r', no: null },
      { id: 4, side: 'r', no: 4 },
    ]);
    expect(await rows()).toEqual(both);
    await differing(`${month}2`, `${month}1`, both, both.slice(3));
    expect(filesOf(`${month}2`)).toEqual(['things.2.parquet', ...ALL]);
    expect(await rows()).toEqual(both.slice(3));
    const inodes = [1, 2].map((run) => statSync(`${month}${run}/things.2.parquet`).ino);
    expect(inodes[0]).toBe(inodes[1]);
    await differing(`${month}3`, `${month}2`, both.slice(3), both.slice(20));
    expect(filesOf(`${month}3`)).toEqual(['things.parquet']);
    expect(await rows()).toEqual(both.slice(20));
  });

  it('never touches the campaign before, whatever stood in its own folder', async () => {
    const now = many.slice(1);
    await whole(`${month}1`, many);
    const before = bytesOf(`${month}1`);
    await differing(`${month}2`, `${month}1`, many, now);
    await differing(`${month}2`, `${month}1`, many, now);
    await whole(`${month}2`, now);
    expect(bytesOf(`${month}1`)).toEqual(before);
    expect(filesOf(`${month}2`)).toEqual(['things.parquet']);
  });

  it.each(['gone', 'new'])('is not opened without its file %s', async (part) => {
    await whole(`${month}1`, many);
    await differing(`${month}2`, `${month}1`, many, many.slice(1));
    rmSync(join(`${month}2`, `things.${part}.parquet`));
    await expect(openPersisted(database, `${month}2`, [DATA])).rejects.toThrow(part);
  });
});

const thing = fc.record({
  id: fc.integer({ min: 0, max: 60 }),
  side: fc.constantFrom('l', 'r'),
  no: fc.integer({ min: 0, max: 2 }),
  told: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
});
/** A table, and what is drawn anew of it month after month: few ids, so that the same come and go. */
const chains = fc.record({
  base: fc.uniqueArray(thing, {
    selector: ({ id, side, no }) => `${id} ${side} ${no}`,
    minLength: 60,
    maxLength: 150,
    size: 'max',
  }),
  months: fc.array(fc.array(thing, { maxLength: 6 }), { minLength: 3, maxLength: 3 }),
});
/** Keys of some of them, and of things that nobody told. */
const SOME_KEYS =
  "SELECT id, side FROM (SELECT unnest(range(0, 100, 4))::INTEGER AS id) CROSS JOIN (VALUES ('l'), ('r')) s(side)";
const isOfSome = ({ id }: Thing) => id % 4 === 0;
const byPlace = (a: Thing, b: Thing) => a.id - b.id || (a.side < b.side ? -1 : 1);

it.each([
  ['one file', DATA],
  ['two files', TWO_FILES],
])(
  'is, month after month, what the whole table is: a base of %s',
  async (_name, kept) => {
    data = kept;
    let differed = 0;
    await fc.assert(
      fc.asyncProperty(chains, async ({ base, months }) => {
        const run = join(root, `chain-${count++}-`);
        let then = [...base].sort((a, b) => (keyOf(a) === keyOf(b) ? a.no - b.no : byPlace(a, b)));
        await whole(`${run}0`, then);
        for (const [index, drawn] of months.entries()) {
          // What is drawn replaces the row of the same place when it tells something, and takes it away otherwise.
          const places = new Map(then.map((each) => [`${keyOf(each)} ${each.no}`, each]));
          for (const each of drawn) {
            if (each.told === null) places.delete(`${keyOf(each)} ${each.no}`);
            else places.set(`${keyOf(each)} ${each.no}`, each);
          }
          const now = [...places.values()].sort((a, b) =>
            keyOf(a) === keyOf(b) ? a.no - b.no : byPlace(a, b),
          );
          await differing(`${run}${index + 1}`, `${run}${index}`, then, now);
          expect(await rows()).toEqual(now);
          expect(await rows(rowsAmongSql(`${run}${index + 1}`, data, SOME_KEYS))).toEqual(
            now.filter(isOfSome),
          );
          if (index === 1) await changed(`${run}unlooked`, `${run}${index}`, [then, now], 1);
          expect(await rows()).toEqual(now);
          await changed(`${run}again`, `${run}${index}`, [then, now]);
          expect(await rows()).toEqual(now);
          expect(bytesOf(`${run}again`)).toEqual(bytesOf(`${run}${index + 1}`));
          differed += filesOf(`${run}again`).includes('things.gone.parquet') ? 1 : 0;
          then = now;
        }
      }),
      { numRuns: 15 },
    );
    expect(differed).toBeGreaterThan(20);
  },
  120_000,
);
