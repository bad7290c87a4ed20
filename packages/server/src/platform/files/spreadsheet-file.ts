import { inflateRawSync } from 'node:zlib';
import { type CivilDate, daysBetween } from '../../kernel/civil-date.ts';
import {
  contentTypesXml,
  coreXml,
  escapeXml,
  PACKAGE_RELATIONS_XML,
  type SheetSummary,
  STYLES,
  STYLES_XML,
  workbookRelationsXml,
  workbookXml,
} from './spreadsheet-parts.ts';
import { type ByteSink, firstEntryOf, openZipFile, type ZipEntry } from './zip-file.ts';

/**
 * An Office Open XML spreadsheet written as a stream: typed cells, frozen panes, filter, widths; nothing else.
 * Written by hand because it is the slow part of a campaign: 50,000 rows of 38 cells take 10 s of processor through exceljs,
 * about 3 s here, and the bytes are the same at each run. The tests read it back with exceljs.
 */
export interface SpreadsheetFile {
  /** Starts a sheet; the former must be closed. `name`: letters only, at most 31. */
  sheet(name: string, layout: SheetLayout): Promise<Sheet>;
  /**
   * As the first sheet, that of a file which this program wrote, byte for byte. `layout` is that of it, and `rows` the number of
   * its rows, the header being one.
   */
  carry(name: string, layout: SheetLayout, rows: number, from: Buffer): void;
  /** Writes what ties the sheets together, and closes. */
  close(): void;
}

export interface SheetLayout {
  /** In characters. */
  readonly widths: readonly number[];
  /** Rows and columns that stay in sight. */
  readonly frozen?: { readonly rows: number; readonly columns: number };
  /** A filter over all rows and columns, the first row being the header. */
  readonly filtered?: boolean;
}

/** A text, a number, a date, nothing; or a text in bold. Texts are never formulas. */
export type Cell = string | number | null | { readonly date: CivilDate } | { readonly bold: string };

export interface Sheet {
  /** Adds rows, or such as `firstSheetRows` found; await it, and memory stays flat. */
  rows(rows: readonly (readonly Cell[] | Buffer)[]): Promise<void>;
  close(): Promise<void>;
}

/** Day 0 of the calendar of spreadsheets. */
const ORIGIN: CivilDate = '1899-12-30';
/** A cell holds no more characters than this. */
const MAX_CELL_CHARACTERS = 32_767;

/** `target`: a path, or where the bytes go. `madeOn` is told as the date of creation. */
export function openSpreadsheet(target: string | ByteSink, madeOn: CivilDate): SpreadsheetFile {
  const zip = openZipFile(target);
  const sheets: SheetSummary[] = [];
  return {
    carry(name, layout, rows, from) {
      if (sheets.length > 0) throw new Error('only the first sheet of a file is carried');
      const entry = sheetPath(1);
      zip.carry(entry, firstEntryOf(from, entry));
      const filter = filterOf(layout, rows);
      sheets.push({ name, filter: filter && absolute(filter) });
    },
    async sheet(name, layout) {
      const entry = zip.entry(sheetPath(sheets.length + 1));
      return openSheet(entry, layout, (filter) => sheets.push({ name, filter }));
    },
    close() {
      zip.add('xl/workbook.xml', workbookXml(sheets));
      zip.add('xl/_rels/workbook.xml.rels', workbookRelationsXml(sheets.length));
      zip.add('xl/styles.xml', STYLES_XML);
      zip.add('docProps/core.xml', coreXml(madeOn));
      zip.add('_rels/.rels', PACKAGE_RELATIONS_XML);
      zip.add('[Content_Types].xml', contentTypesXml(sheets.length));
      zip.close();
    },
  };
}

const sheetPath = (ordinal: number) => `xl/worksheets/sheet${ordinal}.xml`;

/** The cells that a filter looks at: « A1:C12 ». */
function filterOf({ filtered, widths }: SheetLayout, rows: number): string | undefined {
  return filtered ? `A1:${columnName(Math.max(widths.length - 1, 0))}${Math.max(rows, 1)}` : undefined;
}

async function openSheet(
  entry: ZipEntry,
  layout: SheetLayout,
  onClosed: (filter: string | undefined) => void,
): Promise<Sheet> {
  let count = 0;
  const names = layout.widths.map((_, index) => columnName(index));
  await entry.write(headXml(layout));
  return {
    async rows(rows) {
      const pieces = rows.map((row) => {
        count++;
        return Buffer.isBuffer(row) ? renumbered(row, count) : rowXml(names, row, count);
      });
      await entry.write(joined(pieces));
    },
    async close() {
      const filter = filterOf(layout, count);
      await entry.write(
        `</sheetData>${filter ? `<autoFilter ref="${filter}"/>` : ''}` +
          '<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>',
      );
      await entry.close();
      onClosed(filter && absolute(filter));
    },
  };
}

function rowXml(names: readonly string[], cells: readonly Cell[], row: number): string {
  let xml = `<row r="${row}">`;
  for (const [index, cell] of cells.entries()) xml += cellXml(`${names[index] ?? ''}${row}`, cell);
  return `${xml}</row>`;
}

/** In the attributes of a row and of its cells. No text holds it: its quotes would be escaped. */
const ROW_NUMBER = / r="([A-Z]*)\d+"/g;

/** A row as it stood in a sheet, in another place. */
function renumbered(row: Buffer, place: number): Buffer {
  if (row.toString('latin1', 0, 20).startsWith(`<row r="${place}"`)) return row;
  // Bytes as characters: only what is ASCII is looked for, and all else stays what it is.
  return Buffer.from(row.toString('latin1').replace(ROW_NUMBER, ` r="$1${place}"`), 'latin1');
}

/** The rows of the first sheet of a file that this program wrote, the header being one, as they stand in it. */
export function firstSheetRows(from: Buffer): readonly Buffer[] {
  const { packed, bytes } = firstEntryOf(from, sheetPath(1));
  const xml = inflateRawSync(packed, { maxOutputLength: bytes });
  const rows: Buffer[] = [];
  for (let start = xml.indexOf('<row '); start >= 0; ) {
    const end = xml.indexOf(ROW_END, start) + ROW_END.length;
    rows.push(xml.subarray(start, end));
    start = xml.indexOf('<row ', end);
  }
  return rows;
}

const ROW_END = '</row>';

/** Texts alone become bytes at one go. */
function joined(pieces: readonly (string | Buffer)[]): string | Buffer {
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('');
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

function headXml({ widths, frozen }: SheetLayout): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const pane =
    frozen === undefined
      ? ''
      : `<pane xSplit="${frozen.columns}" ySplit="${frozen.rows}" ` +
        `topLeftCell="${columnName(frozen.columns)}${frozen.rows + 1}" activePane="bottomRight" state="frozen"/>`;
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<cols>${columns.join('')}</cols><sheetData>`
  );
}

function cellXml(reference: string, cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') return textXml(reference, STYLES.text, cell);
  if ('bold' in cell) return textXml(reference, STYLES.header, cell.bold);
  return `<c r="${reference}" s="${STYLES.date}"><v>${daysBetween(ORIGIN, cell.date)}</v></c>`;
}

function textXml(reference: string, style: number, text: string): string {
  const told = escapeXml(text.slice(0, MAX_CELL_CHARACTERS));
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${told}</t></is></c>`;
}

/** A, B, … Z, AA, AB, … for 0, 1, … */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

/** « $A$1:$C$12 » for « A1:C12 ». */
function absolute(range: string): string {
  return range.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
}
