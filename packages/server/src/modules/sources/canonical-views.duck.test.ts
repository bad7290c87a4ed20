import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { readDeliveries } from './read-deliveries.ts';
import { SOURCES_TABLES } from './tables.ts';
import { APPRENTICE } from './testing/apprentice.ts';

let folder = '';
let database: Database | undefined;
afterEach(() => {
  database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const typesOf = async (from: Database, schema: string) => {
  const columns = await from.all(
    `SELECT table_name || '.' || column_name AS name, data_type AS type FROM duckdb_columns()
     WHERE schema_name = '${schema}' AND list_contains([${Object.keys(SOURCES_TABLES).map((name) => `'${name}'`)}], table_name)`,
  );
  return Object.fromEntries(columns.map(({ name, type }) => [String(name), String(type)]));
};

/** A campaign that takes rows over puts them beside its own: both must be of the same types, whatever there was to read. */
it.each([
  ['nothing', 'rien'],
  [
    'an enrolment',
    'identifiant_source;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut\nA1;MARTIN;Léa;2008-03-14;0951099D;2024-2025;scolaire\n',
  ],
])('the tables have the types that they declare, having read %s', async (_what, content) => {
  folder = mkdtempSync(join(tmpdir(), 'types-'));
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'in', 'a.csv'), content);
  database = await openDatabase();
  await readDeliveries(database, {
    deliveries: join(folder, 'in'),
    asOf: '2025-11-15',
    workFolder: join(folder, 'work'),
  });
  await database.run('CREATE SCHEMA declared');
  for (const [name, columns] of Object.entries(SOURCES_TABLES)) {
    await database.run(`CREATE TABLE declared.${name} (${columns}\n)`);
  }
  expect(await typesOf(database, 'sources')).toEqual(await typesOf(database, 'declared'));
});

/** CFA tell contracts and awards in the row of the apprentice. */
it('keeps no contract and no award of somebody who is not kept', async () => {
  folder = mkdtempSync(join(tmpdir(), 'unkept-'));
  mkdirSync(join(folder, 'in'));
  const rows = [
    { ...APPRENTICE, nom_apprenant: 'GARDEE', date_de_naissance_apprenant: '2007-03-12' },
    { ...APPRENTICE, nom_apprenant: 'ILLISIBLE', date_de_naissance_apprenant: '31/02/2007' },
    { ...APPRENTICE, nom_apprenant: 'JEUNE', date_de_naissance_apprenant: '2010-05-02' },
  ];
  writeFileSync(join(folder, 'in', 'effectifs.json'), JSON.stringify(rows));
  database = await openDatabase();
  const { records, rows: read } = await readDeliveries(database, {
    deliveries: join(folder, 'in'),
    asOf: '2025-11-15',
    workFolder: join(folder, 'work'),
  });
  expect([read, records]).toEqual([3, 1]);
  for (const table of ['records', 'spells', 'contracts', 'awards'])
    expect(
      await database.all(`SELECT DISTINCT split_part(record_id, '-', 2) AS ordinal FROM sources.${table}`),
      table,
    ).toEqual([{ ordinal: '1' }]);
});
