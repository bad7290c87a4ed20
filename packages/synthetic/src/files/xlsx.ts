import { epochDay } from '../calendar.ts';
import { zip } from './zip.ts';

/** A cell: text, a number, a civil date (kept as a date of the spreadsheet), or nothing. */
export type Cell = string | number | { readonly date: string } | undefined;

/** Day 1 of spreadsheets is 1 January 1900, with a 29 February 1900 that never was: 1 January 1970 is 25,569. */
const SPREADSHEET_EPOCH_DAYS = 25_569;
/** Number format 14 = the reader's own short date. Style 1 of the sheet. */
const DATE_STYLE = 1;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * A workbook of one sheet, with shared strings as office programs write them; the same cells give the same bytes.
 * The n-th of `rows` (from 0) is row n + 1 of the sheet. Source: ECMA-376, part 1.
 */
export function xlsx(sheet: string, rows: ReadonlyArray<readonly Cell[]>): Buffer {
  const strings = new Map<string, number>();
  const data = rows.map((row, index) => rowXml(row, index + 1, strings)).join('');
  const shared = [...strings.keys()]
    .map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`)
    .join('');
  const file = (name: string, xml: string) => ({ name, bytes: Buffer.from(`${HEAD}${xml}`, 'utf8') });
  return zip([
    file('[Content_Types].xml', contentTypes()),
    file('_rels/.rels', relations([['rId1', `${OFFICE}/relationships/officeDocument`, 'xl/workbook.xml']])),
    file(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><sheets><sheet name="${escapeXml(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    file(
      'xl/_rels/workbook.xml.rels',
      relations([
        ['rId1', `${OFFICE}/relationships/worksheet`, 'worksheets/sheet1.xml'],
        ['rId2', `${OFFICE}/relationships/styles`, 'styles.xml'],
        ['rId3', `${OFFICE}/relationships/sharedStrings`, 'sharedStrings.xml'],
      ]),
    ),
    file('xl/worksheets/sheet1.xml', `<worksheet xmlns="${MAIN}"><sheetData>${data}</sheetData></worksheet>`),
    file('xl/styles.xml', styles()),
    file('xl/sharedStrings.xml', `<sst xmlns="${MAIN}" uniqueCount="${strings.size}">${shared}</sst>`),
  ]);
}

/** Text made safe inside an element or an attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function rowXml(row: readonly Cell[], number: number, strings: Map<string, number>): string {
  const cells = row.map((cell, column) => cellXml(cell, `${columnName(column)}${number}`, strings)).join('');
  return `<row r="${number}">${cells}</row>`;
}

function cellXml(cell: Cell, reference: string, strings: Map<string, number>): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') {
    return `<c r="${reference}" s="${DATE_STYLE}"><v>${epochDay(cell.date) + SPREADSHEET_EPOCH_DAYS}</v></c>`;
  }
  const index = strings.get(cell) ?? strings.size;
  strings.set(cell, index);
  return `<c r="${reference}" t="s"><v>${index}</v></c>`;
}

/** 0 → A, 25 → Z, 26 → AA. */
function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : `${columnName(Math.floor(column / 26) - 1)}${last}`;
}

function contentTypes(): string {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}" ContentType="${TYPES}.${type}+xml"/>`;
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('workbook.xml', 'sheet.main')}${part('worksheets/sheet1.xml', 'worksheet')}${part('styles.xml', 'styles')}${part('sharedStrings.xml', 'sharedStrings')}</Types>`;
}

function relations(links: ReadonlyArray<readonly [id: string, type: string, target: string]>): string {
  const items = links
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`)
    .join('');
  return `<Relationships xmlns="${PACKAGE}/relationships">${items}</Relationships>`;
}

function styles(): string {
  return `<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf numFmtId="14" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>`;
}
