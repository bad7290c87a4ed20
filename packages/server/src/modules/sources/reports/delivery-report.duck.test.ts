import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { createSourcesTablesSql } from '../tables.ts';
import { writeDeliveryReports } from './delivery-report.ts';
import { readReports } from './read-reports.ts';

/** Pages that are named twice are those that would be written, whatever changed since the campaign before. */

const SEED = 20261128;

let database: Database;
let root: string;
beforeEach(async () => {
  database = await openDatabase();
  root = mkdtempSync(join(tmpdir(), 'raccroche-reports-'));
  await database.run(createSourcesTablesSql());
});
afterEach(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

interface File {
  readonly path: string;
  readonly content: number;
  readonly sender: string | null;
  readonly problems: readonly (readonly [code: string, position: string | null])[];
}

const problem = fc.tuple(
  fc.constantFrom('commune_inconnue', 'date_naissance_illisible'),
  fc.option(fc.constantFrom('1', '02', '", \\', "'é\u0001")),
);
const file = fc.record({
  path: fc.constantFrom('a.csv', 'b/c.csv', 'd é.xml', 'z.json'),
  content: fc.nat({ max: 2 }),
  sender: fc.constantFrom(null, 'Lycée <A>', 'CFA "B"'),
  problems: fc.array(problem, { maxLength: 25 }),
});
/** Few values: most files are as in the month before, or differ from it in one of their words. */
const month = fc.uniqueArray(file, { selector: ({ path }) => path, maxLength: 4 });

async function tell(files: readonly File[]): Promise<void> {
  await database.run('DELETE FROM sources.files; DELETE FROM sources.issues');
  for (const [index, { path, content, sender, problems }] of files.entries()) {
    await database.run(
      `INSERT INTO sources.files VALUES ($1, 'abc', $2, 'abc', $3, 'siecle-xml', NULL, [], $4, NULL, 2024, '2025-10-15', false, 9007199254740991, 1, 0, 0, 0, 0, false)`,
      [index, path, content, sender],
    );
    for (const [ordinal, [code, position]] of problems.entries())
      await database.run(`INSERT INTO sources.issues VALUES ($1, $2, $3, 'commune', $4, 'avertissement')`, [
        index,
        ordinal,
        position,
        code,
      ]);
  }
}

async function written(name: string, before?: string): Promise<string> {
  const folder = join(root, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const told = new Map<string, string>();
  await writeDeliveryReports(database, folder, {
    before,
    written: (path, bytes) => told.set(path, bytes.toString('utf8')),
  });
  // Of every page, also one that is named twice: what stands there.
  const pages = readdirSync(folder).filter((name) => name !== 'index.html');
  expect(told).toEqual(
    new Map(pages.map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')])),
  );
  return folder;
}

const contentOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const nodeOf = (...path: string[]) => statSync(join(...path)).ino;

it('writes after an earlier campaign what it writes without, and leaves that one as it was', async () => {
  await fc.assert(
    fc.asyncProperty(month, month, async (then, now) => {
      await tell(then);
      const before = await written('before');
      const left = contentOf(before);
      await tell([...now, ...then.filter(({ path }) => now.every((each) => each.path !== path))]);
      expect(contentOf(await written('after', before))).toEqual(contentOf(await written('alone')));
      expect(contentOf(before)).toEqual(left);
    }),
    { seed: SEED, numRuns: 25 },
  );
});

const FILE: File = { path: 'a.csv', content: 1, sender: null, problems: [['commune_inconnue', '3']] };
const PAGE = '00001-a.csv.html';

it('names twice a page that says the same, and no other', async () => {
  await tell([FILE]);
  const before = await written('before');
  expect(nodeOf(await written('same', before), PAGE)).toBe(nodeOf(before, PAGE));
  await tell([{ ...FILE, sender: 'Autre' }]);
  expect(nodeOf(await written('other', before), PAGE)).not.toBe(nodeOf(before, PAGE));
});

it('takes nothing of a page that was damaged, is a link, or is not one', async () => {
  await tell([FILE]);
  const good = readFileSync(join(await written('good'), PAGE));
  const before = join(root, 'before');
  const damages = [
    (path: string) => writeFileSync(path, `${good.subarray(1).toString()} `),
    (path: string) => symlinkSync(join(root, 'good', PAGE), path),
    (path: string) => mkdirSync(path),
  ];
  for (const damage of damages) {
    rmSync(before, { recursive: true, force: true });
    mkdirSync(before);
    damage(join(before, PAGE));
    const after = await written('after', before);
    expect(readFileSync(join(after, PAGE))).toEqual(good);
    expect(nodeOf(after, PAGE)).not.toBe(nodeOf(root, 'good', PAGE));
  }
});

it('tells of each file, by path, its facts and first problems', async () => {
  await tell([
    { ...FILE, path: 'z.csv' },
    { ...FILE, problems: [] },
  ]);
  const [first, second] = await readReports(database);
  expect(first).toMatchObject({ path: 'a.csv', problems: [], sender: null });
  expect(second).toEqual({
    ...{ path: 'z.csv', deliveryId: 'abc', kind: 'siecle-xml', sender: null, uai: null, schoolYear: 2024 },
    ...{ extractedOn: '2025-10-15', bytes: 1, sha256: 'abc', rejected: false, rows: 9007199254740991 },
    ...{ records: 1, rejects: 0, removedUnder16: 0, outOfScope: 0 },
    problems: [
      { code: 'commune_inconnue', field: 'commune', severity: 'avertissement', count: 1, positions: ['3'] },
    ],
  });
});
