import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { SaxesParser } from 'saxes';
import { DELIVERIES } from './expectations.ts';

/** One row of a delivered file, with the identifiers and schools that it names. Key: `file@position`. */
export interface DeliveredRow {
  readonly key: string;
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

/** Deliveries that must be refused as a whole: nothing is read from them here. */
const BROKEN_FOLDER = 'casse/';
const SIDECAR_SUFFIX = '.meta.json';

/** Bytes of the only entry of a zip written by build-archives.ts. */
export function unzipOnlyEntry(zip: Buffer): Buffer {
  const packedBytes = zip.readUInt32LE(18);
  const start = 30 + zip.readUInt16LE(26) + zip.readUInt16LE(28);
  return inflateRawSync(zip.subarray(start, start + packedBytes));
}

function decodeXml(bytes: Buffer): string {
  const encoding = /encoding="([^"]+)"/.exec(bytes.subarray(0, 100).toString('latin1'))?.[1] ?? 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

function siecleRows(file: string, bytes: Buffer): DeliveredRow[] {
  const rows: { key: string; values: { name: string; value: string }[] }[] = [];
  let inPupil = false;
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    text = '';
    if (tag.name !== 'ELEVE') return;
    inPupil = true;
    rows.push({ key: `${file}@${tag.attributes.ELEVE_ID}`, values: [] });
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('closetag', (tag) => {
    if (tag.name === 'ELEVE') inPupil = false;
    else if (inPupil) rows.at(-1)?.values.push({ name: tag.name, value: text });
  });
  parser.write(decodeXml(bytes)).close();
  return rows;
}

/** Every leaf of a JSON value with the name of the property that holds it. */
function leavesOf(name: string, value: unknown): { name: string; value: string }[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [{ name, value: String(value) }];
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(name, item));
  return Object.entries(value).flatMap(([key, item]) => leavesOf(key, item));
}

function jsonRows(file: string, values: readonly unknown[]): DeliveredRow[] {
  return values.map((value, index) => ({ key: `${file}@${index + 1}`, values: leavesOf('', value) }));
}

function csvRows(file: string, text: string): DeliveredRow[] {
  const delimiter = (text.split('\n')[0] ?? '').includes(';') ? ';' : ',';
  const rows: string[][] = parse(text, { delimiter });
  const [header = [], ...data] = rows;
  let line = 2;
  return data.map((cells) => {
    const key = `${file}@${line}`;
    line += 1 + cells.join('').split('\n').length - 1;
    return { key, values: cells.map((value, column) => ({ name: header[column] ?? '', value })) };
  });
}

/** Rows of the first sheet as the texts that its CSV source holds, header first. */
export async function sheetTexts(bytes: Buffer): Promise<string[][]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  const rows: string[][] = [];
  workbook.worksheets[0]?.eachRow((row, number) => {
    const cells = Array.isArray(row.values) ? row.values.slice(1) : [];
    rows[number - 1] = Array.from(cells, (cell) =>
      cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? ''),
    );
  });
  return rows;
}

async function rowsOf(file: string): Promise<DeliveredRow[]> {
  const bytes = readFileSync(join(DELIVERIES, file));
  if (file.endsWith('.xml')) return siecleRows(file, bytes);
  if (file.endsWith('.zip')) return siecleRows(file, unzipOnlyEntry(bytes));
  if (file.endsWith('.json')) return jsonRows(file, JSON.parse(bytes.toString('utf8')) as unknown[]);
  if (file.endsWith('.jsonl')) {
    const lines = bytes.toString('utf8').trimEnd().split('\n');
    return jsonRows(
      file,
      lines.map((line): unknown => JSON.parse(line)),
    );
  }
  if (file.endsWith('.csv')) return csvRows(file, bytes.toString('utf8'));
  const [header = [], ...data] = await sheetTexts(bytes);
  return data.map((cells, index) => ({
    key: `${file}@${index + 2}`,
    values: cells.map((value, column) => ({ name: header[column] ?? '', value })),
  }));
}

/** Paths of the delivered files, relative to the deliveries and sorted; `sidecars` chooses which of the two kinds. */
export function deliveredFiles(sidecars: boolean): string[] {
  return readdirSync(DELIVERIES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(DELIVERIES, join(entry.parentPath, entry.name)))
    .filter((file) => file.endsWith(SIDECAR_SUFFIX) === sidecars)
    .sort();
}

/** Every row of every file that can be read, told without any of the program's own code. */
export async function readDeliveredRows(): Promise<DeliveredRow[]> {
  const files = deliveredFiles(false).filter((file) => !file.startsWith(BROKEN_FOLDER));
  return (await Promise.all(files.map(rowsOf))).flat();
}
