import { announcedXmlEncoding, LATIN_9_LETTERS, type TextEncoding } from './encodings.ts';
import { surveyUtf8 } from './utf8-survey.ts';

export interface DetectedEncoding {
  readonly encoding: TextEncoding;
  /** Bytes of the byte order mark, to be skipped. */
  readonly bomBytes: number;
  /** True when the text announces another encoding than the one that its bytes are in. */
  readonly corrected: boolean;
}

/** The encoding announced is none that can be read, and the bytes are not UTF-8 either. */
export class UnknownEncodingError extends Error {
  constructor() {
    super('unknown text encoding');
    this.name = 'UnknownEncodingError';
  }
}

/** Bytes looked at to tell UTF-16 without a mark, and the prologue. */
const HEAD_BYTES = 4096;

/** The first `size` bytes of a stream (fewer when it is shorter); the stream is closed. */
export async function readHead(chunks: AsyncIterable<Uint8Array>, size: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    // Copied: the sender of chunks may use its buffer again.
    parts.push(Uint8Array.from(chunk.subarray(0, size - length)));
    length += chunk.length;
    if (length >= size) break;
  }
  return Buffer.concat(parts);
}

/** UTF-16 from its mark, or from the zeros that Western text has in every second byte. */
export function findUtf16(head: Uint8Array): DetectedEncoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2, corrected: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2, corrected: false };
  const pairs = Math.floor(Math.min(head.length, HEAD_BYTES) / 2);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < pairs * 2; index += 2) {
    if (head[index] === 0) evenZeros++;
    if (head[index + 1] === 0) oddZeros++;
  }
  const mostly = pairs * 0.8;
  if (pairs === 0 || evenZeros + oddZeros === 0) return undefined;
  if (oddZeros > mostly && evenZeros === 0) return { encoding: 'utf-16le', bomBytes: 0, corrected: false };
  if (evenZeros > mostly && oddZeros === 0) return { encoding: 'utf-16be', bomBytes: 0, corrected: false };
  return undefined;
}

/**
 * Tells Windows-1252 from ISO-8859-15 for a text known not to be UTF-8: the former alone has letters and quotes in
 * 0x80–0x9F; without any, the eight letters of the latter (œ, Œ, Ÿ, €…) are likelier in names than ½ or ¦.
 * 0xB4 does not count: it is the acute accent that some keyboards give for an apostrophe.
 */
async function guessLatin(chunks: AsyncIterable<Uint8Array>): Promise<TextEncoding> {
  let latin9 = false;
  for await (const chunk of chunks) {
    for (const byte of chunk) {
      if (byte < 0x80) continue;
      if (byte < 0xa0) return 'windows-1252';
      if (byte !== 0xb4 && LATIN_9_LETTERS.has(byte)) latin9 = true;
    }
  }
  return latin9 ? 'iso-8859-15' : 'windows-1252';
}

/** XML and JSON are UTF-8 unless they say otherwise; a CSV announces nothing. */
function impliesUtf8(head: Uint8Array): boolean {
  return /^\s*[<{[]/.test(Buffer.from(head).toString('latin1'));
}

/**
 * Decides how a text is to be read, from all of its bytes: a late invalid byte never loses the file.
 * `open` gives the bytes from the start at each call. Throws UnknownEncodingError.
 */
export async function detectEncoding(open: () => AsyncIterable<Uint8Array>): Promise<DetectedEncoding> {
  const head = await readHead(open(), HEAD_BYTES);
  const utf16 = findUtf16(head);
  if (utf16) return utf16;
  const bomBytes = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const announced = announcedXmlEncoding(head.subarray(bomBytes).toString('latin1'));
  const survey = await surveyUtf8(open());
  if (survey.validUtf8) {
    const told = announced === undefined || announced === 'utf-8' || survey.ascii || bomBytes > 0;
    return { encoding: 'utf-8', bomBytes, corrected: !told };
  }
  if (announced === 'unknown') throw new UnknownEncodingError();
  if (announced === 'iso-8859-15' || announced === 'windows-1252') {
    return { encoding: announced, bomBytes, corrected: bomBytes > 0 };
  }
  const corrected = announced !== undefined || bomBytes > 0 || impliesUtf8(head);
  return { encoding: await guessLatin(open()), bomBytes, corrected };
}
