import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../../platform/duckdb/database.ts';
import { giveSecondName } from '../../../platform/files/second-name.ts';
import { indexPage, reportPage } from './html-report.ts';
import { type DeliveryReport, readReports } from './read-reports.ts';
import { issueMessage } from './rejects.ts';
import { counted, frenchDate, kindLabel, leftOut, places, placeWord, size, verdict } from './report-words.ts';

/** Name of a report's page: readable, safe as a file name, and unique by the delivery id. */
export function reportFileName(report: DeliveryReport, rank: number): string {
  const readable = report.path.replace(/[^A-Za-z0-9.-]+/g, '_').slice(-60);
  return `${String(rank).padStart(5, '0')}-${readable}.html`;
}

export type PageWritten = (path: string, bytes: Buffer) => void;

/** Pages written without a pause: whoever waits for the engine meanwhile, several times a statement, gets his turn between two of these. */
const PAGES_AT_ONCE = 10;

/**
 * Writes one page a delivered file, and `index.html`, in a folder that holds nothing else. `before`: such a folder of an earlier campaign; of its
 * pages, those that say to the byte what is to be said stand here under a second name. `written` is told each page that stands, and its bytes.
 */
export async function writeDeliveryReports(
  database: Database,
  folder: string,
  { before, written }: { readonly before?: string | undefined; readonly written?: PageWritten } = {},
): Promise<void> {
  const reports = await readReports(database);
  const names = reports.map((report, index) => reportFileName(report, index + 1));
  for (const [index, report] of reports.entries()) {
    if (index % PAGES_AT_ONCE === 0) await setImmediate();
    const [name, page] = [names[index] ?? '', Buffer.from(reportPage(report))];
    writePage(name, page, { folder, before });
    written?.(join(folder, name), page);
  }
  writeFileSync(join(folder, 'index.html'), indexPage(reports, names));
}

/** To hold a page against one that is there, and to name that twice, costs a fraction of making a file. */
function writePage(
  name: string,
  page: Buffer,
  { folder, before }: { readonly folder: string; readonly before: string | undefined },
): void {
  const [kept, path] = [before && join(before, name), join(folder, name)];
  if (kept !== undefined && isThere(kept, page)) giveSecondName(kept, path);
  else writeFileSync(path, page);
}

/** Whether a file of its own holds these bytes. What cannot be read is not them. */
function isThere(path: string, bytes: Buffer): boolean {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size === bytes.length && readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

/** The same for a terminal. */
export function deliveryReportText(report: DeliveryReport): string {
  const facts = [
    kindLabel(report.kind),
    report.sender,
    report.uai,
    frenchDate(report.extractedOn),
    size(report.bytes),
  ];
  return [
    report.path,
    `  ${facts.filter((fact) => fact !== null).join(' · ')}`,
    `  ${verdict(report)}`,
    ...(report.rejected
      ? []
      : [
          `  ${counted(report.rows, 'ligne')} = ${counted(report.records, 'enregistrement')} + ${counted(report.rejects, 'rejet')} + ${leftOut(report)}`,
        ]),
    ...report.problems.flatMap((problem) => [
      `  ${problem.severity === 'rejet' ? 'REJET' : 'avertissement'} ×${problem.count}  ${issueMessage(problem.code, problem.field)}`,
      `      ${problem.positions.length > 0 ? `${placeWord(report.kind)} ` : ''}${places(problem)}`,
    ]),
  ].join('\n');
}
