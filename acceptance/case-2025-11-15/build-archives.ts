/**
 * Makes the three binary deliveries from their readable sources, so that a person can read and change them:
 *   sources/college-2024.zip/…      -> deliveries/siecle/college-2024.zip
 *   sources/chiffre.zip/…           -> deliveries/casse/chiffre.zip (says that it is encrypted)
 *   sources/effectifs.xlsx.csv      -> deliveries/cfa/effectifs.xlsx
 * Run: npx tsx acceptance/case-2025-11-15/build-archives.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';

const CASE_FOLDER = dirname(fileURLToPath(import.meta.url));
const INNER_NAME = 'ElevesAvecAdresses.xml';
/** 1 January 2025, 00:00, as MS-DOS writes it: the same bytes whenever the script runs. */
const DOS_DATE = ((2025 - 1980) << 9) | (1 << 5) | 1;
const ENCRYPTED_FLAG = 1;
const DEFLATE = 8;

/** A zip of one entry. With `encrypted`, the entry says so and its bytes make no sense without a key. */
function zipOf(name: string, content: Buffer, encrypted: boolean): Buffer {
  const packed = deflateRawSync(content);
  const body = encrypted
    ? Buffer.concat([Buffer.alloc(12, 0x5a), packed.map((byte) => byte ^ 0x5a)])
    : packed;
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(encrypted ? ENCRYPTED_FLAG : 0, 2);
  fields.writeUInt16LE(DEFLATE, 4);
  fields.writeUInt16LE(DOS_DATE, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(body.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), body]);
  const madeBy = Buffer.from([20, 0]);
  const directory = Buffer.concat([
    Buffer.from('PK\x01\x02', 'latin1'),
    madeBy,
    fields,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

function isDateColumn(name: string): boolean {
  return /(^|_)date(_|$)/.test(name);
}

/** Texts stay texts (leading zeros), dates become the date cells that a spreadsheet would hold. */
async function workbookOf(csv: string): Promise<Buffer> {
  const [header = [], ...rows] = parse(csv, { delimiter: ';' }) as string[][];
  const workbook = new ExcelJS.Workbook();
  workbook.created = new Date('2025-01-01T00:00:00Z');
  workbook.modified = workbook.created;
  const sheet = workbook.addWorksheet('effectifs');
  sheet.addRow(header);
  for (const row of rows) {
    const cells = row.map((text, column) => {
      if (text === '') return null;
      return isDateColumn(header[column] ?? '') ? new Date(`${text}T00:00:00Z`) : text;
    });
    sheet.addRow(cells);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function source(...path: string[]): Buffer {
  return readFileSync(join(CASE_FOLDER, 'sources', ...path));
}

function deliver(path: string, content: Buffer): void {
  writeFileSync(join(CASE_FOLDER, 'deliveries', path), content);
}

deliver('siecle/college-2024.zip', zipOf(INNER_NAME, source('college-2024.zip', INNER_NAME), false));
deliver('casse/chiffre.zip', zipOf(INNER_NAME, source('chiffre.zip', INNER_NAME), true));
deliver('cfa/effectifs.xlsx', await workbookOf(source('effectifs.xlsx.csv').toString('utf8')));
