import {
  type Cell,
  firstSheetRows,
  openSpreadsheet,
  type Sheet,
  type SheetLayout,
  type SpreadsheetFile,
} from '../../platform/files/spreadsheet-file.ts';
import { ENTRY_COLUMNS, type EntryCell } from './entry-columns.ts';
import {
  EMPTY_LIST_NOTICE,
  type ListContext,
  type ListHead,
  type ListRow,
  type ListWriter,
} from './export-context.ts';
import { SOURCES_WIDTHS, sourcesRows } from './xlsx-sources.ts';

const IS_DATE = ENTRY_COLUMNS.map(({ type }) => type === 'date');

function cellOf(value: EntryCell, column: number): Cell {
  return IS_DATE[column] && typeof value === 'string' ? { date: value } : value;
}

const LIST_SHEET = 'Liste';
const LIST_LAYOUT: SheetLayout = {
  widths: ENTRY_COLUMNS.map((column) => column.width),
  frozen: { rows: 1, columns: 2 },
  filtered: true,
};

/** Takes rows too as they stand in a file of this kind (`xlsxRows`). */
export interface XlsxList extends ListWriter {
  add(rows: readonly (ListRow | Buffer)[]): Promise<void>;
}

/**
 * `liste-DD.xlsx`: a sheet « Liste » (typed columns, frozen header and names, filter) and a sheet « Sources ».
 * Rows go to disk as they come. The same entries give the same bytes: the date inside is the reference date.
 */
export async function openXlsxList(path: string, context: ListContext, head: ListHead): Promise<XlsxList> {
  const spreadsheet = openSpreadsheet(path, context.asOf);
  const sheet: Sheet = await spreadsheet.sheet(LIST_SHEET, LIST_LAYOUT);
  await sheet.rows([ENTRY_COLUMNS.map((column) => ({ bold: column.title }))]);
  let count = 0;
  return {
    async add(rows) {
      count += rows.length;
      await sheet.rows(rows.map((row) => (Buffer.isBuffer(row) ? row : row.cells.map(cellOf))));
    },
    async close() {
      if (count === 0) await sheet.rows([[EMPTY_LIST_NOTICE]]);
      await sheet.close();
      await closeWithSources(spreadsheet, context, head, count);
    },
  };
}

/** The rows of its entries, in their order, as they stand in the file. */
export function xlsxRows(file: Buffer): readonly Buffer[] {
  return firstSheetRows(file).slice(1);
}

/** The same file where the sheet « Liste » tells, row by row, what it told in another campaign, whose file `from` is. */
export async function carryXlsxList(
  path: string,
  context: ListContext,
  head: ListHead,
  { count, from }: { readonly count: number; readonly from: Buffer },
): Promise<void> {
  const spreadsheet = openSpreadsheet(path, context.asOf);
  spreadsheet.carry(LIST_SHEET, LIST_LAYOUT, 1 + Math.max(count, 1), from);
  await closeWithSources(spreadsheet, context, head, count);
}

async function closeWithSources(
  spreadsheet: SpreadsheetFile,
  context: ListContext,
  head: ListHead,
  count: number,
): Promise<void> {
  const sources = await spreadsheet.sheet('Sources', { widths: SOURCES_WIDTHS });
  await sources.rows(sourcesRows(context, head, count));
  await sources.close();
  spreadsheet.close();
}
