import { openTextFile } from '../../platform/files/text-file.ts';
import { ENTRY_COLUMNS, type EntryCell } from './entry-columns.ts';
import {
  frenchDate,
  type ListContext,
  type ListRow,
  type ListWriter,
  missingSourcesText,
} from './export-context.ts';

const SEPARATOR = ';';
/** Excel takes a CSV for UTF-8 only with this mark at its head. */
const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';

/** Characters by which a spreadsheet takes a cell for a formula; full-width forms are read likewise in some locales. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;

/** Most texts by far: nothing in them, nor at their ends, that a cell would tell otherwise. One look instead of six. */
const ORDINARY = /^[0-9A-Za-zÀ-ÖØ-öø-ÿ](?:[0-9A-Za-zÀ-ÖØ-öø-ÿ '’.,:/()_@+-]*[0-9A-Za-zÀ-ÖØ-öø-ÿ.)])?$/;

/**
 * A value as a CSV cell; a number with the comma of French spreadsheets. A text that a spreadsheet would run as a formula gets an apostrophe before it;
 * line ends and other control characters become spaces, so that a row is always one line.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value).replace('.', ',');
  if (ORDINARY.test(value)) return value;
  const safe = FORMULA_START.test(value.trimStart()) || FORMULA_START.test(value) ? `'${value}` : value;
  const line = safe.replace(/\p{Cc}+/gu, ' ').trim();
  return /[;"]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}

/** Rows as the text of a CSV for French spreadsheets, each cell by `csvCell`. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return BYTE_ORDER_MARK + rows.map((cells) => cells.map(csvCell).join(SEPARATOR) + LINE_END).join('');
}

const IS_DATE = ENTRY_COLUMNS.map(({ type }) => type === 'date');

function cellOf(value: EntryCell, column: number): string {
  return IS_DATE[column] && typeof value === 'string' ? frenchDate(value) : csvCell(value);
}

/**
 * `liste-DD.csv`: one header, one line an entry. Where required sources are missing, a last column says which on each line:
 * a line that is copied elsewhere keeps its warning.
 */
export function openCsvList(path: string, context: ListContext): ListWriter {
  const file = openTextFile(path);
  const lineOf = csvLineOf(context);
  const names = ENTRY_COLUMNS.map((column) => column.name);
  const header = missingSourcesText(context) === null ? names : [...names, 'sources_manquantes'];
  file.write(BYTE_ORDER_MARK + header.join(SEPARATOR) + LINE_END);
  return {
    add(rows) {
      for (const row of rows) file.write(lineOf(row));
    },
    close: () => file.close(),
  };
}

/** The line of an entry, with its end. */
export function csvLineOf(context: ListContext): (row: ListRow) => string {
  const missing = missingSourcesText(context);
  const last = missing === null ? [] : [csvCell(missing)];
  return ({ cells }) => [...cells.map(cellOf), ...last].join(SEPARATOR) + LINE_END;
}

/** The lines of such a file, each with its end, the header first. */
export function csvLines(file: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < file.length; ) {
    const end = file.indexOf(LINE_END, start) + LINE_END.length;
    lines.push(file.subarray(start, end));
    start = end;
  }
  return lines;
}
