import { decodeText } from '../../../platform/text/decode.ts';
import { detectEncoding } from '../../../platform/text/detect-encoding.ts';
import { parseXml, type XmlHandlers } from '../../../platform/xml/parse-xml.ts';
import { DEFAULT_UNPACKING_LIMITS } from '../../../platform/zip/unpacking-limits.ts';
import { listZipEntries, type ZipEntry } from '../../../platform/zip/zip-archive.ts';
import { WORKBOOK_ENTRY } from '../opening/signatures.ts';
import { FileRejection } from '../reader.ts';
import { isDateFormat } from './xlsx-dates.ts';

/** A packed workbook is read into memory, since the format needs random access: more is no list of a CFA. */
const LARGEST_WORKBOOK_BYTES = 100_000_000;
/** What is needed of a workbook (XLSX) before its first sheet is read. */
export interface Workbook {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly sharedTexts: readonly string[];
  /** For each cell style, whether it shows numbers as dates. */
  readonly dateStyles: readonly boolean[];
  readonly date1904: boolean;
}

async function readWhole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > LARGEST_WORKBOOK_BYTES) throw new FileRejection('archive_demesuree');
    parts.push(Uint8Array.from(chunk));
  }
  return Buffer.concat(parts);
}

/** Reads all of a workbook but its sheets. Throws FileRejection('fichier_non_reconnu') for an archive that is none. */
export async function openWorkbook(bytes: () => AsyncIterable<Uint8Array>): Promise<Workbook> {
  const packed = await readWhole(bytes());
  const listed = await listZipEntries(packed, packed.length, DEFAULT_UNPACKING_LIMITS);
  const entries = new Map(listed.map((entry) => [entry.name, entry]));
  if (!entries.has(WORKBOOK_ENTRY)) throw new FileRejection('fichier_non_reconnu');
  const sharedTexts: string[] = [];
  const texts = entries.get('xl/sharedStrings.xml');
  if (texts) await parseEntry(texts, sharedTextHandlers(sharedTexts));
  const dateStyles: boolean[] = [];
  const styles = entries.get('xl/styles.xml');
  if (styles) await parseEntry(styles, styleHandlers(dateStyles));
  let date1904 = false;
  await parseEntry(getEntry(entries, WORKBOOK_ENTRY), {
    open(name, attributes) {
      if (local(name) === 'workbookPr') date1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      return false;
    },
    close() {},
  });
  return { entries, sharedTexts, dateStyles, date1904 };
}

/** The first sheet that the workbook names, through its relations. Source: ECMA-376, part 1, §12.3.24. */
export async function getFirstSheet({ entries }: Workbook): Promise<ZipEntry> {
  let relation: string | undefined;
  await parseEntry(getEntry(entries, WORKBOOK_ENTRY), {
    open(name, attributes) {
      if (local(name) === 'sheet') relation ??= attributes['r:id'];
      return false;
    },
    close() {},
  });
  let target = 'worksheets/sheet1.xml';
  const relations = entries.get('xl/_rels/workbook.xml.rels');
  if (relations) {
    await parseEntry(relations, {
      open(_name, attributes) {
        if (relation !== undefined && attributes.Id === relation) target = attributes.Target ?? target;
        return false;
      },
      close() {},
    });
  }
  return getEntry(entries, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
}

function getEntry(entries: ReadonlyMap<string, ZipEntry>, name: string): ZipEntry {
  const entry = entries.get(name);
  if (!entry) throw new FileRejection('fichier_tronque');
  return entry;
}

/** Parses one XML file of the workbook. Throws XmlError, ArchiveError. */
export async function parseEntry(
  entry: ZipEntry,
  handlers: XmlHandlers,
  afterChunk: () => Promise<void> = async () => {},
): Promise<void> {
  const { encoding, bomBytes } = await detectEncoding(() => entry.bytes());
  await parseXml(decodeText(entry.bytes(), encoding, bomBytes), handlers, afterChunk);
}

/** Name of an element without the prefix that some writers put before it. */
export function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** A shared text is the sum of its runs; phonetic ones (`rPh`) are left out. */
function sharedTextHandlers(texts: string[]): XmlHandlers {
  let current = '';
  let phonetic = false;
  return {
    open(name) {
      if (local(name) === 'si') current = '';
      if (local(name) === 'rPh') phonetic = true;
      return local(name) === 't' && !phonetic;
    },
    close(name, text) {
      if (local(name) === 't') current += text;
      else if (local(name) === 'rPh') phonetic = false;
      else if (local(name) === 'si') texts.push(current);
    },
  };
}

function styleHandlers(dateStyles: boolean[]): XmlHandlers {
  const formats = new Map<string, string>();
  let inCellStyles = false;
  return {
    open(name, attributes) {
      if (local(name) === 'numFmt') formats.set(attributes.numFmtId ?? '', attributes.formatCode ?? '');
      else if (local(name) === 'cellXfs') inCellStyles = true;
      else if (local(name) === 'xf' && inCellStyles) {
        const id = attributes.numFmtId ?? '0';
        dateStyles.push(isDateFormat(Number(id), formats.get(id)));
      }
      return false;
    },
    close(name) {
      if (local(name) === 'cellXfs') inCellStyles = false;
    },
  };
}
