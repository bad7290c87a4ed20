import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ROW_KINDS, type RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { emptyRowsSql } from './canonical-views.ts';
import { stagedColumns } from './interchange-columns.ts';
import type { CopiedRows } from './plain-csv-copy.ts';
import { type StagingWriter, stagedTypes } from './staging/staging-writer.ts';
import { leftOutColumnsSql, rowsParquet, validatedRowsSql } from './validate/rows-sql.ts';

/** Rows of one plain CSV, already validated. */
export interface PlainRows extends CopiedRows {
  readonly fileKey: number;
  readonly kind: RowKind;
}

export interface ValidatedRowsRequest {
  readonly asOf: CivilDate;
  readonly folder: string;
  readonly writers: Readonly<Record<RowKind, StagingWriter>>;
  readonly plain: readonly PlainRows[];
}

/**
 * Of every row where it lies among those of its scan, from 1. Who asks for it has one thread read them in that order; for nobody else
 * is it worked out.
 */
const PLACE = 'row_number() OVER () AS place';

/**
 * Validates the staged rows and makes `sources.rows_<kind>`: all validated rows of a kind, whichever way they came,
 * and `sources.excluded`, the rows told a second time in their file.
 */
export async function openValidatedRows(database: Database, request: ValidatedRowsRequest): Promise<void> {
  for (const kind of ROW_KINDS) {
    const parts = [emptyRowsSql(kind, request.asOf), ...plainPart(request, kind)];
    if (request.writers[kind].rows > 0) parts.push(await validateStaged(database, request, kind));
    await database.run(
      `CREATE OR REPLACE VIEW sources.rows_${kind} AS ${parts.join('\nUNION ALL BY NAME ')}`,
    );
  }
  await excludeDuplicates(database);
}

/**
 * All Parquet files of a kind in one scan: the engine would open as many parts at once as there are, each with its buffers.
 * Numbers of copies lead to files and to the place of their first rows.
 */
function plainPart(request: ValidatedRowsRequest, kind: RowKind): string[] {
  const plain = request.plain.filter((rows) => rows.kind === kind);
  if (plain.length === 0) return [];
  const byNo = new Map(plain.map((rows) => [rows.copyNo, rows]));
  const places = Math.max(...byNo.keys());
  const list = (value: (rows: PlainRows) => number) =>
    `[${Array.from({ length: places }, (_, index) => {
      const rows = byNo.get(index + 1);
      return rows === undefined ? 'NULL' : value(rows);
    }).join(', ')}]`;
  // In the order of their first files: rows then come in an order that the files alone tell.
  const first = new Map<string, number>();
  for (const { parquet, fileKey } of plain)
    first.set(parquet, Math.min(fileKey, first.get(parquet) ?? fileKey));
  const parquets = [...first].sort((a, b) => a[1] - b[1]).map(([parquet]) => literal(parquet));
  return [
    `SELECT file_no, (file_row_number - first_row + 1)::INTEGER AS ordinal, 0::INTEGER AS sub,
      (file_row_number - first_row + 2)::VARCHAR AS position, * EXCLUDE (file_row_number, first_row, file_no)${leftOutColumnsSql(kind, request.asOf)}
    FROM (SELECT list_extract(${list(({ fileKey }) => fileKey)}, copy_no)::BIGINT AS file_no,
        list_extract(${list(({ firstRow }) => firstRow)}, copy_no)::BIGINT AS first_row, * EXCLUDE (copy_no), ${PLACE}
      FROM read_parquet([${parquets.join(', ')}], file_row_number = true, union_by_name = true)) WHERE file_no IS NOT NULL`,
  ];
}

async function validateStaged(
  database: Database,
  request: ValidatedRowsRequest,
  kind: RowKind,
): Promise<string> {
  const columns = stagedColumns(kind);
  const types = stagedTypes(columns);
  const parquet = join(request.folder, `staged-${kind}.parquet`);
  const { path, rows } = request.writers[kind];
  const rowBytes = statSync(path).size / rows;
  const from = `read_csv(${literal(path)}, auto_detect = false, header = false, delim = ';',
    quote = '"', escape = '"', columns = {${types}}, strict_mode = true, nullstr = '', max_line_size = 4194304)`;
  const select = validatedRowsSql({
    kind,
    asOf: request.asOf,
    from,
    present: new Set(columns),
    origin: 'staged',
  });
  await database.run(`COPY (SELECT file_key AS file_no, * EXCLUDE (file_key) FROM (${select}))
    TO ${literal(parquet)} ${rowsParquet(rowBytes)}`);
  return `SELECT *, ${PLACE} FROM read_parquet(${literal(parquet)})`;
}

/**
 * Source: rules §8: an `identifiant_source` or an INE a second time in one file rejects the second row. An INE comes back
 * rightly where the rows are events (two diplomas, a contract after a broken one): see docs/adr/0004.
 */
async function excludeDuplicates(database: Database): Promise<void> {
  await database.run(
    'CREATE OR REPLACE TABLE sources.excluded (file_no BIGINT, ordinal INTEGER, position VARCHAR, code VARCHAR, field VARCHAR)',
  );
  for (const kind of ROW_KINDS) {
    for (const { column, code, field } of DUPLICATE_KEYS.filter((key) =>
      key.kinds.some((each) => each === kind),
    )) {
      await database.run(
        `INSERT INTO sources.excluded
         WITH told AS (SELECT file_no, ordinal, position, ${column} AS key FROM sources.rows_${kind}
           WHERE sub = 0 AND outcome = 'record' AND ${column} IS NOT NULL),
         -- Numbers first, for nearly all keys are told once: grouping a country's texts takes twice the time and room.
         alike AS (SELECT hash(file_no, key) AS h FROM told GROUP BY h HAVING count(*) > 1),
         suspect AS MATERIALIZED (SELECT * FROM told WHERE hash(file_no, key) IN (SELECT h FROM alike)),
         twice AS (SELECT file_no, key, min(ordinal) AS first FROM suspect GROUP BY file_no, key HAVING count(*) > 1)
         SELECT t.file_no, t.ordinal, t.position, '${code}', '${field}' FROM suspect t JOIN twice USING (file_no, key)
         WHERE t.ordinal > twice.first
           AND NOT EXISTS (SELECT 1 FROM sources.excluded x WHERE x.file_no = t.file_no AND x.ordinal = t.ordinal)`,
      );
    }
  }
}

const DUPLICATE_KEYS = [
  { column: 'source_id', code: 'doublon_identifiant_source', field: 'identifiant_source', kinds: ROW_KINDS },
  { column: 'ine', code: 'doublon_ine', field: 'ine', kinds: ['inscriptions'] },
] as const satisfies readonly { column: string; code: string; field: string; kinds: readonly RowKind[] }[];
