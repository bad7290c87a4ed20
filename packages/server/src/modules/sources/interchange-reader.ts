import type { RowKind } from '@raccroche/contract';
import { INDISPENSABLE_COLUMNS, interchangeColumns } from './interchange-columns.ts';
import { openText } from './opening/open-text.ts';
import { FileRejection, type ReaderInput, type RowSink } from './reader.ts';
import { readCsvRows } from './readers/csv-rows.ts';
import { snakeHeader } from './readers/header-names.ts';

/**
 * Says which interchange column each header is; undefined for one that is not of the format.
 * Throws FileRejection: colonne_double, colonne_obligatoire_absente.
 */
export function interchangeHeader(kind: RowKind, header: readonly string[]): (string | undefined)[] {
  const known = new Set(interchangeColumns(kind).map(({ name }) => name));
  const columns = header.map((cell) => {
    const name = snakeHeader(cell);
    return known.has(name) ? name : undefined;
  });
  for (const [index, name] of columns.entries()) {
    if (name !== undefined && columns.indexOf(name) !== index)
      throw new FileRejection('colonne_double', name);
  }
  const names = columns.includes('nom_famille') || columns.includes('nom_usage');
  const missing =
    INDISPENSABLE_COLUMNS[kind].find((name) => !columns.includes(name)) ??
    (names ? undefined : 'nom_famille');
  if (missing !== undefined) throw new FileRejection('colonne_obligatoire_absente', missing);
  return columns;
}

/** Tells once each column that is not read. */
export function tellUnknownColumns(
  header: readonly string[],
  columns: readonly (string | undefined)[],
  sink: RowSink,
): void {
  for (const [index, cell] of header.entries()) {
    if (columns[index] === undefined && cell.trim() !== '')
      sink.fileWarning('colonne_inconnue', cell.trim().slice(0, 80));
  }
}

/** Interchange CSV the careful way: whatever the encoding, quoted line ends, malformed lines one by one. */
export async function readInterchange(kind: RowKind, { bytes }: ReaderInput, sink: RowSink): Promise<void> {
  const { text } = await openText(bytes, sink);
  let header: (string | undefined)[] | undefined;
  const seen: string[] = [];
  const shape = {
    // Headers come one by one, in order: the whole is judged when the first row comes.
    columnOf: (cell: string) => {
      seen.push(cell);
      const name = snakeHeader(cell);
      return interchangeColumns(kind).find((column) => column.name === name)?.name;
    },
    required: INDISPENSABLE_COLUMNS[kind],
  };
  await readCsvRows(
    text,
    shape,
    (row, position) => {
      if (header === undefined) {
        header = interchangeHeader(kind, seen);
        tellUnknownColumns(seen, header, sink);
      }
      sink.row(position, [{ kind, values: Object.fromEntries(row) }]);
    },
    sink,
  );
}
