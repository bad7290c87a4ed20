import { INTAKE_ISSUES, type IntakeIssueCode } from '@raccroche/contract';
import type { Database } from '../../../platform/duckdb/database.ts';
import { openTextFile } from '../../../platform/files/text-file.ts';

const HEADER = ['fichier', 'position', 'champ', 'code', 'message', 'gravite'];
/** Lines written at one go: a campaign may have half a million. */
const PAGE_LINES = 20_000;

interface ProblemKind {
  readonly code: string;
  readonly field: string | null;
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
  const kinds = await database.all<ProblemKind>('SELECT DISTINCT code, field, severity FROM sources.issues');
  // The engine sorts once and makes whole pages of text: to bring over each cell of each line costs several times as much.
  await database.run(PAGES_SQL, [JSON.stringify(kinds.map(withEnding))]);
  const file = openTextFile(path);
  try {
    file.write(`\ufeff${HEADER.join(';')}\r\n`);
    for (let page = 0; ; page += 1) {
      const [found] = await database.all<{ lines: string }>(
        'SELECT lines FROM sources.reject_pages WHERE page = $1',
        [page],
      );
      if (found === undefined) break;
      file.write(found.lines);
    }
  } finally {
    file.close();
  }
  await database.run('DROP TABLE sources.reject_pages');
}

/** With what stands behind the position in each of its lines. */
function withEnding({ code, field, severity }: ProblemKind) {
  const cells = [field ?? '', code, issueMessage(code, field), severity];
  return { code, field, severity, ending: `;${cells.map(cell).join(';')}\r\n` };
}

function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** `cell` of a text that is not NULL, as SQL. */
function cellSql(value: string): string {
  const harmless = `CASE WHEN regexp_matches(${value}, '^[=+\\-@\\t\\r]') THEN '''' ELSE '' END || ${value}`;
  return `CASE WHEN regexp_matches(${value}, '[";\\r\\n]') THEN '"' || replace(${harmless}, '"', '""') || '"' ELSE ${harmless} END`;
}

/** `sources.reject_pages`: the lines of the file, by `page`, from 0. $1: `withEnding` of each kind of problem, as JSON. */
const PAGES_SQL = `CREATE OR REPLACE TABLE sources.reject_pages AS
  WITH kinds AS (SELECT unnest(from_json($1::JSON,
      '[{"code":"VARCHAR","field":"VARCHAR","severity":"VARCHAR","ending":"VARCHAR"}]'), recursive := true)),
    named AS (SELECT file_no, path, ${cellSql('path')} || ';' AS name FROM sources.files),
    told AS (
      SELECT f.name || ${cellSql("coalesce(i.position, '')")} || k.ending AS line, row_number() OVER (
        ORDER BY f.path, i.ordinal NULLS FIRST, i.field NULLS FIRST, i.code, i.severity, i.position) - 1 AS place
      FROM sources.issues i JOIN named f USING (file_no)
      JOIN kinds k ON k.code = i.code AND k.severity = i.severity AND k.field IS NOT DISTINCT FROM i.field)
  SELECT place // ${PAGE_LINES} AS page, string_agg(line, '' ORDER BY place) AS lines FROM told GROUP BY ALL`;
