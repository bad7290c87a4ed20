import { isAscii, isUtf8 } from 'node:buffer';

/** A text that DuckDB and our own splitter must read alike: valid UTF-8, no NUL, line ends all LF or all CRLF. */
export interface PlainText {
  readonly lineFeeds: number;
  readonly endsWithLineFeed: boolean;
  /** Holds blanks other than the space, which `String.prototype.trim` takes away. */
  readonly oddBlanks: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
/** Blanks of one byte besides the space and line ends. Source: ECMA-262, WhiteSpace. */
const ODD_BYTES = [0x09, 0x0b, 0x0c];
const BOM = Buffer.from('\ufeff');
const ODD_CHARACTERS = ['\u00a0', '\u1680', '\u3000', '\u205f', '\ufeff'].map((text) => Buffer.from(text));
/** U+2000 to U+203F, among which some blanks and the marks of good typography. */
const PUNCTUATION = Buffer.from([0xe2, 0x80]);

/** Looks at the bytes of a text, chunk by chunk, by native searches only: it runs on every byte that is delivered. */
export class PlainTextSurvey {
  #plain = true;
  #oddBlanks = false;
  #endsWithLineFeed = false;
  #lineFeeds = 0;
  #returns = 0;
  #first = true;
  /** Bytes of a character cut by the end of a chunk. */
  #rest: Buffer = Buffer.alloc(0);

  /** What was seen; undefined when the text is not plain. */
  get found(): PlainText | undefined {
    const endsAlike = this.#returns === 0 || this.#returns === this.#lineFeeds;
    if (!this.#plain || !endsAlike || this.#rest.length > 0) return undefined;
    return {
      lineFeeds: this.#lineFeeds,
      endsWithLineFeed: this.#endsWithLineFeed,
      oddBlanks: this.#oddBlanks,
    };
  }

  add(chunk: Buffer): void {
    if (!this.#plain) return;
    if (chunk.includes(0)) {
      this.#plain = false;
      return;
    }
    this.#endsWithLineFeed = chunk[chunk.length - 1] === LF;
    this.#lineFeeds += count(chunk, LF);
    if (chunk.includes(CR)) this.#returns += count(chunk, CR);
    this.#oddBlanks ||= ODD_BYTES.some((byte) => chunk.includes(byte));
    this.#checkCharacters(chunk);
    this.#first = false;
  }

  #checkCharacters(chunk: Buffer): void {
    if (this.#rest.length === 0 && isAscii(chunk)) return;
    const joined = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const whole = joined.subarray(0, joined.length - cutBytes(joined));
    if (!isUtf8(whole)) this.#plain = false;
    const text = this.#first && whole.indexOf(BOM) === 0 ? whole.subarray(BOM.length) : whole;
    this.#oddBlanks ||= hasOddCharacters(text);
    this.#rest = Buffer.from(joined.subarray(whole.length));
  }
}

function hasOddCharacters(text: Buffer): boolean {
  if (ODD_CHARACTERS.some((character) => text.includes(character))) return true;
  for (let at = text.indexOf(PUNCTUATION); at >= 0; at = text.indexOf(PUNCTUATION, at + 3)) {
    const last = text[at + 2] ?? 0;
    // U+2000 to U+200A, U+2028, U+2029, U+202F
    if (last <= 0x8a || last === 0xa8 || last === 0xa9 || last === 0xaf) return true;
  }
  return false;
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
