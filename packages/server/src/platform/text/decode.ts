import { StringDecoder } from 'node:string_decoder';
import { LATIN_9_LETTERS, type TextEncoding, WINDOWS_1252_UPPER } from './encodings.ts';

interface ChunkDecoder {
  write(bytes: Buffer): string;
  end(): string;
}

/**
 * One byte, one character. V8 keeps such text in one byte a character, which the parsers read fastest; the few characters
 * that differ from ISO-8859-1 are replaced only where there are any. ISO-8859-15 texts keep the Windows-1252 reading of
 * 0x80–0x9F: it has only control characters there, and senders do mix the two.
 */
class LatinDecoder implements ChunkDecoder {
  readonly #different: RegExp;
  readonly #letters: Map<string, string>;

  constructor(encoding: 'windows-1252' | 'iso-8859-15') {
    this.#letters = new Map();
    for (let byte = 0x80; byte < 0xa0; byte++) {
      this.#letters.set(String.fromCharCode(byte), WINDOWS_1252_UPPER.charAt(byte - 0x80));
    }
    if (encoding === 'iso-8859-15') {
      for (const [byte, letter] of LATIN_9_LETTERS) this.#letters.set(String.fromCharCode(byte), letter);
    }
    this.#different = new RegExp(`[${[...this.#letters.keys()].join('')}]`, 'g');
  }

  write(bytes: Buffer): string {
    const text = bytes.toString('latin1');
    if (text.search(this.#different) < 0) return text;
    return text.replace(this.#different, (letter: string) => this.#letters.get(letter) ?? letter);
  }

  end(): string {
    return '';
  }
}

/** Node reads only little-endian UTF-16: bytes are swapped by pairs, an odd one waits for its other half. */
class BigEndianDecoder implements ChunkDecoder {
  readonly #inner = new StringDecoder('utf16le');
  #odd: Buffer = Buffer.alloc(0);

  write(bytes: Buffer): string {
    const all = Buffer.concat([this.#odd, bytes]);
    const even = all.length - (all.length % 2);
    this.#odd = Buffer.from(all.subarray(even));
    return this.#inner.write(Buffer.from(all.subarray(0, even)).swap16());
  }

  end(): string {
    return this.#inner.end() + (this.#odd.length > 0 ? '\ufffd' : '');
  }
}

function createDecoder(encoding: TextEncoding): ChunkDecoder {
  switch (encoding) {
    case 'utf-8':
      return new StringDecoder('utf8');
    case 'utf-16le':
      return new StringDecoder('utf16le');
    case 'utf-16be':
      return new BigEndianDecoder();
    case 'windows-1252':
    case 'iso-8859-15':
      return new LatinDecoder(encoding);
  }
}

/** Text of `bytes` (a whole, or a head whose last character may be cut and is then left out). */
export function decodeHead(bytes: Uint8Array, encoding: TextEncoding, bomBytes: number): string {
  return createDecoder(encoding).write(Buffer.from(bytes.subarray(bomBytes)));
}

/**
 * Bytes that become one text. V8 keeps what is larger than 128 KB (at two bytes a character) among its large objects, where
 * a text that a collection of young objects finds in use stays until the next full collection: memory grew with the file.
 */
const PIECE_BYTES = 48 * 1024;

/** Text of a stream, piece by piece, never cutting a character; the first `bomBytes` bytes are skipped. */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
  bomBytes: number,
): AsyncGenerator<string> {
  const decoder = createDecoder(encoding);
  let toSkip = bomBytes;
  for await (const chunk of chunks) {
    const skipped = Math.min(toSkip, chunk.length);
    toSkip -= skipped;
    for (let at = skipped; at < chunk.length; at += PIECE_BYTES) {
      const length = Math.min(PIECE_BYTES, chunk.length - at);
      const text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset + at, length));
      if (text.length > 0) yield text;
    }
  }
  const rest = decoder.end();
  if (rest.length > 0) yield rest;
}
