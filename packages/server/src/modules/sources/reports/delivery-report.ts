import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../../platform/duckdb/database.ts';
import { indexPage, reportPage } from './html-report.ts';
import { type DeliveryReport, readReports } from './read-reports.ts';
import { issueMessage } from './rejects.ts';
import { counted, frenchDate, kindLabel, leftOut, places, placeWord, size, verdict } from './report-words.ts';

/** Name of a report's page: readable, safe as a file name, and unique by the delivery id. */
export function reportFileName(report: DeliveryReport, rank: number): string {
  const readable = report.path.replace(/[^A-Za-z0-9.-]+/g, '_').slice(-60);
  return `${String(rank).padStart(5, '0')}-${readable}.html`;
}

/** Writes one page a delivered file, and `index.html`. */
export async function writeDeliveryReports(database: Database, folder: string): Promise<void> {
  const reports = await readReports(database);
  const names = reports.map((report, index) => reportFileName(report, index + 1));
  for (const [index, report] of reports.entries()) {
    writeFileSync(join(folder, names[index] ?? ''), reportPage(report));
  }
  writeFileSync(join(folder, 'index.html'), indexPage(reports, names));
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
