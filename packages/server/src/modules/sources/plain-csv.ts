import { open } from 'node:fs/promises';
import type { RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { interchangeHeader, tellUnknownColumns } from './interchange-reader.ts';
import { surveyQuotedCsv } from './quoted-csv-survey.ts';
import { FileRejection, type RowSink } from './reader.ts';
import { delimiterOf } from './readers/csv-rows.ts';
import type { ReceivedFile } from './receive.ts';
import { findHeader } from './recognise-csv.ts';
import { ROWS_PARQUET, validatedRowsSql } from './validate/rows-sql.ts';

export interface PlainCsvRequest {
  readonly file: ReceivedFile;
  readonly kind: RowKind;
  readonly asOf: CivilDate;
  /** Parquet file to write: its row number is the row's place in the file. */
  readonly parquet: string;
  readonly sink: RowSink;
}

const HEADER_BYTES_MAX = 65_536;

/**
 * Reads a plain interchange CSV, or one whose quotes are all well placed, in one pass of DuckDB: read, validate, write.
 * Returns false, leaving nothing behind that counts, when the file turns out to be none after all (a line of another
 * width, a blank line): it is then read the careful way. Throws FileRejection for a header that cannot be used.
 */
export async function readPlainCsv(database: Database, request: PlainCsvRequest): Promise<boolean> {
  const { file, kind, asOf, parquet, sink } = request;
  const surveyed = file.survey?.text;
  if (surveyed === undefined || file.content?.container !== 'plain') return false;
  const header = await readHeader(file.absolutePath);
  if (header === undefined) return false;
  const delimiter = delimiterOf(header);
  if (delimiter === '\t') return false;
  const text = surveyed === 'quoted' ? await surveyQuotedCsv(file.absolutePath, delimiter) : surveyed;
  if (text === undefined) return false;
  const cells = findHeader(header) ?? [];
  const columns = interchangeHeader(kind, cells);
  const rows = text.lineFeeds - (text.endsWithLineFeed ? 1 : 0);
  if (rows === 0) throw new FileRejection('fichier_vide');
  const names = columns.map((name, index) => name ?? `inconnue_${index + 1}`);
  try {
    await database.run(
      `COPY (${validatedRowsSql({
        kind,
        asOf,
        from: readCsvSql(file.absolutePath, delimiter, names),
        present: new Set(columns.filter((name) => name !== undefined)),
        keep: [],
        sub: '0',
        strict: "'1'",
        oddBlanks: text.oddBlanks,
      })}) TO ${literal(parquet)} ${ROWS_PARQUET}`,
    );
  } catch {
    return false;
  }
  const [written] = await database.all<{ n: string }>(
    `SELECT count(*) AS n FROM read_parquet(${literal(parquet)})`,
  );
  if (Number(written?.n) !== rows) return false;
  tellUnknownColumns(cells, columns, sink);
  return true;
}

async function readHeader(path: string): Promise<string | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES_MAX), 0, HEADER_BYTES_MAX, 0);
    const text = buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '');
    const end = text.search(/[\r\n]/);
    return end > 0 ? text.slice(0, end) : undefined;
  } finally {
    await file.close();
  }
}

/** No guess is left to DuckDB: a guess would depend on the first rows. */
function readCsvSql(path: string, delimiter: string, names: readonly string[]): string {
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ${literal(delimiter)}, quote = '"',
    escape = '"', columns = {${columns}}, strict_mode = true, nullstr = '', max_line_size = 1048576)`;
}
