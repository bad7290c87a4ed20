import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROW_KINDS } from '@raccroche/contract';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../platform/duckdb/database.ts';
import { readDeliveries } from './read-deliveries.ts';
import { APPRENTICE } from './testing/apprentice.ts';

const HEADER =
  'identifiant_source;ine;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut;date_debut;date_fin';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staged-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Files by their names, none of which DuckDB reads by itself. */
type Files = Readonly<Record<string, string | Buffer>>;

function deliver(files: Files): void {
  for (const name of ['in', 'work']) rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(join(folder, 'in'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'in', name), content);
}

/** All that is read of `files` whose rows are validated by parts of so many bytes, in the order in which it comes. */
async function read(files: Files, partBytes: number | undefined) {
  deliver(files);
  const database = await openDatabase();
  try {
    const summary = await readDeliveries(database, {
      deliveries: join(folder, 'in'),
      asOf: '2025-11-15',
      workFolder: join(folder, 'work'),
      partBytes,
    });
    const rows = [];
    for (const kind of ROW_KINDS) {
      const placed = await database.all(`FROM sources.rows_${kind} ORDER BY place`);
      const unplaced = await database.all(`FROM sources.unplaced_${kind}`);
      expect(textsOf(unplaced)).toEqual(textsOf(placed.map(({ place, ...row }) => row)));
      rows.push(placed);
    }
    const sorted = [];
    for (const table of ['files', 'issues', 'records', 'spells', 'contracts', 'awards'])
      sorted.push(await database.all(`FROM sources.${table} ORDER BY ALL`));
    return { summary, rows, sorted };
  } finally {
    database.close();
  }
}

const textsOf = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();

const partsOf = (kind: string): number =>
  readdirSync(join(folder, 'work')).filter((name) => /^staged-.*\.parquet$/.test(name) && name.includes(kind))
    .length;

/** Few different values: they come again in their file, and in others. */
const person = fc.record({
  id: fc.constantFrom('A1', 'A2', 'A3', ''),
  ine: fc.constantFrom('123456789AB', '123456789AC', ''),
  name: fc.constantFrom('MARTIN', 'PETIT', ''),
  birth: fc.constantFrom('2008-03-14', '2007-01-31', '31/02/2008', '2012-05-05'),
});
type Person = Readonly<Record<'id' | 'ine' | 'name' | 'birth', string>>;
const MARTIN: Person = { id: 'A1', ine: '', name: 'MARTIN', birth: '2008-03-14' };

const csvOf = (people: readonly Person[]): Buffer =>
  gzipSync(
    `${[HEADER, ...people.map(({ id, ine, name, birth }) => `${id};${ine};${name};Camille;${birth};0951099D;2024;scolaire;2024-09-02;`)].join('\n')}\n`,
  );

/** Rows of an apprentice tell enrolment, contract and diploma: three kinds at once. */
const effectifsOf = (people: readonly Person[]): string =>
  JSON.stringify(
    people.map(({ ine, name, birth }) => ({
      ...APPRENTICE,
      nom_apprenant: name,
      date_de_naissance_apprenant: birth,
      id_ban: '',
      ine_apprenant: ine,
    })),
  );

const people = fc.array(person, { minLength: 1, maxLength: 8 });
const file = fc.oneof(
  people.map((each) => ['csv.gz', csvOf(each)] as const),
  people.map((each) => ['json', effectifsOf(each)] as const),
  // Broken where it ends: what stands before has been staged.
  people.map((each) => ['json', effectifsOf([...each, ...each, ...each]).slice(0, -9)] as const),
);

describe('rows that this thread reads are validated by parts', () => {
  it('of whole files, and nothing of them changes with what stands together, nor their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(1, 400),
        async (each, least) => {
          const files = Object.fromEntries(
            each.map(([end, content], index) => [`f${index}.${end}`, content]),
          );
          expect(await read(files, least)).toEqual(await read(files, undefined));
        },
      ),
      { seed: 11, numRuns: 6 },
    );
  });

  it('as many as there are files, when each is large enough, and no more', async () => {
    const files = Object.fromEntries(
      ['A', 'B', 'C'].map((id) => [`${id}.csv.gz`, csvOf([{ ...MARTIN, id }, MARTIN])]),
    );
    await read(files, 1);
    expect([partsOf('inscriptions'), partsOf('contrats')]).toEqual([3, 0]);
    await read(files, undefined);
    expect([partsOf('inscriptions'), partsOf('contrats')]).toEqual([1, 0]);
  });

  it('a part that cannot be written fails the reading, and nothing runs any more', async () => {
    deliver({ 'a.csv.gz': csvOf([MARTIN]), 'b.csv.gz': csvOf([{ ...MARTIN, id: 'B1' }]) });
    const inTheWay = join(folder, 'work', 'staged-inscriptions-1.parquet');
    mkdirSync(inTheWay, { recursive: true });
    writeFileSync(join(inTheWay, 'a'), '');
    const database = await openDatabase();
    try {
      const reading = readDeliveries(database, {
        deliveries: join(folder, 'in'),
        asOf: '2025-11-15',
        workFolder: join(folder, 'work'),
        partBytes: 1,
      });
      await expect(reading).rejects.toThrow('staged-inscriptions-1.parquet');
      expect(existsSync(join(folder, 'work', 'staged-inscriptions-2.parquet'))).toBe(true);
      expect(await database.all('SELECT 1 AS n')).toEqual([{ n: 1 }]);
    } finally {
      database.close();
    }
  });
});
