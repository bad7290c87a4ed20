import { readCsvRecords } from '../../../platform/text/csv-records.ts';
import { FileRejection, type RowSink } from '../reader.ts';

/** Values of one row by normalised header; a header that nobody asked for is never put in. */
export type CsvRow = ReadonlyMap<string, string>;

export interface CsvShape {
  /** Name by which a column is known, from its header as written; undefined for a column that is not read. */
  readonly columnOf: (header: string) => string | undefined;
  /** Columns without which no row could be used. */
  readonly required: readonly string[];
}

/** The delimiter of a header line: the one of `;`, `,` and tab that stands in it most often outside quotes. */
export function delimiterOf(header: string): ';' | ',' | '\t' {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string): number => bare.split(delimiter).length;
  if (count(';') >= count(',') && count(';') >= count('\t')) return ';';
  return count(',') >= count('\t') ? ',' : '\t';
}

/**
 * The columns that a header line gives, by position. Throws FileRejection: colonne_double (a wanted column twice),
 * colonne_obligatoire_absente.
 */
export function columnsOf(header: readonly string[], shape: CsvShape): (string | undefined)[] {
  const columns = header.map(shape.columnOf);
  for (const [index, column] of columns.entries()) {
    if (column !== undefined && columns.indexOf(column) !== index) {
      throw new FileRejection('colonne_double', column);
    }
  }
  const missing = shape.required.find((column) => !columns.includes(column));
  if (missing !== undefined) throw new FileRejection('colonne_obligatoire_absente', missing);
  return columns;
}

/** Wanted values of a row. Cells that are empty are left out. */
export function pickRow(columns: readonly (string | undefined)[], cells: readonly string[]): CsvRow {
  const row = new Map<string, string>();
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index];
    if (column === undefined) continue;
    const cell = cells[index]?.trim();
    if (cell !== undefined && cell !== '') row.set(column, cell);
  }
  return row;
}

/**
 * Rows of a CSV text of a sender, with the physical line where each starts. Lines that cannot be split are rejected
 * one by one (`ligne_illisible`). Throws FileRejection for the file as a whole.
 */
export async function readCsvRows(
  text: () => AsyncIterable<string>,
  shape: CsvShape,
  onRow: (row: CsvRow, position: string) => void,
  sink: Pick<RowSink, 'reject' | 'drained'>,
): Promise<void> {
  const delimiter = delimiterOf(await firstLine(text()));
  let columns: (string | undefined)[] | undefined;
  let rows = 0;
  const listener = {
    record(fields: readonly string[], line: number): void {
      if (columns === undefined) {
        columns = columnsOf(fields, shape);
        return;
      }
      rows++;
      if (fields.length === columns.length) onRow(pickRow(columns, fields), String(line));
      else sink.reject(String(line), 'ligne_illisible');
    },
    malformed(line: number): void {
      // Without its header a file cannot be read at all.
      if (columns === undefined) throw new FileRejection('fichier_tronque');
      rows++;
      sink.reject(String(line), 'ligne_illisible');
    },
  };
  await readCsvRecords(text(), delimiter, listener, () => sink.drained());
  if (rows === 0) throw new FileRejection('fichier_vide');
}

async function firstLine(chunks: AsyncIterable<string>): Promise<string> {
  let head = '';
  for await (const chunk of chunks) {
    head = (head + chunk).trimStart();
    if (head.length > 65_536 || /[\r\n]/.test(head)) break;
  }
  return head.split(/[\r\n]/, 1)[0] ?? '';
}
