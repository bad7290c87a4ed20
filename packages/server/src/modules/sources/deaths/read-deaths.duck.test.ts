import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { readDeliveries } from '../read-deliveries.ts';
import { deathLine } from '../testing/death-line.ts';

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deaths-'));
  mkdirSync(join(folder, 'in'));
  database = await openDatabase();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const deliver = (name: string, content: string | Buffer) => writeFileSync(join(folder, 'in', name), content);
const read = () =>
  readDeliveries(database, {
    deliveries: join(folder, 'in'),
    asOf: '2025-11-15',
    workFolder: join(folder, 'work'),
  });

it('keeps the deaths of the ages of the campaign, each under the id of its line', async () => {
  const lines = [
    deathLine(),
    deathLine({ family: 'VIEUX', birth: '19300101' }),
    deathLine({ family: 'PETIT', first: 'ALI', sex: '1', place: '99352', died: '20250700' }),
    deathLine({ place: '75101' }),
    deathLine({ place: '99999' }),
    deathLine({ place: 'ZZZZZ' }),
    'illisible',
  ];
  deliver('deces.txt', `${lines.join('\n')}\n`);
  expect(await read()).toMatchObject({ rows: 7, records: 0, rejects: 1, deaths: 5, outOfScope: 1 });
  const [file] = await database.all('FROM sources.files');
  expect(file).toMatchObject({ kind: 'insee-deces', source: 'INSEE', families: ['deaths'] });
  const kept = await database.all(
    `SELECT death_id, position, family_name, first_names, sex, birth_commune AS commune, birth_country AS country,
       died_on FROM sources.deaths ORDER BY ordinal`,
  );
  const id = (ordinal: number) => `${String(file?.delivery_id)}-${ordinal}`;
  const lea = { family_name: 'MARTIN', first_names: 'LEA', sex: 'F', died_on: '2025-09-01' };
  expect(kept).toEqual([
    { ...lea, death_id: id(1), position: '1', commune: '33063', country: '99100' },
    {
      death_id: id(3),
      position: '3',
      family_name: 'PETIT',
      first_names: 'ALI',
      sex: 'M',
      commune: null,
      country: '99352',
      died_on: '2025-07-01',
    },
    { ...lea, death_id: id(4), position: '4', commune: '75101', country: '99100' },
    { ...lea, death_id: id(5), position: '5', commune: null, country: null },
    { ...lea, death_id: id(6), position: '6', commune: null, country: null },
  ]);
  const issues = await database.all('SELECT position, code FROM sources.issues ORDER BY ordinal');
  expect(issues).toEqual([
    { position: '3', code: 'deces_date_partielle' },
    { position: '6', code: 'commune_inconnue' },
    { position: '7', code: 'deces_largeur_fixe' },
  ]);
});

it('uses nothing of a file that breaks off', async () => {
  const whole = gzipSync(`${Array.from({ length: 3000 }, () => deathLine()).join('\n')}\n`);
  deliver('deces.txt.gz', whole.subarray(0, whole.length - 20));
  expect(await read()).toMatchObject({ rejectedFiles: 1, rows: 0, deaths: 0 });
  expect(await database.all('FROM sources.deaths')).toEqual([]);
});

const line = fc.oneof(
  { weight: 6, arbitrary: fc.constant(deathLine()) },
  fc
    .record({
      family: fc.constantFrom('MARTIN', '', 'L HAY'),
      birth: fc.constantFrom('20080314', '19400101', '20080000', '20080231', '20150101'),
      died: fc.constantFrom('20250901', '20250000', '20251231', '19990101', '20259999'),
      sex: fc.constantFrom('1', '2', '9'),
    })
    .map(deathLine),
  fc.constantFrom('', 'rien', deathLine().slice(0, 100)),
);

it('counts every line once: rows = deaths + rejects + out of scope', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
      // Recognised by its first line, whatever comes after.
      const text = `${[...Array.from({ length: 20 }, () => deathLine()), ...lines].join('\n')}\n`;
      deliver('deces.txt', text);
      database.close();
      database = await openDatabase();
      const { rows, records, rejects, deaths, outOfScope } = await read();
      expect(rows).toBe(20 + lines.filter((each) => each !== '').length);
      expect(rows).toBe(records + rejects + deaths + outOfScope);
      const [kept] = await database.all('SELECT count(*)::INTEGER AS n FROM sources.deaths');
      expect(kept?.n).toBe(deaths);
    }),
    { seed: 20251115, numRuns: 10 },
  );
});

it('writes nothing of anybody out of scope, not even on its way', async () => {
  const secret = { family: 'HORSDUCHAMP', first: 'SECRET' };
  deliver(
    'deces.txt',
    [
      deathLine(),
      deathLine({ ...secret, birth: '19300101' }),
      deathLine({ ...secret, died: '20251201' }),
      deathLine({ ...secret, birth: '20080000' }),
      deathLine({ ...secret, birth: '20120101' }),
    ].join('\n'),
  );
  expect(await read()).toMatchObject({ deaths: 1, outOfScope: 4 });
  const work = join(folder, 'work');
  const bytes = readdirSync(work).map((name) => readFileSync(join(work, name), 'latin1'));
  expect(bytes.join('')).toContain('MARTIN');
  expect(bytes.join('')).not.toContain('HORSDUCHAMP');
});
