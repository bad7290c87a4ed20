/**
 * Reading interchange CSV at 1,000,000 rows: rows a second, peak memory, and the ratio to DuckDB's own plain scan of the
 * same files in the same run. Run: npx tsx bench/intake-csv.ts [rows]
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadReferential, readDeliveries } from '../packages/server/src/modules/sources/index.ts';
import { interchangeColumns } from '../packages/server/src/modules/sources/interchange-columns.ts';
import { openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { openTextFile } from '../packages/server/src/platform/files/text-file.ts';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const RUNS = 3;
const SHARES = { inscriptions: 0.6, diplomes: 0.2, contrats: 0.1, accompagnements: 0.1 } as const;

type Kind = keyof typeof SHARES;

const OWN: Record<Kind, (i: number) => Record<string, string>> = {
  inscriptions: () => ({
    uai: '0951099D',
    annee_scolaire: '2025-2026',
    statut: 'scolaire',
    mef: '2473361131',
    classe: 'TPRO1',
    date_debut: '2025-09-01',
  }),
  diplomes: () => ({
    type: 'cap',
    code_diplome: '50025007',
    session: '2025-06',
    date_obtention: '2025-07-04',
    resultat: 'admis',
  }),
  contrats: (i) => ({
    numero_contrat: `C${i}`,
    type: 'apprentissage',
    date_debut: '2024-09-01',
    date_fin_prevue: '2026-08-31',
  }),
  accompagnements: () => ({
    structure_type: 'mission_locale',
    date_debut: '2025-03-01',
    date_dernier_contact: '2025-10-01',
    statut: 'actif',
  }),
};

function write(folder: string, kind: Kind, rows: number): number {
  const names = interchangeColumns(kind).map(({ name }) => name);
  const path = join(folder, `${kind}.csv`);
  const file = openTextFile(path);
  file.write(`${names.join(';')}\n`);
  for (let i = 0; i < rows; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0');
    const values: Record<string, string> = {
      identifiant_source: `S${i}`,
      ine: `${String(i).padStart(9, '0')}AB`,
      nom_famille: `MARTIN${i % 5000}`,
      prenom1: `Prenom${i % 900}`,
      sexe: i % 2 ? 'F' : 'M',
      date_naissance: `200${2 + (i % 7)}-0${1 + (i % 9)}-${day}`,
      commune_naissance: '59350',
      adresse: `${i % 100} rue de la Paix`,
      code_postal: '59000',
      commune_residence: '59350',
      portable: '0600000000',
      courriel: `p${i}@exemple.fr`,
      date_maj: `2025-10-${day}`,
      ...OWN[kind](i),
    };
    file.write(`${names.map((name) => values[name] ?? '').join(';')}\n`);
  }
  file.close();
  return statSync(path).size;
}

const folder = mkdtempSync(join(tmpdir(), 'bench-intake-'));
const deliveries = join(folder, 'in');
mkdirSync(deliveries);
const kinds = Object.keys(SHARES) as Kind[];
const bytes = kinds.reduce((sum, kind) => sum + write(deliveries, kind, Math.round(ROWS * SHARES[kind])), 0);
const say = (text: string) => process.stdout.write(`${text}\n`);
say(`${ROWS} rows, ${(bytes / 1e6).toFixed(0)} MB, ${kinds.length} files, memory limit 2 GB, 2 threads`);

const ratios: number[] = [];
for (let run = 1; run <= RUNS; run++) {
  const database = await openDatabase({ memoryLimit: '2GB', threads: 2, spillFolder: folder });
  await loadReferential(database);
  const scanStart = performance.now();
  for (const kind of kinds) {
    await database.all(
      `SELECT max(COLUMNS(*)) FROM read_csv('${join(deliveries, `${kind}.csv`)}', delim = ';', header = true, all_varchar = true)`,
    );
  }
  const scanMs = performance.now() - scanStart;
  const workFolder = join(folder, `work-${run}`);
  const readStart = performance.now();
  const { rows, records, rejects } = await readDeliveries(database, {
    deliveries,
    asOf: '2025-11-15',
    workFolder,
  });
  const readMs = performance.now() - readStart;
  ratios.push(readMs / scanMs);
  say(
    `run ${run}: scan ${scanMs.toFixed(0)} ms, read ${readMs.toFixed(0)} ms (${Math.round(rows / (readMs / 1000))} rows/s), ratio ${(readMs / scanMs).toFixed(2)}, ${records} records, ${rejects} rejects`,
  );
  database.close();
}
ratios.sort((a, b) => a - b);
say(
  `median ratio ${(ratios[Math.floor(RUNS / 2)] ?? 0).toFixed(2)}, peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
);
rmSync(folder, { recursive: true, force: true });
