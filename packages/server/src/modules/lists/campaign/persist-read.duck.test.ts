import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../platform/duckdb/database.ts';
import { readDeliveries } from '../../sources/index.ts';
import { readTable } from './previous-data.ts';
import { persistRead } from './read-stage.ts';

/** The tables that reading leaves rest on the contents of the files: not on threads, nor on names and places. */

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'persist-read-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const person = (index: number) =>
  `A${index};;NOM${index};Camille;2007-0${1 + (index % 9)}-1${index % 10};12 rue de la Paix, bâtiment ${index % 97}`;
const PERSON = 'identifiant_source;ine;nom_famille;prenom1;date_naissance;adresse';
const inscriptions = (from: number, rows: number) =>
  [
    `${PERSON};uai;annee_scolaire;statut;date_debut;date_fin`,
    ...Array.from(
      { length: rows },
      (_, row) => `${person(from + row)};0951099D;2024-2025;scolaire;2024-09-02;`,
    ),
  ].join('\n');
const diplomes = (from: number, rows: number) =>
  [
    `${PERSON};type;session;resultat`,
    ...Array.from({ length: rows }, (_, row) => `${person(from + row)};cap;2025-06;admis`),
  ].join('\n');

/** Several row groups, large files and small, of two shapes, one not plain, and rows that are told twice. */
const FILES = [
  inscriptions(0, 40_000),
  inscriptions(30_000, 40_000),
  diplomes(0, 60_000),
  diplomes(10, 20),
  inscriptions(20, 20),
  `${inscriptions(30, 5)}\n${person(40)};0951099D;2024-2025;"scolaire";2024-09-02;\n${person(40)};0951099D;2024-2025;scolaire;2024-09-02;`,
];

const AS_OF = '2025-11-15';

/** The month before, two of the small files had a row more. */
const FILES_BEFORE = FILES.map((content, index) =>
  index === 3 || index === 4
    ? `${content}\n${content
        .split('\n')
        .at(-1)
        ?.replace(/NOM\d+/, 'AUTRE')}`
    : content,
);

interface Run {
  readonly threads: number;
  /** Name under which each of the files is delivered. */
  readonly nameOf: (index: number) => string;
  readonly files?: readonly string[];
  /** Run whose records keep their ids; every file is read. */
  readonly previous?: string;
}

/** SHA-256 of the tables of all rows. */
async function tablesOf(run: string, { threads, nameOf, files = FILES, previous }: Run) {
  const deliveries = join(root, run, 'recus');
  mkdirSync(deliveries, { recursive: true });
  for (const [index, content] of files.entries()) writeFileSync(join(deliveries, nameOf(index)), content);
  const database = await openDatabase({ threads });
  try {
    const before = previous === undefined ? undefined : join(root, previous, 'data');
    await readDeliveries(database, {
      ...{ deliveries, asOf: AS_OF, workFolder: join(root, run, 'work'), incremental: false },
      previous: before === undefined ? undefined : { asOf: AS_OF, table: (name) => readTable(before, name) },
    });
    const data = join(root, run, 'data');
    await persistRead(database, data, undefined);
    const [counted] = await database.all(
      `SELECT count(*) AS records, count(DISTINCT record_id) AS different,
         count(*) FILTER (record_id <> delivery_id || '-' || ordinal) AS held,
         (SELECT count(*) FROM sources.issues WHERE severity = 'rejet') AS rejects
       FROM sources.records JOIN sources.files USING (file_no)`,
    );
    // Where a file lay stands in `files`, rightly.
    const names = readdirSync(data).filter((name) => name !== 'files.parquet');
    const hashes = names.sort().map((name): [string, string] => [
      name,
      createHash('sha256')
        .update(readFileSync(join(data, name)))
        .digest('hex'),
    ]);
    return { counted, tables: new Map(hashes) };
  } finally {
    database.close();
  }
}

