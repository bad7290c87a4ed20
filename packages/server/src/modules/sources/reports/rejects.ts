import { INTAKE_ISSUES, type IntakeIssueCode } from '@raccroche/contract';
import type { Database } from '../../../platform/duckdb/database.ts';
import { openTextFile } from '../../../platform/files/text-file.ts';

const HEADER = ['fichier', 'position', 'champ', 'code', 'message', 'gravite'];
/** Lines read at one go: a campaign may have half a million. */
const PAGE_LINES = 20_000;

interface IssueLine {
  readonly path: string;
  readonly position: string | null;
  readonly field: string | null;
  readonly code: string;
  readonly severity: string;
  readonly [column: string]: unknown;
}

/** The sentence of a problem, with the name of its field in it. An unknown code is told as it is. */
export function issueMessage(code: string, field: string | null): string {
  const definition = INTAKE_ISSUES[code as IntakeIssueCode] as { message: string } | undefined;
  return definition === undefined ? code : definition.message.replaceAll('{champ}', field ?? '?');
}

/**
 * Writes `rejets.csv`: `;`, UTF-8 with BOM, CRLF; what a spreadsheet would take for a formula is made harmless.
 * Sorted by file, then by row. A whole file has an empty position. Source: formats §8, rules §8.
 */
export async function writeRejects(database: Database, path: string): Promise<void> {
  const file = openTextFile(path);
  try {
    file.write(`\ufeff${HEADER.join(';')}\r\n`);
    for (let offset = 0; ; offset += PAGE_LINES) {
      const lines = await database.all<IssueLine>(
        `SELECT f.path, i.position, i.field, i.code, i.severity FROM sources.issues i JOIN sources.files f USING (file_no)
         ORDER BY f.path, i.ordinal NULLS FIRST, i.field NULLS FIRST, i.code, i.severity LIMIT ${PAGE_LINES} OFFSET ${offset}`,
      );
      for (const { path: name, position, field, code, severity } of lines) {
        const cells = [name, position ?? '', field ?? '', code, issueMessage(code, field), severity];
        file.write(`${cells.map(cell).join(';')}\r\n`);
      }
      if (lines.length < PAGE_LINES) return;
    }
  } finally {
    file.close();
  }
}

function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
