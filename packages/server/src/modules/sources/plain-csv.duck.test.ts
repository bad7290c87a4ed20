import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../platform/duckdb/database.ts';
import { readDeliveries } from './read-deliveries.ts';

const HEADER =
  'identifiant_source;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut;date_debut;date_fin';
const row = (id: string, name: string, birth = '2007-03-14') =>
  `${id};${name};Camille;${birth};0951099D;2024-2025;scolaire;2024-09-02;`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is read of files by their names; `compressed`, none can be read by DuckDB itself. */
async function read(name: string, files: Readonly<Record<string, string>>, compressed: boolean) {
  const deliveries = join(folder, name);
  mkdirSync(deliveries);
  for (const [path, text] of Object.entries(files)) {
    if (compressed) writeFileSync(join(deliveries, `${path}.gz`), gzipSync(text));
    else writeFileSync(join(deliveries, path), text);
  }
  const database = await openDatabase();
  try {
    const workFolder = join(folder, `${name}-work`);
    const { rows, records, rejects } = await readDeliveries(database, {
      deliveries,
      asOf: '2025-11-15',
      workFolder,
    });
    const told = await database.all(
      `SELECT f.path.replace('.gz', '') AS path, r.ordinal, r.position, r.family_name FROM sources.records r
       JOIN sources.files f USING (file_no) ORDER BY ALL`,
    );
    const issues = await database.all(
      `SELECT f.path.replace('.gz', '') AS path, i.position, i.field, i.code FROM sources.issues i
       JOIN sources.files f USING (file_no) ORDER BY ALL`,
    );
    return { summary: { rows, records, rejects }, told, issues };
  } finally {
    database.close();
  }
}

const text = (...rows: readonly string[]) => `${[HEADER, ...rows].join('\n')}\n`;
const rows = (sender: string, count: number) =>
  Array.from({ length: count }, (_, index) => row(`${sender}${index}`, `NOM${'ABCDEFGHIJ'[index % 10]}`));

describe('files of one shape are read together, and each keeps its rows', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    [
      'all of them plain',
      { 'a.csv': text(...rows('a', 3)), 'b.csv': text(...rows('b', 4)), 'c.csv': text(...rows('c', 2)) },
    ],
    [
      'one has a line too short: the others are read as if it were not there',
      {
        'a.csv': text(...rows('a', 3)),
        'b.csv': text(row('b1', 'DURAND'), 'b2;trop;court', row('b3', 'PETIT')),
        'c.csv': text(...rows('c', 2)),
      },
    ],
    [
      'one has a blank line',
      { 'a.csv': text(...rows('a', 2)), 'b.csv': text(row('b1', 'DURAND'), '', row('b3', 'PETIT')) },
    ],
    [
      'another header makes another shape',
      {
        'a.csv': text(...rows('a', 2)),
        'b.csv': `${HEADER};adresse\n${row('b1', 'DURAND')};12 rue Haute\n`,
        'c.csv': text(row('c1', 'PETIT'), row('c1', 'PETIT'), row('c2', 'MOREAU', '31/02/2007')),
      },
    ],
  ];
  it.each(cases)('%s', async (_case, files) => {
    const together = await read('plain', files, false);
    expect(together.told.length).toBeGreaterThan(2);
    expect(together).toEqual(await read('careful', files, true));
  });
});
