import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { digest, printed, raccroche } from './command-line.ts';

/**
 * The dead are never called. Five who left the same school on the same day: Léa, whose death INSEE tells; Paul, who may be
 * dead; Zoé, whose twin is; Marc, who bears a dead man's name; Inès, of whom a sender says that she died.
 */
const COLUMNS =
  'identifiant_source;nom_famille;prenom1;sexe;date_naissance;commune_naissance;adresse;code_postal;portable;uai;annee_scolaire;statut;mef;date_debut;date_fin;motif_fin';
const left = (id: string, who: string, reason = 'demission') =>
  `${id};${who};1 rue ${id};33000;06399800${id};0951099D;2024-2025;scolaire;2472000811;2024-09-02;2025-05-02;${reason}`;
const ENROLMENTS = [
  COLUMNS,
  left('01', 'Lefèvre;Léa;F;2008-03-14;33063'),
  left('02', 'Durand;Paul;M;2007-06-02;33063'),
  left('03', 'Petit;Zoé;F;2008-01-20;64445'),
  left('04', 'Moreau;Marc;M;2006-11-05;33063'),
  left('05', 'Garcia;Inès;F;2007-02-08;33063', 'deces'),
].join('\n');

const dead = (names: string, sex: string, birth: string, place: string, died = '20250612') =>
  `${names.padEnd(80)}${sex}${birth}${place}${'BORDEAUX'.padEnd(30)}${' '.repeat(30)}${died}33063000000001`.padEnd(
    198,
  );
const DEATHS = [
  dead('LEFEVRE*LEA MARIE/', '2', '20080314', '33063'),
  dead('DURAND*PAUL/', '1', '20070602', '64445'),
  dead('PETIT*ANA/', '2', '20080120', '64445'),
  dead('MOREAU*MARC/', '1', '20061106', '33063'),
  dead('HORSDUCHAMP*SECRET/', '2', '19310314', '33063'),
  dead('HORSDUCHAMP*SECRET/', '1', '20070000', '33063'),
  dead('HORSDUCHAMP*SECRET/', '1', '20070101', '33063', '20251116'),
  'HORSDUCHAMP SECRET',
].join('\n');

const Result = z.object({
  listed: z.number(),
  rows: z.number(),
  records: z.number(),
  rejects: z.number(),
  removedUnder16: z.number(),
  deaths: z.number(),
  outOfScope: z.number(),
  deceased: z.number(),
  deathsToCheck: z.number(),
  withheld: z.boolean(),
});
const List = z.object({
  entries: z.array(
    z.object({
      familyName: z.string(),
      flags: z.array(z.string()),
      phones: z.array(z.string()),
      address: z.object({ lines: z.array(z.string()), postalCode: z.string() }),
      records: z.array(z.object({ id: z.string() })),
    }),
  ),
});
const FAMILIES = ['school', 'agriculture', 'cfa', 'exams', 'mission_locale'];

let folder: string;
let out: string;
let result: z.infer<typeof Result>;

function run(name: string, deaths: string | undefined, threads = 2): z.infer<typeof Result> {
  const deliveries = join(folder, `${name}-recus`);
  mkdirSync(deliveries);
  writeFileSync(join(deliveries, 'inscriptions.csv'), `${ENROLMENTS}\n`);
  if (deaths !== undefined) {
    writeFileSync(join(deliveries, 'deces.txt'), `${deaths}\n`);
    writeFileSync(
      join(deliveries, 'deces.txt.meta.json'),
      '{"emetteur": "INSEE", "date_extraction": "2025-11-03"}',
    );
  }
  const said = raccroche(
    ...['campaign', 'run', '--deliveries', deliveries, '--as-of', '2025-11-15', '--rules', 'no-diploma'],
    ...[
      '--registry',
      join(folder, `${name}-registre`),
      '--out',
      join(folder, name),
      '--threads',
      String(threads),
    ],
    ...FAMILIES.flatMap((family) => ['--allow-missing', family]),
    '--json',
  );
  return printed(Result, said);
}

const readList = (campaign: string) =>
  List.parse(JSON.parse(readFileSync(join(campaign, 'lists', '33', 'liste-33.json'), 'utf8'))).entries;

