import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { FileRejection } from './reader.ts';

/** What one pass over the bytes of a delivered file tells. */
export interface FileSurvey {
  readonly sha256: string;
  readonly bytes: number;
  /**
   * Line feeds, when the file is such that DuckDB and our own splitter must read it alike: valid UTF-8, no quote,
   * no NUL, line ends all LF or all CRLF. Undefined otherwise: it is then read the careful way.
   */
  readonly plainLines: number | undefined;
  readonly endsWithLineFeed: boolean;
}

const CHUNK_BYTES = 1024 * 1024;
const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** Hashes the file and counts its lines. Throws FileRejection: fichier_illisible, fichier_vide. */
export async function surveyFile(path: string): Promise<FileSurvey> {
  const hash = createHash('sha256');
  const lines = new LineSurvey();
  let bytes = 0;
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw new FileRejection('fichier_illisible');
    await access(path, constants.R_OK);
    for await (const chunk of createReadStream(path, {
      highWaterMark: CHUNK_BYTES,
    }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      lines.add(chunk);
      bytes += chunk.length;
    }
  } catch (cause) {
    throw cause instanceof FileRejection
      ? cause
      : new FileRejection('fichier_illisible', undefined, { cause });
  }
  const { plainLines, endsWithLineFeed } = lines;
  return { sha256: hash.digest('hex'), bytes, plainLines, endsWithLineFeed };
}

class LineSurvey {
  endsWithLineFeed = false;
  #plain = true;
  #lineFeeds = 0;
  #returns = 0;
  /** Bytes of a character cut by the end of a chunk. */
  #rest: Buffer = Buffer.alloc(0);

  get plainLines(): number | undefined {
    const endsAlike = this.#returns === 0 || this.#returns === this.#lineFeeds;
    return this.#plain && endsAlike && this.#rest.length === 0 ? this.#lineFeeds : undefined;
  }

  add(chunk: Buffer): void {
    this.endsWithLineFeed = chunk[chunk.length - 1] === LF;
    // Once it is known that the file is not plain, only its hash matters.
    if (!this.#plain) return;
    if (chunk.includes(QUOTE) || chunk.includes(0)) {
      this.#plain = false;
      return;
    }
    this.#checkUtf8(chunk);
    this.#lineFeeds += count(chunk, LF);
    if (chunk.includes(CR)) this.#returns += count(chunk, CR);
  }

  #checkUtf8(chunk: Buffer): void {
    const joined = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const whole = joined.length - cutBytes(joined);
    if (!isUtf8(joined.subarray(0, whole))) this.#plain = false;
    this.#rest = Buffer.from(joined.subarray(whole));
  }
}

/** Bytes at the end that begin a character without ending it: 0 to 3. */
function cutBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

function count(chunk: Buffer, byte: number): number {
  let found = 0;
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) found += 1;
  return found;
}
