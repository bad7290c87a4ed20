import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import {
  createSourcesTablesSql,
  type IntakeSummary,
  type PreviousReading,
  readDeliveries,
} from '../../sources/index.ts';
import { dropTable } from '../registry/registry.ts';
import { persistTables, READ_DATA } from './persist.ts';
import { type Delivered, delivered } from './testing/random-deliveries.ts';

/** Reading with an earlier campaign at hand gives the tables of a full reading, to the byte. */

const root = mkdtempSync(join(tmpdir(), 'incremental-'));
let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

type Folder = Readonly<Record<string, Delivered>>;

let count = 0;
/** Reads `files` at `asOf` and keeps the tables, as the first stage of a campaign does. */
async function read(
  files: Folder,
  asOf: string,
  previous?: PreviousReading,
): Promise<PreviousReading & { readonly summary: IntakeSummary }> {
  count += 1;
  const deliveries = join(root, `${count}`, 'recus');
  mkdirSync(deliveries, { recursive: true });
  for (const [name, { content, sidecar }] of Object.entries(files)) {
    mkdirSync(dirname(join(deliveries, name)), { recursive: true });
    writeFileSync(join(deliveries, name), content);
    if (sidecar !== undefined) writeFileSync(join(deliveries, `${name}.meta.json`), sidecar);
  }
  const folder = join(root, `${count}`, 'data');
  const summary = await readDeliveries(database, {
    deliveries,
    asOf,
    workFolder: join(root, `${count}`, 'work'),
    previous,
  });
  await persistTables(database, folder, READ_DATA);
  // Views over what was kept stand in the place of the tables: the next reading finds none.
  const views = await database.all<{ name: string }>(
    "SELECT view_name AS name FROM duckdb_views() WHERE schema_name = 'sources' AND NOT internal",
  );
  for (const { name } of views) await dropTable(database, `sources.${name}`);
  await database.run(createSourcesTablesSql());
  return { folder, asOf, summary };
}

const bytesOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  );

/** Reads both ways, says how many files were taken over, and fails where the tables differ. */
async function bothWays(files: Folder, asOf: string, previous: PreviousReading) {
  const incremental = await read(files, asOf, previous);
  const full = await read(files, asOf);
  expect(incremental.summary).toEqual({ ...full.summary, carried: incremental.summary.carried });
  const [taken, anew] = [bytesOf(incremental.folder), bytesOf(full.folder)];
  expect(Object.keys(taken)).toEqual(Object.keys(anew));
  for (const [name, bytes] of Object.entries(anew)) expect(taken[name] === bytes, name).toBe(true);
  return incremental;
}

const NOVEMBER = '2025-11-15';
const DECEMBER = '2025-12-15';
const HEADER =
  'identifiant_source;ine;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut;date_debut;date_fin';
const pupils = (...births: readonly string[]): Delivered => ({
  content: `${[HEADER, ...births.map((birth, index) => `A${index};;MARTIN;Camille;${birth};0951099D;2024-2025;scolaire;2024-09-02;`)].join('\n')}\n`,
});
const ADULTS = pupils('2008-03-14', '2007-01-01');

