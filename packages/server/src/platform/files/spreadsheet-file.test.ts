import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import {
  type Cell,
  firstSheetRows,
  openSpreadsheet,
  type SheetLayout,
  type SpreadsheetFile,
} from './spreadsheet-file.ts';
import { escapeXml } from './spreadsheet-parts.ts';
import { openZipFile } from './zip-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tableur-'));
  path = join(folder, 'a');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Unpacked {
  readonly name: string;
  readonly text: string;
  readonly time: number;
}

/** Reads a ZIP with another library, which checks sizes and checksums. */
async function unpack(): Promise<Unpacked[]> {
  const zip = await yauzl.openPromise(path);
  const entries: Unpacked[] = [];
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    entries.push({ name: entry.fileName, text, time: entry.lastModFileTime });
  }
  return entries;
}

describe('zip', () => {
  test('gives back what was written, and tells no time', async () => {
    const long = Array.from({ length: 40_000 }, (_, index) => `ligne ${index} é€\n`);
    const zip = openZipFile(path);
    for (const [name, texts] of [
      ['a.xml', ['é', '', 'b']],
      ['b/long.txt', long],
      ['empty', []],
    ] as const) {
      const entry = zip.entry(name);
      for (const text of texts) await entry.write(text);
      await entry.close();
    }
    zip.close();
    expect(await unpack()).toEqual([
      { name: 'a.xml', text: 'éb', time: 0 },
      { name: 'b/long.txt', text: long.join(''), time: 0 },
      { name: 'empty', text: '', time: 0 },
    ]);
  });
});

const ROWS: Cell[][] = [
  [{ bold: 'Nom' }, { bold: 'Né le' }, { bold: 'Âge' }],
  ['0012 <&"> =1+1 \u0001\n', { date: '2008-02-29' }, 17],
  [null, null, -1.5],
];

const LAYOUT: SheetLayout = { widths: [10, 20, 30], frozen: { rows: 1, columns: 2 }, filtered: true };

async function writeSheets(): Promise<void> {
  const file = openSpreadsheet(path, '2025-11-15');
  const first = await file.sheet('Liste', LAYOUT);
  for (const row of ROWS) await first.rows([row]);
  await first.close();
  await closeWithSecond(file, 'x'.repeat(40_000));
}

async function closeWithSecond(file: SpreadsheetFile, text: string): Promise<void> {
  const second = await file.sheet('Sources', { widths: [5] });
  await second.rows([[text]]);
  await second.close();
  file.close();
}

