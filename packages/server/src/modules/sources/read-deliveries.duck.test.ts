import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isValidUai } from '@raccroche/contract';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCivilDate } from '../../kernel/civil-date.ts';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { readDeliveries } from './read-deliveries.ts';
import { createMacrosSql } from './validate/macros.ts';

const AS_OF = '2025-11-15';
const HEADER =
  'identifiant_source;ine;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut;date_debut;date_fin';
const GOOD = 'A1;123456789AB;MARTIN;Camille;2008-03-14;0951099D;2024-2025;scolaire;2024-09-02;';

let folder = '';
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'intake-'));
  mkdirSync(join(folder, 'in'));
  database = await openDatabase();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function deliver(name: string, content: string | Buffer): void {
  writeFileSync(join(folder, 'in', name), content);
}

const read = () =>
  readDeliveries(database, { deliveries: join(folder, 'in'), asOf: AS_OF, workFolder: join(folder, 'work') });

const codes = async () =>
  (
    await database.all(
      'SELECT code, position, severity FROM sources.issues ORDER BY ordinal NULLS FIRST, code',
    )
  ).map(({ code, position, severity }) => `${String(severity)} ${String(position ?? '-')} ${String(code)}`);

describe('rows of an interchange file', () => {
  const cases: [string, string, string[]][] = [
    ['a good row', GOOD, []],
    [
      '29 February of a common year',
      GOOD.replace('2008-03-14', '29/02/2007'),
      ['rejet 2 date_naissance_illisible'],
    ],
    ['31 February', GOOD.replace('2008-03-14', '31/02/2008'), ['rejet 2 date_naissance_illisible']],
    ['a two-digit year', GOOD.replace('2008-03-14', '14/03/08'), ['rejet 2 date_naissance_illisible']],
    ['a birth in the future', GOOD.replace('2008-03-14', '2031-01-01'), ['rejet 2 date_naissance_illisible']],
    ['a birth 111 years ago', GOOD.replace('2008-03-14', '1914-01-01'), ['rejet 2 date_naissance_illisible']],
    ['no name', GOOD.replace('MARTIN', ''), ['rejet 2 nom_absent']],
    ['an unknown status', GOOD.replace('scolaire', 'licorne'), ['rejet 2 valeur_hors_liste']],
    ['an empty status', GOOD.replace('scolaire', ''), ['rejet 2 valeur_hors_liste']],
    ['an end before the start', `${GOOD}2024-09-01`, ['rejet 2 fin_avant_debut']],
    ['a malformed INE', GOOD.replace('123456789AB', '12'), ['avertissement 2 ine_mal_forme']],
    ['a wrong UAI key', GOOD.replace('0951099D', '0951099E'), ['avertissement 2 uai_cle_fausse']],
    ['no first name', GOOD.replace('Camille', ''), ['avertissement 2 champ_obligatoire_vide']],
    ['an unreadable start', GOOD.replace('2024-09-02', 'septembre'), ['avertissement 2 date_illisible']],
    ['a row told twice', `${GOOD}\n${GOOD.replace('A1', 'A2')}`, ['rejet 3 doublon_ine']],
    [
      'an id told twice',
      `${GOOD}\n${GOOD.replace('123456789AB', '123456789AC')}`,
      ['rejet 3 doublon_identifiant_source'],
    ],
    ['a row too short', `${GOOD}\nA2;MARTIN`, ['rejet 3 ligne_illisible']],
    [
      'two reasons are told by the first',
      GOOD.replace('MARTIN', '').replace('scolaire', 'x'),
      ['rejet 2 nom_absent'],
    ],
  ];
  it.each(cases)('%s', async (_case, rows, expected) => {
    deliver('a.csv', `${HEADER}\n${rows}\n`);
    const summary = await read();
    expect(await codes()).toEqual(expected);
    expect(summary.rows).toBe(summary.records + summary.rejects + summary.removedUnder16);
  });
});

