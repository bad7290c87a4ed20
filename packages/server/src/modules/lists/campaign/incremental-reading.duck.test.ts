import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from './previous-data.ts';
import { type Folder, type Kept, monthsForFile, type TakenOver } from './testing/kept-reading.ts';
import { type Delivered, delivered, shuffled } from './testing/random-deliveries.ts';

/** Reading with an earlier campaign at hand gives the tables of a full reading, however they are kept. */

const at = monthsForFile();

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
    const before = await at.months.read({ 'a.csv': ADULTS }, NOVEMBER);
    const { summary } = await at.months.bothWays({ 'autre/nom.txt': ADULTS }, NOVEMBER, before);
    expect(summary).toMatchObject({ carried: 1, records: 2 });
  });

  it('at a later date when nobody in it was under 16', async () => {
    const before = await at.months.read({ 'a.csv': ADULTS }, NOVEMBER);
    expect((await at.months.bothWays({ 'a.csv': ADULTS }, DECEMBER, before)).summary.carried).toBe(1);
  });

  it('once, when it comes twice', async () => {
    const before = await at.months.read({ 'a.csv': ADULTS }, NOVEMBER);
    const { summary } = await at.months.bothWays({ 'a.csv': ADULTS, 'b.csv': ADULTS }, NOVEMBER, before);
    expect(summary).toMatchObject({ carried: 1, records: 2, rejectedFiles: 1 });
    const twice = await at.months.read({ 'a.csv': ADULTS, 'b.csv': ADULTS }, NOVEMBER);
    expect((await at.months.bothWays({ 'b.csv': ADULTS }, NOVEMBER, twice)).summary.carried).toBe(1);
  });

  it('with people under 16 at the same date: they stay unwritten', async () => {
    const children = pupils('2009-12-01', '2008-03-14');
    const before = await at.months.read({ 'a.csv': children }, NOVEMBER);
    const { summary } = await at.months.bothWays({ 'a.csv': children, 'b.csv': ADULTS }, NOVEMBER, before);
    expect(summary).toMatchObject({ carried: 1, removedUnder16: 1 });
  });
});

describe('a file is read again', () => {
  it('when one of those under 16 comes of age', async () => {
    const children = pupils('2009-12-01', '2008-03-14');
    const before = await at.months.read({ 'a.csv': children }, NOVEMBER);
    expect(before.summary).toMatchObject({ records: 1, removedUnder16: 1 });
    const { summary } = await at.months.bothWays({ 'a.csv': children }, DECEMBER, before);
    expect(summary).toMatchObject({ carried: 0, records: 2, removedUnder16: 0 });
  });

  it.each([
    ['somebody not born yet was in it', pupils('2025-12-01'), DECEMBER],
    ['somebody in it grows older than a person can be', pupils('1915-12-01'), DECEMBER],
    ['the campaign goes back in time', pupils('2009-11-01'), '2025-10-15'],
    ['years have gone by', pupils('2008-03-14'), '2035-01-01'],
  ])('when %s', async (_why, file, asOf) => {
    const before = await at.months.read({ 'a.csv': file }, NOVEMBER);
    expect((await at.months.bothWays({ 'a.csv': file }, asOf, before)).summary.carried).toBe(0);
  });

  it('when its companion says something else', async () => {
    const before = await at.months.read({ 'a.csv': ADULTS }, NOVEMBER);
    const told = { ...ADULTS, sidecar: '{"emetteur": "Lycée"}' };
    expect((await at.months.bothWays({ 'a.csv': told }, NOVEMBER, before)).summary.carried).toBe(0);
  });
});

