import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CivilDate } from '../../kernel/civil-date.ts';
import { openDatabase } from '../../platform/duckdb/database.ts';
import { readDeliveries } from './read-deliveries.ts';
import { type DeliveryReport, readReports } from './reports/read-reports.ts';

/** What a campaign would make of one file, and of which establishments it speaks (their UAI, sorted). */
export interface FileInspection {
  readonly report: DeliveryReport;
  readonly establishments: readonly string[];
}

const MEMORY = '1GB';

/** Reads one file, with what stands beside it, as a campaign of that day would; keeps nothing of it. */
export async function inspectFile(path: string, asOf: CivilDate): Promise<FileInspection> {
  const workFolder = mkdtempSync(join(tmpdir(), 'raccroche-'));
  const database = await openDatabase({ memoryLimit: MEMORY, threads: 1, spillFolder: workFolder });
  try {
    await readDeliveries(database, { files: [path], asOf, workFolder });
    const [report] = await readReports(database);
    if (!report) throw new Error('the file was not read');
    const rows = await database.all<{ uai: string }>(
      `SELECT DISTINCT uai FROM (SELECT uai FROM sources.spells UNION ALL SELECT uai FROM sources.contracts) AS told
       WHERE uai IS NOT NULL ORDER BY uai`,
    );
    return { report, establishments: rows.map(({ uai }) => uai) };
  } finally {
    database.close();
    rmSync(workFolder, { recursive: true, force: true });
  }
}