test('the same bytes whatever the threads, the names and the order of the files', async () => {
  const one = await tablesOf('1', { threads: 1, nameOf: (index) => `f${index}.csv` });
  const records = String(40_000 * 2 + 60_000 + 20 * 2 + 6);
  expect([...one.tables.keys()]).toContain('records.2.parquet');
  expect(one.counted).toEqual({ records, different: records, held: '0', rejects: '1' });
  expect(await tablesOf('2', { threads: 2, nameOf: (index) => `f${index}.csv` })).toEqual(one);
  expect(await tablesOf('3', { threads: 4, nameOf: (index) => `f${9 - index}.txt` })).toEqual(one);
}, 120_000);

test('also where records keep the ids of earlier deliveries', async () => {
  const nameOf = (index: number) => `f${index}.csv`;
  await tablesOf('avant', { threads: 2, nameOf, files: FILES_BEFORE });
  const one = await tablesOf('un', { threads: 1, nameOf, previous: 'avant' });
  expect(one.counted).toMatchObject({ held: '40', rejects: '1' });
  expect(await tablesOf('quatre', { threads: 4, nameOf, previous: 'avant' })).toEqual(one);
}, 120_000);

const told = fc.record({
  /** Results of examinations, or enrolments. */
  exams: fc.boolean(),
  /** Read line by line, for one of its texts goes over two. */
  careful: fc.boolean(),
  people: fc.array(fc.record({ parent: fc.option(fc.constant('Mère')), ine: fc.boolean() }), {
    minLength: 2,
    maxLength: 4,
  }),
});
type Told = typeof told extends fc.Arbitrary<infer One> ? One : never;

function delivered({ exams, careful, people }: Told, file: number): string {
  const rows = people.map(({ parent, ine }, row) => {
    const street = careful && row === 0 ? '"12 rue\nde la Paix"' : '12 rue de la Paix';
    const who = `F${file}-${row};${ine ? `99${file}00000${row}AB` : ''};NOM;Camille;2007-01-11;${street};${parent ?? ''}`;
    return `${who};${exams ? 'cap;2025-06;admis' : '0951099D;2024-2025;scolaire'}`;
  });
  const own = exams ? 'type;session;resultat' : 'uai;annee_scolaire;statut';
  return [`${PERSON};resp1_nom;${own}`, ...rows].join('\n');
}

/** Each row with the line on which it begins. */
const expectedOf = ({ careful, people }: Told, file: number) =>
  people.map(({ parent }, row) => ({
    ...{ source_id: `F${file}-${row}`, parent },
    position: String(row + 2 + (careful && row > 0 ? 1 : 0)),
  }));

test('what the files leave out is given back, whatever is told', async () => {
  let lean = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(told, { minLength: 2, maxLength: 4 }), async (files) => {
      const folder = mkdtempSync(join(root, 'told-'));
      mkdirSync(join(folder, 'recus'));
      for (const [index, each] of files.entries())
        writeFileSync(join(folder, 'recus', `f${index}.csv`), delivered(each, index));
      const database = await openDatabase();
      const rows = async () => [
        await database.all('DESCRIBE sources.records'),
        await database.all('FROM sources.records ORDER BY record_id'),
      ];
      try {
        await readDeliveries(database, {
          ...{ deliveries: join(folder, 'recus'), asOf: AS_OF, workFolder: join(folder, 'work') },
        });
        const read = await rows();
        await persistRead(database, join(folder, 'data'), undefined);
        expect(await rows()).toEqual(read);
        expect(
          await database.all(
            'SELECT source_id, position, rep1_family_name AS parent FROM sources.records ORDER BY source_id',
          ),
        ).toEqual(files.flatMap(expectedOf));
        const [second] = await database.all<{ n: number }>(
          `SELECT count(*)::INTEGER AS n FROM '${join(folder, 'data', 'records.2.parquet')}'`,
        );
        const [exams] = await database.all<{ n: number }>(
          "SELECT count(*)::INTEGER AS n FROM sources.records WHERE row_kind = 'diplomes' AND rep1_family_name IS NULL",
        );
        expect(second).toEqual(exams);
        lean += second?.n ?? 0;
      } finally {
        database.close();
      }
    }),
    { numRuns: 12 },
  );
  expect(lean).toBeGreaterThan(0);
}, 120_000);