describe('a campaign takes over files that hold four records in five', () => {
  const others = (count: number) => pupils(...Array.from({ length: count }, () => '2008-03-14'));
  const child = pupils('2009-12-01', '2008-03-14');

  it.each([
    { why: 'of ten two are gone', kept: 8, carried: 1 },
    { why: 'not where of nine two are', kept: 7, carried: 0 },
  ])('$why', async ({ kept, carried }) => {
    const [same, came] = [others(kept), others(3)];
    const before = await at.months.read({ 'a.csv': same, 'b.csv': ADULTS }, NOVEMBER);
    const { summary } = await at.months.bothWays({ 'a.csv': same, 'c.csv': came }, NOVEMBER, before, 'worth');
    expect(summary).toMatchObject({ carried, records: kept + 3, rejectedFiles: 0 });
  });

  it.each([
    { why: 'of five one must be read again at a later date', kept: 4, carried: 1 },
    { why: 'not where of four one must', kept: 3, carried: 0 },
  ])('$why', async ({ kept, carried }) => {
    const files = { 'a.csv': others(kept), 'b.csv': child };
    const before = await at.months.read(files, NOVEMBER);
    const { summary } = await at.months.bothWays(files, DECEMBER, before, 'worth');
    expect(summary).toMatchObject({ carried, records: kept + 2, removedUnder16: 0 });
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
/** Files that always come, and are most of what is read: what changes is told as a difference. */
const ALWAYS: Folder = Object.fromEntries(
  [
    ['uai;annee_scolaire;statut;date_debut;date_fin', '0951099D;2024-2025;scolaire;2024-09-02;'],
    ['numero_contrat;type;date_debut;date_fin_prevue', 'C1;apprentissage;2024-09-02;2026-08-31'],
    ['type;session;resultat', 'cap;2025-06;admis'],
  ].map(([columns, cells], kind) => [
    `toujours-${kind}.csv`,
    {
      content: [
        `identifiant_source;ine;nom_famille;prenom1;date_naissance;email;${columns}`,
        ...Array.from(
          { length: 150 },
          (_, index) => `T${index};;ROUX;Lou;2007-0${1 + (index % 9)}-11;${index % 9 ? '' : 'faux'};${cells}`,
        ),
      ].join('\n'),
    },
  ]),
);
const [BORNE, ALSO, LONE] = ['123456789AB', '123456789AC', '123456789AD'];
const schooling = (ine: string) => ({
  ine,
  scolarites: [
    {
      ...{ classe: '2A', dateDebSco: '2024-09-01', dateFinSco: '2025-01-10', anneeScolaire: '2024' },
      ...{ codeMef: '24720008ABC', codeUai: '0951099D', codeStatut: 'ST' },
    },
  ],
});
const SCHOOLINGS: Delivered = {
  content: JSON.stringify([BORNE, ALSO, LONE].map((ine) => schooling(String(ine)))),
};
const sygne = (ine: string | undefined, nom: string): Delivered => ({
  content: JSON.stringify([
    {
      ...{ ine, nom, prenom: 'Awa', dateNaissance: '2008-03-14', codeSexe: '2', codeMef: '24720008ABC' },
      ...{
        classe: '2A',
        codeUai: '0951099D',
        anneeScolaire: 2025,
        dateDebSco: '2025-09-01',
        codeStatut: 'ST',
      },
    },
  ]),
});
const bearers = (...rows: readonly (readonly [string | undefined, string])[]): Delivered => ({
  content: `${[HEADER, ...rows.map(([ine, name]) => `B-${name};${ine};${name};Awa;2008-03-14;0951099D;2024-2025;scolaire;2024-09-02;`)].join('\n')}\n`,
});
const ROUX = [BORNE, 'ROUX'] as const;
const BLANC = [ALSO, 'BLANC'] as const;
const THEN: Folder = {
  ...ALWAYS,
  's.json': SCHOOLINGS,
  'b.csv': bearers(ROUX, BLANC),
  'y.json': sygne(BORNE, 'NOIR'),
};

describe('a schooling that comes again bears', () => {
  const others = { ...THEN, 'b.csv': bearers(BLANC, ROUX), 'z.csv': ADULTS };
  const better = { ...THEN, 'y.json': sygne(ALSO, 'VERT'), 'z.json': sygne(LONE, 'BLEU') };
  let then: Kept | undefined;
  it.each([
    [
      'the name of then, looked for nowhere, while who has it stands elsewhere',
      others,
      [],
      ['BLANC', 'NOIR'],
    ],
    [
      'that of the next one, of a better one, of the first',
      better,
      [BORNE, ALSO, LONE],
      ['BLEU', 'ROUX', 'VERT'],
    ],
    ['none when nobody is left', { ...THEN, 'b.csv': bearers(ROUX) }, [ALSO], ['NOIR']],
  ] as const)('%s', async (_what, files, sought, names) => {
    then ??= await at.months.read(THEN, NOVEMBER);
    await at.months.read(files, NOVEMBER, then);
    expect(await at.database.all('FROM sources.schoolings_sought ORDER BY ine')).toEqual(
      sought.map((ine) => ({ ine })),
    );
    const { folder } = await at.months.bothWays(files, NOVEMBER, then);
    const told = await at.database.all(
      `SELECT family_name AS name FROM ${readTable(folder, 'records')} JOIN ${readTable(folder, 'files')} USING (file_no)
       WHERE kind = 'sygne-schoolings' ORDER BY name`,
    );
    expect(told.map(({ name }) => name)).toEqual(names);
  });
});

/** Records of schoolings that a folder tells as new, and how many as gone, by whether they stand in a difference. */
async function toldAnew({ folder }: Kept): Promise<unknown> {
  const [told] = await at.database.all(
    `SELECT coalesce(string_agg(family_name, ' ' ORDER BY family_name), '') AS names,
       (SELECT count(*)::INTEGER FROM '${folder}/spells.new.parquet' SEMI JOIN (${OF_SCHOOLINGS(folder)}) o USING (record_id)) AS spells
     FROM '${folder}/records.new.parquet' SEMI JOIN (${OF_SCHOOLINGS(folder)}) o USING (record_id)`,
  );
  return told;
}
const OF_SCHOOLINGS = (folder: string) =>
  `SELECT record_id FROM ${readTable(folder, 'records')} JOIN ${readTable(folder, 'files')} USING (file_no) WHERE kind = 'sygne-schoolings'`;

it('a schooling that is what it was stays where it stands, month after month', async () => {
  const retold = { ...THEN, 'y.json': sygne(BORNE, 'VERT') };
  const more = { ...retold, 'z.json': sygne(LONE, 'BLEU') };
  let month = await at.months.read(THEN, NOVEMBER);
  const told: unknown[] = [];
  for (const [files, asOf] of [
    [{ ...THEN, 'z.csv': ADULTS }, NOVEMBER],
    [retold, NOVEMBER],
    [more, NOVEMBER],
    [more, DECEMBER],
    [retold, DECEMBER],
    [{ ...retold, 's.json': { ...SCHOOLINGS, sidecar: '{"emetteur": "Lycée"}' } }, DECEMBER],
    [THEN, DECEMBER],
  ] as const) {
    month = await at.months.bothWays({ ...files }, asOf, month);
    told.push(await toldAnew(month));
  }
  expect(told).toEqual([
    { names: '', spells: 0 },
    // Another donor; it stays told as such as long as that donor is there.
    { names: 'VERT', spells: 1 },
    { names: 'BLEU VERT', spells: 2 },
    { names: 'BLEU VERT', spells: 2 },
    { names: 'VERT', spells: 1 },
    // Another delivery.
    { names: 'BLANC VERT', spells: 2 },
    { names: 'BLANC NOIR', spells: 2 },
  ]);
});

interface Bearing {
  readonly bearer: readonly (readonly [string | undefined, string])[];
  readonly list: readonly [string | undefined, string] | undefined;
  readonly come: boolean;
}

/** Three months of deliveries: which of the files come, whether with other rows, and under which name; a file may come twice. */
const drawnMonths = fc.record({
  pool: fc.array(delivered, { minLength: 2, maxLength: 6 }),
  ways: fc.array(shuffled, { minLength: 2, maxLength: 2 }),
  takenOver: fc.constantFrom<TakenOver>('all', 'worth'),
  each: fc.array(
    fc.record({
      asOf: fc.constantFrom(...AS_OFS),
      come: fc.array(
        fc.record({ file: fc.nat(), name: fc.integer({ min: 1, max: 9 }), way: fc.nat({ max: 4 }) }),
        {
          minLength: 1,
          maxLength: 7,
        },
      ),
    }),
    { minLength: 2, maxLength: 3 },
  ),
  bearing: fc.array(
    fc.record({
      bearer: fc.array(
        fc.tuple(fc.constantFrom(BORNE, ALSO, LONE, undefined), fc.constantFrom('ROUX', 'BLANC')),
      ),
      list: fc.option(fc.tuple(fc.constantFrom(BORNE, ALSO, LONE), fc.constantFrom('NOIR', 'VERT')), {
        nil: undefined,
      }),
      come: fc.constantFrom(true, true, true, false),
    }),
    { minLength: 3, maxLength: 3 },
  ),
});

/** Schoolings that come or not, and those whose names they bear. */
function schooled(drawn: Bearing | undefined): Folder {
  if (drawn?.come !== true) return {};
  const { bearer, list } = drawn;
  return {
    's.json': SCHOOLINGS,
    ...(bearer.length > 0 ? { 'b.csv': bearers(...bearer) } : {}),
    ...(list === undefined ? {} : { 'y.json': sygne(...list) }),
  };
}

it('month after month, whatever comes, goes, changes and comes of age', async () => {
  let taken = 0;
  let differing = 0;
  await fc.assert(
    fc.asyncProperty(drawnMonths, async ({ pool, ways, takenOver, each, bearing }) => {
      let previous: Kept | undefined;
      for (const [month, { asOf, come }] of each.entries()) {
        const files = Object.fromEntries([
          ...Object.entries(ALWAYS),
          ...Object.entries(schooled(bearing[month])),
          ...come.flatMap(({ file, name, way }) => {
            const one = pool[file % pool.length];
            return one === undefined ? [] : [[`f${name}`, ways[way]?.(one) ?? one] as const];
          }),
        ]);
        const now =
          previous === undefined
            ? await at.months.read(files, asOf)
            : await at.months.bothWays(files, asOf, previous, takenOver);
        taken += now.summary.carried;
        differing += readdirSync(now.folder).filter((name) => name.endsWith('.new.parquet')).length;
        previous = now;
      }
    }),
    { numRuns: 11 },
  );
  // A property that never takes anything over would hold for nothing.
  expect(taken).toBeGreaterThan(0);
  expect(differing).toBeGreaterThan(0);
}, 300_000);
