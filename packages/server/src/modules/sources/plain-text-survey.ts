import { isAscii, isUtf8 } from 'node:buffer';

/** Blanks around the values of a text: none at all, spaces only, or others that `String.prototype.trim` takes away. */
export type Blanks = 'none' | 'spaces' | 'odd';

/** A text that DuckDB and our own splitter must read alike: valid UTF-8, no NUL, line ends all LF or all CRLF. */
export interface PlainText {
  readonly lineFeeds: number;
  readonly endsWithLineFeed: boolean;
  /** Blanks that may stand around a value when values are parted by ';' or by ','. */
  readonly blanks: Readonly<Record<PlainDelimiter, Blanks>>;
}

export type PlainDelimiter = ';' | ',';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const SEMICOLON = 0x3b;
const COMMA = 0x2c;
const QUOTE = 0x22;
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
  readonly #edges = new EdgeSpaces();
  #lastByte = LF;
  #lineFeeds = 0;
  #returns = 0;
  #first = true;
  /** Bytes of a character cut by the end of a chunk. */
  #rest: Buffer = Buffer.alloc(0);

  /** What was seen; undefined when the text is not plain. */
  get found(): PlainText | undefined {
    const endsAlike = this.#returns === 0 || this.#returns === this.#lineFeeds;
    if (!this.#plain || !endsAlike || this.#rest.length > 0) return undefined;
    const blanks = (delimiter: PlainDelimiter): Blanks => {
      if (this.#oddBlanks) return 'odd';
      return this.#edges.beside(delimiter) || this.#lastByte === SPACE ? 'spaces' : 'none';
    };
    return {
      lineFeeds: this.#lineFeeds,
      endsWithLineFeed: this.#lastByte === LF,
      blanks: { ';': blanks(';'), ',': blanks(',') },
    };
  }

  add(chunk: Buffer): void {
    if (!this.#plain || chunk.length === 0) return;
    if (chunk.includes(0)) {
      this.#plain = false;
      return;
    }
    this.#edges.add(chunk, this.#lastByte);
    this.#lastByte = chunk[chunk.length - 1] ?? LF;
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

/**
 * Beside which delimiters spaces stand; beside a line end or a quote counts for both. Spaces are rarer than delimiters:
 * it is their neighbours that are looked at.
 */
class EdgeSpaces {
  #semicolon = false;
  #comma = false;
  #line = false;

  beside(delimiter: PlainDelimiter): boolean {
    return this.#line || (delimiter === ';' ? this.#semicolon : this.#comma);
  }

  add(chunk: Buffer, lastByte: number): void {
    if (lastByte === SPACE) this.#look(chunk[0]);
    for (let at = chunk.indexOf(SPACE); at >= 0 && !this.#done; at = chunk.indexOf(SPACE, at + 1)) {
      this.#look(at === 0 ? lastByte : chunk[at - 1]);
      this.#look(chunk[at + 1]);
    }
  }

  get #done(): boolean {
    return this.#line || (this.#semicolon && this.#comma);
  }

  #look(neighbour: number | undefined): void {
    if (neighbour === SEMICOLON) this.#semicolon = true;
    else if (neighbour === COMMA) this.#comma = true;
    else if (neighbour === LF || neighbour === CR || neighbour === QUOTE) this.#line = true;
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
