import type { RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { interchangeHeader, tellUnknownColumns } from './interchange-reader.ts';
import { lookAtFile } from './opening/file-chunks.ts';
import type { CopiesAhead } from './plain-csv-ahead.ts';
import { HEADER_BYTES_MAX, headerIn, type PlainCsvCopy, runPlainCsvCopy } from './plain-csv-copy.ts';
import { surveyQuotedCsv } from './quoted-csv-survey.ts';
import { FileRejection, type RowSink } from './reader.ts';
import { delimiterOf } from './readers/csv-rows.ts';
import type { ReceivedFile } from './receive.ts';
import { findHeader } from './recognise-csv.ts';

export interface PlainCsvRequest {
  readonly file: ReceivedFile;
  readonly kind: RowKind;
  readonly asOf: CivilDate;
  /** Parquet file to write unless the rows are there already: its row number is the row's place in the file. */
  readonly parquet: string;
  readonly ahead: CopiesAhead;
  readonly sink: RowSink;
}

/**
 * Reads a plain interchange CSV, or one whose quotes are all well placed, in one pass of DuckDB: read, validate, write.
 * Returns the Parquet file of its rows; undefined, leaving nothing behind that counts, when the file turns out to be none
 * after all (a line of another width, a blank line): it is then read the careful way.
 * Throws FileRejection for a header that cannot be used.
 */
export async function readPlainCsv(
  database: Database,
  request: PlainCsvRequest,
): Promise<string | undefined> {
  const { file, kind, sink } = request;
  const surveyed = file.survey?.text;
  if (surveyed === undefined || file.content?.container !== 'plain') return undefined;
  const head = lookAtFile(file.absolutePath, HEADER_BYTES_MAX)?.head;
  const header = head === undefined ? undefined : headerIn(head);
  if (header === undefined) return undefined;
  const delimiter = delimiterOf(header);
  if (delimiter === '\t') return undefined;
  const text = surveyed === 'quoted' ? await surveyQuotedCsv(file.absolutePath, delimiter) : surveyed;
  if (text === undefined) return undefined;
  const cells = findHeader(header) ?? [];
  const columns = interchangeHeader(kind, cells);
  const rows = text.lineFeeds - (text.endsWithLineFeed ? 1 : 0);
  if (rows === 0) throw new FileRejection('fichier_vide');
  const { asOf, parquet } = request;
  const copy = {
    path: file.absolutePath,
    kind,
    asOf,
    delimiter,
    columns,
    blanks: text.blanks[delimiter],
    rowBytes: file.bytes / text.lineFeeds,
    parquet,
  };
  const written = await copied(database, request.ahead, copy);
  if (written === undefined || (await countRows(database, written)) !== rows) return undefined;
  tellUnknownColumns(cells, columns, sink);
  return written;
}

/** The rows of `copy`: those copied ahead when that was done with at least its care for blanks, else copied now. */
async function copied(
  database: Database,
  ahead: CopiesAhead,
  copy: PlainCsvCopy,
): Promise<string | undefined> {
  const found = ahead.find(copy);
  if (found !== undefined) return (await found.done) ? found.copy.parquet : undefined;
  return (await runPlainCsvCopy(database, copy)) ? copy.parquet : undefined;
}

async function countRows(database: Database, parquet: string): Promise<number> {
  const [written] = await database.all<{ n: string }>(
    `SELECT count(*) AS n FROM read_parquet(${literal(parquet)})`,
  );
  return Number(written?.n);
}