/** Rows of a table of the campaign. */
async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
  const database = await openDatabase();
  try {
    return await database.all(`FROM read_parquet('${join(out, 'data', `${table}.parquet`)}')`);
  } finally {
    database.close();
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deaths-'));
  out = join(folder, 'campagne');
  result = run('campagne', DEATHS);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a campaign with a file of deaths', () => {
  it('counts every line', () => {
    expect(result).toMatchObject({ rows: 13, records: 5, rejects: 1, deaths: 4, outOfScope: 3 });
    expect(result).toMatchObject({ deceased: 1, deathsToCheck: 1, listed: 3, withheld: false });
  });

  it('lists nobody who died, and nobody who may have with a way to reach them', () => {
    const entries = readList(out);
    expect(entries.map(({ familyName }) => familyName)).toEqual(['Durand', 'Moreau', 'Petit']);
    const [paul, marc] = entries;
    expect(paul).toMatchObject({ flags: ['death_to_check'], phones: [], address: { lines: [] } });
    expect(marc).toMatchObject({ flags: [], phones: ['0639980004'], address: { lines: ['1 rue 04'] } });
    const csv = readFileSync(join(out, 'lists', '33', 'liste-33.csv'), 'utf8');
    expect(csv).toMatch(/;Durand;.*NE PAS CONTACTER : décès à vérifier/);
    expect(csv).not.toMatch(/06 39 98 00 0[12]|1 rue 0[12]/);
  });

  it('says why, in plain French', async () => {
    const explain = (id: string) =>
      raccroche('campaign', 'explain', '--person', id, '--campaign', out).stdout.replace(/\s+/g, ' ');
    const [lea] = await rowsOf('deceased');
    const dossier = explain(String(lea?.person_id));
    expect(dossier).toContain('Pas sur la liste. Condition non remplie : aucun décès signalé');
    expect(dossier).toContain('[D1] deces.txt, ligne 1 · extrait le 03/11/2025');
    expect(dossier).toContain('LEA MARIE LEFEVRE, née le 14/03/2008');
    expect(dossier).toContain('Considéré comme son décès : mêmes nom, prénom, date et lieu de naissance');
    expect(dossier).toContain('non aucun décès signalé (d’après [D1])');
    const paul = explain(readList(out)[0]?.records[0]?.id ?? '');
    expect(paul).toContain('À savoir : décès à vérifier');
    expect(paul).toContain('[D1] deces.txt, ligne 2');
    expect(paul).toContain('À vérifier : un décès lui ressemble');
  });

  it('follows the id of a death', async () => {
    const deaths = await rowsOf('deaths');
    const trace = (line: string) => {
      const id = String(deaths.find(({ position }) => position === line)?.death_id);
      return raccroche('trace', id, '--campaign', out).stdout;
    };
    expect(trace('1')).toMatch(/décès .*\n.*deces\.txt, ligne 1 : décès le 12\/06\/2025, rapproché/);
    expect(trace('2')).toMatch(/deces\.txt, ligne 2 : décès le 12\/06\/2025, à vérifier/);
    expect(trace('3')).toContain('ce décès n’est celui de personne dans cette campagne');
  });

  it('is whole', () => {
    const { code, stdout } = raccroche('campaign', 'verify', out);
    expect(stdout).not.toContain('NON');
    expect(stdout).toContain('aucune personne décédée n’est sur une liste');
    expect(code).toBe(0);
  });

  it('says in its summary what was received', () => {
    const { deaths } = z
      .object({ deaths: z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')));
    expect(deaths).toEqual({
      files: 1,
      latestExtraction: '2025-11-03',
      inScope: 4,
      outOfScope: 3,
      firstDeath: '2025-06-12',
      lastDeath: '2025-06-12',
      deceased: 1,
      toCheck: 1,
    });
  });

  it('holds nothing of a death out of scope, compressed or not', async () => {
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const bytes = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(bytes.join('')).not.toContain('HORSDUCHAMP');
    for (const entry of files.filter(({ name }) => name.endsWith('.parquet'))) {
      const rows = await rowsOf(entry.name.replace('.parquet', ''));
      expect(JSON.stringify(rows)).not.toContain('HORSDUCHAMP');
    }
  });

  it('gives the same bytes with one thread', () => {
    run('un-fil', DEATHS, 1);
    expect(digest(join(folder, 'un-fil'))).toEqual(digest(out));
  });
});

it('is published without a file of deaths, and says so', () => {
  expect(run('sans', undefined)).toMatchObject({ listed: 4, deaths: 0, deceased: 0, withheld: false });
  const sans = join(folder, 'sans');
  expect(readList(sans).map(({ familyName }) => familyName)).toEqual([
    'Durand',
    'Lefèvre',
    'Moreau',
    'Petit',
  ]);
  expect(JSON.parse(readFileSync(join(sans, 'summary.json'), 'utf8'))).toMatchObject({ deaths: null });
});