describe('bad files reject themselves and nobody else', () => {
  const files: [string, string | Buffer, string][] = [
    ['vide.csv', '', 'fichier_vide'],
    ['rapport.csv', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'fichier_non_reconnu'],
    ['deux.csv', `${HEADER};uai\n${GOOD};0951099D\n`, 'colonne_double'],
    [
      'sans-date.csv',
      'nom_famille;uai;annee_scolaire;statut\nMARTIN;0951099D;2024;scolaire\n',
      'colonne_obligatoire_absente',
    ],
    ['geante.csv', 'x'.repeat(10_000_000), 'fichier_non_reconnu'],
    ['coupe.xml', '<?xml version="1.0"?><BEE_ELEVES><DONNEES><ELEVES>', 'fichier_tronque'],
    [
      'entite.xml',
      '<!DOCTYPE BEE_ELEVES [<!ENTITY x SYSTEM "file:///etc/passwd">]><BEE_ELEVES>&x;</BEE_ELEVES>',
      'xml_entite_interdite',
    ],
  ];
  it.each(files)('%s', async (name, content, code) => {
    deliver(name, content);
    deliver('bon.csv', `${HEADER}\n${GOOD}\n`);
    const summary = await read();
    expect(summary).toMatchObject({ files: 2, rejectedFiles: 1, rows: 1, records: 1 });
    expect(await codes()).toEqual([`rejet - ${code}`]);
  });

  const readable: [string, string | Buffer][] = [
    ['a byte order mark', `\ufeff${HEADER}\n${GOOD}\n`],
    ['CRLF', `${HEADER}\r\n${GOOD}\r\n`],
    ['mixed line ends', `${HEADER}\r\n${GOOD}\n${GOOD.replaceAll('A1', 'A2').replace('123456789AB', '')}\r`],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}\n${GOOD}\n`, 'utf16le')],
    ['a quoted line end', `${HEADER};adresse\n${GOOD};"1 rue X\nappt 2"\n`],
    ['no final line end', `${HEADER}\n${GOOD}`],
    ['headers in capitals with accents', `${HEADER.toUpperCase().replace('PRENOM1', 'PRÉNOM1')}\n${GOOD}\n`],
    ['a formula', `${HEADER}\n${GOOD.replace('MARTIN', '=1+1')}\n`],
  ];
  it.each(readable)('reads %s', async (_case, content) => {
    deliver('a.csv', content);
    const summary = await read();
    expect(summary).toMatchObject({ rejectedFiles: 0, rejects: 0 });
    expect(summary.records).toBeGreaterThan(0);
  });

  it('an identical copy is refused, whatever its name', async () => {
    deliver('a.csv', `${HEADER}\n${GOOD}\n`);
    deliver('b.csv', `${HEADER}\n${GOOD}\n`);
    expect(await read()).toMatchObject({ files: 2, rejectedFiles: 1, records: 1 });
  });
});

const cell = fc.constantFrom(
  '',
  'A1',
  'A2',
  '123456789AB',
  '0494004062M',
  'MARTIN',
  'É l',
  '2008-03-14',
  '31/02/2008',
  '2012-01-01',
  '0951099D',
  '0951099E',
  '2024',
  '2024-2025',
  'scolaire',
  'apprenti',
  'x',
  '2024-09-02',
  '2025-01-01',
  ' Martin ',
  '\tMARTIN\u00a0',
  'l’Haÿ',
);
/** How a cell may be written in a file with quotes; the last is malformed. */
const quotedCell = fc.oneof(
  { arbitrary: cell, weight: 100 },
  { arbitrary: cell.map((text) => `"${text}"`), weight: 200 },
  { arbitrary: fc.constantFrom('""', '" "', '"a;b"', '"dit ""Bob, "'), weight: 40 },
  { arbitrary: fc.constantFrom('MAR"TIN', '"a"b', ' "a"'), weight: 10 },
);
const lineOf = (cells: fc.Arbitrary<string>) =>
  fc.array(cells, { minLength: 10, maxLength: 10 }).map((each) => each.join(';'));
const line = lineOf(cell);
const QUOTED_HEADER = HEADER.split(';')
  .map((name) => `"${name}"`)
  .join(';');

describe('equivalences', () => {
  const dresses: [string, string, fc.Arbitrary<string>][] = [
    ['no quotes', HEADER, line],
    ['quotes', HEADER, lineOf(quotedCell)],
    ['a mark and a quoted header', `\ufeff${QUOTED_HEADER}`, lineOf(quotedCell)],
    ['quotes and CRLF', `${HEADER}\r`, lineOf(quotedCell).map((text) => `${text}\r`)],
  ];
  it.each(dresses)(
    'the plain way and the careful way give the same rows, and no row is lost: %s',
    async (_dress, header, lines) => {
      const snapshot = async () => ({
        issues: await codes(),
        records: await database.all(
          'SELECT * EXCLUDE (record_id, file_no) FROM sources.records ORDER BY ordinal',
        ),
        spells: await database.all(
          "SELECT * EXCLUDE (record_id), split_part(record_id, '-', 2)::INTEGER AS o FROM sources.spells ORDER BY o",
        ),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 12 }), async (rows) => {
          const text = `${header}\n${rows.join('\n')}\n`;
          const results = [];
          for (const [name, content] of [
            ['a.csv', text],
            ['a.csv.gz', gzipSync(text)],
          ] as const) {
            rmSync(join(folder, 'in'), { recursive: true });
            mkdirSync(join(folder, 'in'));
            deliver(name, content);
            database.close();
            database = await openDatabase();
            const summary = await read();
            expect(summary.rows).toBe(rows.length);
            expect(summary.rows).toBe(summary.records + summary.rejects + summary.removedUnder16);
            results.push({ summary, ...(await snapshot()) });
          }
          expect(results[1]).toEqual(results[0]);
        }),
        { seed: 7, numRuns: 12 },
      );
    },
  );

  it('the SQL reads dates and UAI keys as the TypeScript does', async () => {
    await database.run('CREATE SCHEMA IF NOT EXISTS sources');
    await database.run(createMacrosSql());
    const digits = fc.stringMatching(/^[0-9]{2}$/);
    const date = fc.oneof(
      fc.tuple(fc.stringMatching(/^(19|20)[0-9]{2}$/), digits, digits).map((parts) => parts.join('-')),
      fc.tuple(digits, digits, fc.stringMatching(/^(19|20)[0-9]{2}$/)).map((parts) => parts.join('/')),
      fc.stringMatching(/^[0-9/-]{10}$/),
      // What the engine's own reading of dates would forgive: one character of a good date is another.
      fc
        .tuple(fc.nat(9), fc.constantFrom(...' x./+-(\\\té0:'))
        .map(([at, odd]) => `2008-03-14`.slice(0, at) + odd + `2008-03-14`.slice(at + 1)),
      fc.constantFrom('2008-03-1x', '2008-3-14', '2008-03-4', '-008-03-14', '0000-01-01', '12008-03-4'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(date, { minLength: 50, maxLength: 50 }),
        fc.array(fc.stringMatching(/^[0-9]{7}[A-Z]$/), { minLength: 50, maxLength: 50 }),
        async (dates, uais) => {
          const rows = await database.all<{ d: string | null; u: boolean }>(
            'SELECT sources.civil_date(x.d)::VARCHAR AS d, sources.uai_valid(x.u) AS u FROM (SELECT unnest($1::JSON::VARCHAR[]) AS d, unnest($2::JSON::VARCHAR[]) AS u) x',
            [JSON.stringify(dates), JSON.stringify(uais)],
          );
          expect(rows.map(({ d }) => d)).toEqual(dates.map((text) => parseCivilDate(text) ?? null));
          expect(rows.map(({ u }) => u)).toEqual(uais.map(isValidUai));
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });
});

it('writes nothing of under-16s and of columns that it must not hold, either way', async () => {
  const header = `${HEADER};nir;situation_handicap`;
  const child =
    'B9;987654321ZZ;ENFANTSECRET;Zoe;2012-05-05;0951099D;2024;scolaire;2024-09-02;;NIRSECRET;HANDICAPSECRET';
  deliver('a.csv', `${header}\n${GOOD};NIRSECRET;HANDICAPSECRET\n${child}\n`);
  deliver(
    'b.csv.gz',
    gzipSync(`${header}\n${GOOD.replace('A1', 'A7')};NIRSECRET;HANDICAPSECRET\n${child}\n`),
  );
  expect(await read()).toMatchObject({ records: 2, removedUnder16: 2 });
  const work = join(folder, 'work');
  const bytes = readdirSync(work)
    .map((name) => readFileSync(join(work, name), 'latin1'))
    .join('');
  expect(bytes).toContain('MARTIN');
  for (const secret of ['ENFANTSECRET', '987654321ZZ', 'NIRSECRET', 'HANDICAPSECRET'])
    expect(bytes).not.toContain(secret);
});

it.each([
  ['is read', 'in', true],
  ['cannot be read', 'nowhere', false],
])('the engine has all its threads again when what was delivered %s', async (_name, name, isRead) => {
  const all = availableParallelism();
  await database.run(`SET threads = ${all}`);
  deliver('a.csv', `${HEADER}\n${GOOD}\n`);
  const request = { deliveries: join(folder, name), asOf: AS_OF, workFolder: join(folder, 'work') };
  const done = await readDeliveries(database, request).then(
    () => true,
    () => false,
  );
  expect(done).toBe(isRead);
  expect(await database.all("SELECT current_setting('threads')::INTEGER AS n")).toEqual([{ n: all }]);
});
