import type { RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import type { Blanks, PlainDelimiter } from './plain-text-survey.ts';
import { noteRepeats } from './repeated-rows.ts';
import { countRows, NO_ROWS, type RowCounts } from './row-counts.ts';
import { rowsParquet, validatedRowsSql } from './validate/rows-sql.ts';

/** What one pass of DuckDB needs to know of a CSV: files of one shape are read together. */
export interface PlainCsvShape {
  readonly kind: RowKind;
  readonly delimiter: PlainDelimiter;
  readonly columns: readonly (string | undefined)[];
  readonly blanks: Blanks;
}

/** CSVs of one shape that are read in one pass, in their order; their rows go to `parquet`. */
export interface PlainCsvCopy {
  readonly paths: readonly string[];
  /** Number of the first file, the others following: no two copies of one intake share a number. From 1. */
  readonly firstNo: number;
  readonly shape: PlainCsvShape;
  readonly asOf: CivilDate;
  /** Bytes of a line on average; what it is worth is only speed. */
  readonly rowBytes: number;
  /** Small on disk rather than fast: for many. */
  readonly compressed: boolean;
  readonly parquet: string;
}

/** Where the rows of one CSV are in a Parquet file: those of `copy_no`, one after the other from the row `firstRow` (from 0). */
export interface CopiedRows {
  readonly parquet: string;
  readonly copyNo: number;
  readonly firstRow: number;
  readonly counts: RowCounts;
}

/**
 * Bytes that one pass takes at most, unless one file is larger: a pass costs its planning, which thousands of small files
 * must not pay each; and one that fails is done again file by file.
 */
export const BATCH_BYTES = 32 * 1024 * 1024;

/** A longer first line is no header. */
export const HEADER_BYTES_MAX = 65_536;

/** The first line of a file that begins with `head`, without its byte order mark; undefined when empty or too long for a header. */
export function headerIn(head: Buffer): string | undefined {
  const text = head.toString('utf8', 0, HEADER_BYTES_MAX).replace(/^\ufeff/, '');
  const end = text.search(/[\r\n]/);
  return end > 0 ? text.slice(0, end) : undefined;
}

/** Same text, same shape. */
export function shapeKey({ kind, delimiter, columns, blanks }: PlainCsvShape): string {
  return JSON.stringify([kind, delimiter, blanks, columns.map((name) => name ?? null)]);
}

/**
 * Reads, validates and writes the rows of several CSVs in one pass; notes which are told twice, and counts them. Undefined when DuckDB finds a line that is not like the
 * header in any of them; never throws.
 */
export async function runPlainCsvCopy(
  database: Database,
  copy: PlainCsvCopy,
): Promise<readonly CopiedRows[] | undefined> {
  const { shape, asOf, rowBytes, compressed, parquet } = copy;
  const { kind, delimiter, columns, blanks } = shape;
  const names = columns.map((name, index) => name ?? `inconnue_${index + 1}`);
  const sql = validatedRowsSql({
    kind,
    asOf,
    from: readCsvSql(copy, delimiter, names),
    present: new Set(columns.filter((name) => name !== undefined)),
    origin: 'interchange',
    blanks,
  });
  try {
    await database.run(
      `COPY (${sql}) TO ${literal(parquet)} ${rowsParquet(rowBytes, compressed ? 'lz4_raw' : 'uncompressed')}`,
    );
    await noteRepeats(database, kind, parquet, columns);
    return await rowsOfEach(database, copy);
  } catch {
    return undefined;
  }
}

async function rowsOfEach(
  database: Database,
  { paths, firstNo, parquet }: PlainCsvCopy,
): Promise<CopiedRows[]> {
  const counted = await countRows(database, parquet, { file: 'copy_no', where: 'true' });
  let firstRow = 0;
  return paths.map((_path, index) => {
    const copyNo = firstNo + index;
    const counts = counted.get(copyNo) ?? NO_ROWS;
    const found = { parquet, copyNo, firstRow, counts };
    firstRow += counts.rows;
    return found;
  });
}

/**
 * No guess is left to DuckDB: a guess would depend on the first rows. One thread reads a file: several would cut its rows elsewhere than one, and how many
 * the engine has changes while it reads (`spareThread`). Several files are read at a time (`reading-lanes.ts`).
 */
function readCsvSql({ paths, firstNo }: PlainCsvCopy, delimiter: string, names: readonly string[]): string {
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  const list = `[${paths.map(literal).join(', ')}]`;
  const csv = `${list}, auto_detect = false, header = true, delim = ${literal(delimiter)}, quote = '"', escape = '"',
      columns = {${columns}}, strict_mode = true, parallel = false, nullstr = '', max_line_size = 1048576`;
  // The name of the file in every row costs: only where it tells files apart.
  if (paths.length === 1) return `(SELECT ${firstNo}::INTEGER AS copy_no, * FROM read_csv(${csv}))`;
  return `(SELECT (list_position(${list}, x_path) + ${firstNo - 1})::INTEGER AS copy_no, * EXCLUDE (x_path) FROM
    read_csv(${csv}, filename = 'x_path'))`;
}
