/**
 * Reading interchange CSV at 1,000,000 rows: rows a second, peak memory, and the ratio to DuckDB's own plain scan of the
 * same files in the same run; then the same rows with quotes. Run: npx tsx bench/intake-csv.ts [rows]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROW_KINDS, type RowKind } from '@raccroche/contract';
import { loadReferential, readDeliveries } from '../packages/server/src/modules/sources/index.ts';
import { openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { type CsvDress, writeInterchange } from './interchange-rows.ts';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const RUNS = 5;
const SHARES: Record<RowKind, number> = {
  inscriptions: 0.6,
  diplomes: 0.2,
  contrats: 0.1,
  accompagnements: 0.1,
};

const say = (text: string) => process.stdout.write(`${text}\n`);
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

interface Run {
  readonly scanMs: number;
  readonly readMs: number;
  /** Seconds of processor of the reading to those of the scan: what a busy machine changes least. */
  readonly processorRatio: number;
  readonly told: string;
}

/** One scan and one reading of the same files, in a database of their own. */
async function measure(deliveries: string, workFolder: string): Promise<Run> {
  const database = await openDatabase({ memoryLimit: '2GB', threads: 2, spillFolder: workFolder });
  try {
    await loadReferential(database);
    const scanStart = performance.now();
    const scanProcessor = processorSeconds();
    for (const kind of ROW_KINDS) {
      // As anybody would write it; the maximum of each column makes the engine look at every value.
      await database.all(
        `SELECT max(COLUMNS(*)) FROM read_csv('${join(deliveries, `${kind}.csv`)}', delim = ';', header = true, all_varchar = true)`,
      );
    }
    const readStart = performance.now();
    const readProcessor = processorSeconds();
    const summary = await readDeliveries(database, { deliveries, asOf: '2025-11-15', workFolder });
    const readMs = performance.now() - readStart;
    const processorRatio = (processorSeconds() - readProcessor) / (readProcessor - scanProcessor);
    const { rows, records, rejects, removedUnder16 } = summary;
    const told = `${Math.round(rows / (readMs / 1000))} rows/s, ${records} records, ${rejects} rejects, ${removedUnder16} removed`;
    return { scanMs: readStart - scanStart, readMs, processorRatio, told };
  } finally {
    database.close();
  }
}

async function bench(folder: string, dress: CsvDress): Promise<void> {
  const deliveries = join(folder, dress);
  mkdirSync(deliveries);
  const bytes = ROW_KINDS.reduce(
    (sum, kind) =>
      sum + writeInterchange(join(deliveries, `${kind}.csv`), kind, Math.round(ROWS * SHARES[kind]), dress),
    0,
  );
  say(`${dress}: ${ROWS} rows, ${(bytes / 1e6).toFixed(0)} MB, 4 files, memory limit 2 GB, 2 threads`);
  const ratios: number[] = [];
  const processorRatios: number[] = [];
  for (let run = 1; run <= RUNS; run++) {
    const workFolder = join(folder, `work-${dress}-${run}`);
    const { scanMs, readMs, processorRatio, told } = await measure(deliveries, workFolder);
    rmSync(workFolder, { recursive: true });
    ratios.push(readMs / scanMs);
    processorRatios.push(processorRatio);
    say(
      `  run ${run}: scan ${scanMs.toFixed(0)} ms, read ${readMs.toFixed(0)} ms, ratio ${(readMs / scanMs).toFixed(2)} (processor ${processorRatio.toFixed(2)}), ${told}`,
    );
  }
  const peak = process.resourceUsage().maxRSS / 1024;
  say(
    `  median ratio ${median(ratios).toFixed(2)} (processor ${median(processorRatios).toFixed(2)}), peak memory so far ${peak.toFixed(0)} MB`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'bench-intake-'));
try {
  await bench(folder, 'plain');
  await bench(folder, 'quoted');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