describe('a file is taken over', () => {
  it('whatever its name and its place', async () => {
    const before = await read({ 'a.csv': ADULTS }, NOVEMBER);
    const { summary } = await bothWays({ 'autre/nom.txt': ADULTS }, NOVEMBER, before);
    expect(summary).toMatchObject({ carried: 1, records: 2 });
  });

  it('at a later date when nobody in it was under 16', async () => {
    const before = await read({ 'a.csv': ADULTS }, NOVEMBER);
    expect((await bothWays({ 'a.csv': ADULTS }, DECEMBER, before)).summary.carried).toBe(1);
  });

  it('once, when it comes twice', async () => {
    const before = await read({ 'a.csv': ADULTS }, NOVEMBER);
    const { summary } = await bothWays({ 'a.csv': ADULTS, 'b.csv': ADULTS }, NOVEMBER, before);
    expect(summary).toMatchObject({ carried: 1, records: 2, rejectedFiles: 1 });
    const twice = await read({ 'a.csv': ADULTS, 'b.csv': ADULTS }, NOVEMBER);
    expect((await bothWays({ 'b.csv': ADULTS }, NOVEMBER, twice)).summary.carried).toBe(1);
  });

  it('with people under 16 at the same date: they stay unwritten', async () => {
    const children = pupils('2009-12-01', '2008-03-14');
    const before = await read({ 'a.csv': children }, NOVEMBER);
    const { summary } = await bothWays({ 'a.csv': children, 'b.csv': ADULTS }, NOVEMBER, before);
    expect(summary).toMatchObject({ carried: 1, removedUnder16: 1 });
  });
});

describe('a file is read again', () => {
  it('when one of those under 16 comes of age', async () => {
    const children = pupils('2009-12-01', '2008-03-14');
    const before = await read({ 'a.csv': children }, NOVEMBER);
    expect(before.summary).toMatchObject({ records: 1, removedUnder16: 1 });
    const { summary } = await bothWays({ 'a.csv': children }, DECEMBER, before);
    expect(summary).toMatchObject({ carried: 0, records: 2, removedUnder16: 0 });
  });

  it.each([
    ['somebody not born yet was in it', pupils('2025-12-01'), DECEMBER],
    ['somebody in it grows older than a person can be', pupils('1915-12-01'), DECEMBER],
    ['the campaign goes back in time', pupils('2009-11-01'), '2025-10-15'],
    ['years have gone by', pupils('2008-03-14'), '2035-01-01'],
  ])('when %s', async (_why, file, asOf) => {
    const before = await read({ 'a.csv': file }, NOVEMBER);
    expect((await bothWays({ 'a.csv': file }, asOf, before)).summary.carried).toBe(0);
  });

  it('when its companion says something else', async () => {
    const before = await read({ 'a.csv': ADULTS }, NOVEMBER);
    const told = { ...ADULTS, sidecar: '{"emetteur": "Lycée"}' };
    expect((await bothWays({ 'a.csv': told }, NOVEMBER, before)).summary.carried).toBe(0);
  });
});

/** Most often the same: at another date, a file with somebody under 16 is read again. */
const AS_OFS = [
  NOVEMBER,
  NOVEMBER,
  NOVEMBER,
  NOVEMBER,
  NOVEMBER,
  NOVEMBER,
  DECEMBER,
  '2025-12-14',
  '2025-10-01',
  '2026-11-21',
  '2035-06-01',
] as const;
/** Three months of deliveries: which of the files come, and under which name; a file may come twice. */
const months = fc.record({
  pool: fc.array(delivered, { minLength: 2, maxLength: 6 }),
  each: fc.array(
    fc.record({
      asOf: fc.constantFrom(...AS_OFS),
      come: fc.array(fc.record({ file: fc.nat(), name: fc.integer({ min: 1, max: 9 }) }), {
        minLength: 1,
        maxLength: 7,
      }),
    }),
    { minLength: 2, maxLength: 3 },
  ),
});

it('month after month, whatever comes, goes, changes and comes of age', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(months, async ({ pool, each }) => {
      let previous: PreviousReading | undefined;
      for (const { asOf, come } of each) {
        const files = Object.fromEntries(
          come.flatMap(({ file, name }) => {
            const one = pool[file % pool.length];
            return one === undefined ? [] : [[`f${name}`, one]];
          }),
        );
        const now = previous === undefined ? await read(files, asOf) : await bothWays(files, asOf, previous);
        taken += now.summary.carried;
        previous = now;
      }
    }),
    { numRuns: 20 },
  );
  // A property that never takes anything over would hold for nothing.
  expect(taken).toBeGreaterThan(0);
}, 300_000);