describe('spreadsheet', () => {
  test('a first sheet that is carried makes the file that writing it would', async () => {
    await writeSheets();
    const written = readFileSync(path);
    const other = openSpreadsheet(path, '2024-01-31');
    other.carry('Liste', LAYOUT, ROWS.length, written);
    await closeWithSecond(other, 'autre');
    const between = readFileSync(path);
    expect(between).not.toEqual(written);
    const again = openSpreadsheet(path, '2025-11-15');
    again.carry('Liste', LAYOUT, ROWS.length, between);
    await closeWithSecond(again, 'x'.repeat(40_000));
    expect(readFileSync(path)).toEqual(written);
    expect((await unpack()).map(({ name }) => name)).toContain('xl/worksheets/sheet1.xml');
  });

  test('rows as they stood, in any places and between others, make the sheet that telling them anew would', async () => {
    const write = async (rows: readonly (readonly Cell[] | Buffer)[]) => {
      const file = openSpreadsheet(path, '2025-11-15');
      const sheet = await file.sheet('Liste', LAYOUT);
      await sheet.rows(rows);
      await sheet.close();
      file.close();
      return readFileSync(path);
    };
    const text = fc.string({ unit: fc.constantFrom(...'aé😀 r="A1"<row/>&\n'), maxLength: 12 });
    const date = fc.constantFrom('2008-02-29', '2025-11-15').map((day) => ({ date: day }));
    const row = fc.tuple(text, date, fc.oneof(fc.integer(), fc.constant(null)));
    const rows = fc.array(fc.record({ row, was: fc.option(fc.nat(), { nil: undefined }) }), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (drawn) => {
        const before = drawn.filter(({ was }) => was !== undefined);
        before.sort((left, right) => (left.was ?? 0) - (right.was ?? 0));
        const kept = firstSheetRows(await write(before.map((each) => each.row)));
        expect(kept).toHaveLength(before.length);
        const today = drawn.map((each) => kept[before.indexOf(each)] ?? each.row);
        expect(await write(today)).toEqual(await write(drawn.map((each) => each.row)));
      }),
    );
  });

  test('carries nothing from what is no spreadsheet of its own, nor a second sheet', async () => {
    const file = openSpreadsheet(path, '2025-11-15');
    for (const from of [Buffer.alloc(0), Buffer.from('PK'), Buffer.alloc(200)])
      expect(() => file.carry('Liste', LAYOUT, 1, from)).toThrow('does not begin with');
    await closeWithSecond(file, 'x');
    expect(() => file.carry('Liste', LAYOUT, 1, readFileSync(path))).toThrow('only the first sheet');
  });

  test('is read back by exceljs with its types and layout', async () => {
    await writeSheets();
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(path);
    expect(workbook.creator).toBe('Raccroche');
    expect(workbook.created).toEqual(new Date('2025-11-15T00:00:00Z'));
    const sheet = workbook.getWorksheet('Liste');
    expect(sheet?.getCell('A1')).toMatchObject({ value: 'Nom', font: { bold: true } });
    expect(sheet?.getCell('A2')).toMatchObject({ value: '0012 <&"> =1+1  ', numFmt: '@' });
    expect(sheet?.getCell('B2')).toMatchObject({
      value: new Date('2008-02-29T00:00:00Z'),
      numFmt: 'dd/mm/yyyy',
    });
    expect(sheet?.getCell('C2').value).toBe(17);
    expect(sheet?.getCell('A3').value).toBeNull();
    expect(sheet?.getCell('C3').value).toBe(-1.5);
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: 1, topLeftCell: 'C2' });
    expect(sheet?.autoFilter).toBe('A1:C3');
    expect([1, 2, 3].map((column) => sheet?.getColumn(column).width)).toEqual([10, 20, 30]);
    expect(workbook.getWorksheet('Sources')?.getCell('A1').value).toHaveLength(32_767);
  });

  test('has the parts that the standard asks for, and the same bytes each time', async () => {
    await writeSheets();
    const bytes = readFileSync(path);
    expect((await unpack()).map((entry) => entry.name)).toEqual([
      'xl/worksheets/sheet1.xml',
      'xl/worksheets/sheet2.xml',
      'xl/workbook.xml',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'docProps/core.xml',
      '_rels/.rels',
      '[Content_Types].xml',
    ]);
    expect((await unpack())[2]?.text).toContain('>Liste!$A$1:$C$3</definedName>');
    await writeSheets();
    expect(readFileSync(path)).toEqual(bytes);
  });

  test('has as many columns as asked for', async () => {
    const file = openSpreadsheet(path, '2025-11-15');
    const sheet = await file.sheet('Liste', { widths: Array<number>(704).fill(8) });
    await sheet.rows([Array.from({ length: 704 }, (_, index) => index)]);
    await sheet.close();
    file.close();
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(path);
    const read = workbook.getWorksheet('Liste');
    for (const [name, value] of [
      ['Z1', 25],
      ['AA1', 26],
      ['ZZ1', 701],
      ['AAA1', 702],
      ['AAB1', 703],
    ] as const)
      expect(read?.getCell(name).value).toBe(value);
  });
});

test.each([
  ['a & b < c > "d"', 'a &amp; b &lt; c &gt; &quot;d&quot;'],
  ['\u0000\ud800x\ufffe', ' x '],
  ['😀 l’été', '😀 l’été'],
])('escapes %j', (text, expected) => expect(escapeXml(text)).toBe(expected));
