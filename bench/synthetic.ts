/**
 * The invented France: how fast it is written and in how much memory, by scale, and how fast each format of what was written
 * is read (60 MB of each). `npx tsx bench/synthetic.ts [scale… = 0.01 0.1] [--read] [--keep FOLDER]`. Each measure runs in its own process, so
 * that peaks do not mix; time is CPU time, user and system, since the machine may be busy with something else.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDeliveries } from '../packages/server/src/modules/sources/index.ts';
import { openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { countPeople, writeFrance } from '../packages/synthetic/src/index.ts';

const MB = 1024 * 1024;
const AS_OF = '2025-11-15';

/** Groups of files of one format, as `deliveries/` holds them: folder and a piece of their name. */
const FORMATS: ReadonlyArray<readonly [label: string, folder: string, piece: string]> = [
  ['extraction d’académie (échange, CSV)', 'education-nationale/extraction', '.csv'],
  ['SIECLE (XML, en zip)', 'education-nationale/siecle', '.zip'],
  ['SYGNE, listes (JSON)', 'education-nationale/sygne', '.json'],
  ['SYGNE, fiches (JSONL)', 'education-nationale/sygne', 'eleves.jsonl'],
  ['SYGNE, scolarités (JSONL)', 'education-nationale/sygne', 'scolarites.jsonl'],
  ['FREGATA (JSON)', 'agriculture', '.json'],
  ['FREGATA (CSV)', 'agriculture', '.csv'],
  ['effectifs de CFA (CSV)', 'cfa', '.csv'],
  ['effectifs de CFA (JSONL)', 'cfa', '.jsonl'],
  ['effectifs de CFA (XLSX)', 'cfa', '.xlsx'],
  ['examens et attestations (échange, CSV)', 'examens', '.csv'],
  ['contrats (échange, CSV)', 'contrats', '.csv'],
  ['accompagnements (échange, CSV)', 'accompagnements', '.csv'],
  ['hors contrat (échange, CSV)', 'prive-hors-contrat', '.csv'],
  ['universités (échange, CSV)', 'universite', '.csv'],
  ['décès (INSEE, largeur fixe)', 'insee', '.txt'],
];

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function writeOnce(scale: number, out: string): Promise<void> {
  const start = performance.now();
  const { rows, people } = await writeFrance({
    seed: 1,
    asOf: AS_OF,
    out,
    people: countPeople(scale),
    senders: 'national',
    faults: 'named',
    threads: 2,
  });
  const wall = (performance.now() - start) / 1000;
  const cpu = cpuSeconds();
  const peak = process.resourceUsage().maxRSS / 1024;
  print(`échelle ${scale}`, [
    `${people} personnes`,
    `${rows} lignes`,
    `${cpu.toFixed(0)} s de processeur`,
    `${wall.toFixed(0)} s d’horloge`,
    `${Math.round(rows / cpu)} lignes par seconde de processeur`,
    `${Math.round(peak)} Mo au plus`,
  ]);
}

function filesOf(root: string, folder: string, piece: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(piece) && !entry.name.endsWith('.meta.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Enough of a format to tell its speed from the cost of starting. */
const READ_BYTES_AT_MOST = 60 * MB;

function sampleOf(files: readonly string[]): string[] {
  let bytes = 0;
  return files.filter((path) => {
    const taken = bytes < READ_BYTES_AT_MOST;
    if (taken) bytes += statSync(path).size;
    return taken;
  });
}

/** Reads files of one format, in a process of its own. */
async function readOnce(root: string, index: number): Promise<void> {
  const [label, folder, piece] = FORMATS[index] ?? ['', '', ''];
  const files = sampleOf(filesOf(root, folder, piece));
  if (files.length === 0) return;
  const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
  const work = mkdtempSync(join(tmpdir(), 'bench-read-'));
  const database = await openDatabase({ memoryLimit: '2GB', spillFolder: work, threads: 2 });
  const before = cpuSeconds();
  try {
    const { rows, rejects, rejectedFiles } = await readDeliveries(database, {
      files,
      asOf: AS_OF,
      workFolder: work,
    });
    const cpu = cpuSeconds() - before;
    print(label, [
      `${files.length} fichiers`,
      `${(bytes / MB).toFixed(0)} Mo`,
      `${rows} lignes`,
      `${cpu.toFixed(1)} s de processeur`,
      `${Math.round(rows / cpu)} lignes par seconde`,
      `${rejects} rejets`,
      `${rejectedFiles} fichiers refusés`,
    ]);
  } finally {
    database.close();
    rmSync(work, { recursive: true, force: true });
  }
}

function print(label: string, figures: readonly string[]): void {
  process.stdout.write(`| ${label} | ${figures.join(' | ')} |\n`);
}

function runApart(...args: readonly string[]): void {
  const self = fileURLToPath(import.meta.url);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', self, ...args], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`measure ${args.join(' ')} failed`);
}

function measureAll(args: readonly string[]): void {
  const kept = args.includes('--keep') ? args[args.indexOf('--keep') + 1] : undefined;
  const scales = args.filter((text) => Number(text) > 0);
  for (const scale of scales.length > 0 ? scales : ['0.01', '0.1']) {
    const out = kept ?? mkdtempSync(join(tmpdir(), 'bench-france-'));
    try {
      runApart('write', scale, out);
      if (args.includes('--read')) {
        FORMATS.forEach((_, index) => {
          runApart('read', join(out, 'deliveries'), String(index));
        });
      }
    } finally {
      if (kept === undefined) rmSync(out, { recursive: true, force: true });
    }
  }
}

const [what = '', first = '', second = ''] = process.argv.slice(2);
if (what === 'write') await writeOnce(Number(first), second);
else if (what === 'read') await readOnce(first, Number(second));
else measureAll(process.argv.slice(2));
