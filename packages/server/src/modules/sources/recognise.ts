import type { FileKind } from '@raccroche/contract';
import { decodeHead } from '../../platform/text/decode.ts';
import { findUtf16, readHead } from '../../platform/text/detect-encoding.ts';
import { surveyUtf8 } from '../../platform/text/utf8-survey.ts';
import { looksLikeForeignFormat, looksLikeZip } from './opening/signatures.ts';
import { FileRejection } from './reader.ts';
import { looksLikeDeaths } from './readers/insee-deaths.ts';
import { readWorkbookHeader } from './readers/xlsx-rows.ts';
import { findHeader, findKindOfHeader } from './recognise-csv.ts';
import { findJsonKind } from './recognise-json.ts';

/** Enough for the first payload or header of any format. */
const HEAD_BYTES = 65_536;

/**
 * What a file is, from its content and never from its name.
 * Throws FileRejection: fichier_vide, fichier_non_reconnu, for a workbook also what its archive is refused for.
 */
export async function recogniseFile(bytes: () => AsyncIterable<Uint8Array>): Promise<FileKind> {
  const head = await readHead(bytes(), HEAD_BYTES);
  if (looksLikeZip(head)) return recogniseWorkbook(bytes);
  if (looksLikeForeignFormat(head)) throw new FileRejection('fichier_non_reconnu');
  return recogniseText(await decodeBeginning(head));
}

/** What a text is, from its decoded beginning (the whole of a short one). Throws as `recogniseFile`. */
export function recogniseText(head: string): FileKind {
  const text = head.replace(/^[\ufeff\s]+/, '');
  if (text === '' || /^\[\s*\]\s*$/.test(text)) throw new FileRejection('fichier_vide');
  const kind = findKind(text);
  if (kind === undefined) throw new FileRejection('fichier_non_reconnu');
  return kind;
}

function findKind(text: string): FileKind | undefined {
  if (text.startsWith('<')) return isSiecle(text) ? 'siecle-xml' : undefined;
  if (text.startsWith('[') || text.startsWith('{')) return findJsonKind(text);
  if (looksLikeDeaths(text)) return 'insee-deces';
  // The parsers of XML and JSON refuse control characters by themselves.
  if (hasControlCharacters(text)) return undefined;
  const header = findHeader(text);
  return header === undefined ? undefined : findKindOfHeader(header);
}

/** The root element decides. Behind a DTD it is looked for anywhere: the reader then says why the file is refused. */
function isSiecle(text: string): boolean {
  if (/<!DOCTYPE/i.test(text)) return /<BEE_ELEVES[\s>]|<!DOCTYPE\s+BEE_ELEVES/.test(text);
  return /^<BEE_ELEVES[\s>]/.test(text.replace(/^(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->|\s)+/, ''));
}

/** Control characters other than tab, line ends and form feed: they stand in no text of ours, only in binary files. */
function hasControlCharacters(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 && (code < 0x09 || code > 0x0d)) return true;
  }
  return false;
}

async function decodeBeginning(head: Buffer): Promise<string> {
  const utf16 = findUtf16(head);
  if (utf16) return decodeHead(head, utf16.encoding, utf16.bomBytes);
  const { validUtf8 } = await surveyUtf8(once(head));
  return decodeHead(head, validUtf8 ? 'utf-8' : 'windows-1252', 0);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function recogniseWorkbook(bytes: () => AsyncIterable<Uint8Array>): Promise<FileKind> {
  const kind = findKindOfHeader(await readWorkbookHeader(bytes));
  // Of all formats only the CFA effectifs also come as a workbook.
  if (kind !== 'cfa-effectifs') throw new FileRejection('fichier_non_reconnu');
  return kind;
}
