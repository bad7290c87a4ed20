import { type Cell, openSpreadsheet, type Sheet } from '../../platform/files/spreadsheet-file.ts';
import { ENTRY_COLUMNS, type EntryCell } from './entry-columns.ts';
import { EMPTY_LIST_NOTICE, type ListContext, type ListHead, type ListWriter } from './export-context.ts';
import { SOURCES_WIDTHS, sourcesRows } from './xlsx-sources.ts';

const IS_DATE = ENTRY_COLUMNS.map(({ type }) => type === 'date');

function cellOf(value: EntryCell, column: number): Cell {
  return IS_DATE[column] && typeof value === 'string' ? { date: value } : value;
}

/**
 * `liste-DD.xlsx`: a sheet « Liste » (typed columns, frozen header and names, filter) and a sheet « Sources ».
 * Rows go to disk as they come. The same entries give the same bytes: the date inside is the reference date.
 */
export async function openXlsxList(path: string, context: ListContext, head: ListHead): Promise<ListWriter> {
  const spreadsheet = openSpreadsheet(path, context.asOf);
  const sheet: Sheet = await spreadsheet.sheet('Liste', {
    widths: ENTRY_COLUMNS.map((column) => column.width),
    frozen: { rows: 1, columns: 2 },
    filtered: true,
  });
  await sheet.rows([ENTRY_COLUMNS.map((column) => ({ bold: column.title }))]);
  let count = 0;
  return {
    async add(rows) {
      count += rows.length;
      await sheet.rows(rows.map(({ cells }) => cells.map(cellOf)));
    },
    async close() {
      if (count === 0) await sheet.rows([[EMPTY_LIST_NOTICE]]);
      await sheet.close();
      const sources = await spreadsheet.sheet('Sources', { widths: SOURCES_WIDTHS });
      await sources.rows(sourcesRows(context, head, count));
      await sources.close();
      spreadsheet.close();
    },
  };
}
