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
    this.#countLines(chunk);
    if (chunk.includes(CR)) this.#returns += count(chunk, CR);
    this.#oddBlanks ||= ODD_BYTES.some((byte) => chunk.includes(byte));
    this.#checkCharacters(chunk);
    this.#first = false;
  }

  #countLines(chunk: Buffer): void {
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) {
      this.#lineFeeds += 1;
      if (chunk[at - 1] === SPACE || chunk[at + 1] === SPACE) this.#edges.see(LF);
    }
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

type Place = PlainDelimiter | 'line';

/** Where a space stands beside one of these bytes, blanks stand around values: beside a line end or a quote, whatever parts values. */
const PLACES: ReadonlyMap<number, Place> = new Map([
  [SEMICOLON, ';'],
  [COMMA, ','],
  [LF, 'line'],
  [CR, 'line'],
  [QUOTE, 'line'],
]);

/**
 * Beside which delimiters spaces stand. The native search for two bytes stops at each first one of them, or from the end at each last one: it is made to stop
 * at the one that is the rarer, which in what is delivered is the space beside semicolons, and the other one elsewhere.
 */
class EdgeSpaces {
  readonly #found: Record<Place, boolean> = { ';': false, ',': false, line: false };

  beside(delimiter: PlainDelimiter): boolean {
    return this.#found.line || this.#found[delimiter];
  }

  /** Line feeds are looked at one by one, by whoever counts them (`see`). */
  add(chunk: Buffer, lastByte: number): void {
    const first = chunk[0] ?? lastByte;
    if (lastByte === SPACE) this.see(first);
    if (first === SPACE) this.see(lastByte);
    if (this.#found.line || (this.#found[';'] && this.#found[','])) return;
    this.#found[';'] ||= chunk.includes(' ;') || chunk.lastIndexOf('; ') >= 0;
    for (const [byte, before, behind] of RARE)
      if (chunk.includes(byte) && (chunk.lastIndexOf(before) >= 0 || chunk.includes(behind))) this.see(byte);
  }

  /** A space stands beside this byte. */
  see(byte: number): void {
    const place = PLACES.get(byte);
    if (place !== undefined) this.#found[place] = true;
  }
}

/** With a space before it and behind. */
const RARE = [COMMA, CR, QUOTE].map(
  (byte) => [byte, Buffer.of(SPACE, byte), Buffer.of(byte, SPACE)] as const,
);

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
