/** What a reader of CSV is told, in the order of the file. `line` is the physical line, from 1, where the record starts. */
export interface CsvListener {
  record(fields: readonly string[], line: number): void;
  /** Quotes that do not close or close in mid-field, or a record beyond the limit. */
  malformed(line: number): void;
}

/** No row of ours is near this long; a quote that never closes stops costing memory here. */
export const LONGEST_RECORD_CHARACTERS = 1_000_000;

const CARRIAGE_RETURN = 0x0d;

type Taken = { readonly fields: readonly string[]; readonly end: number } | 'incomplete' | 'malformed';

/**
 * Splits CSV text (RFC 4180 quotes; line ends LF, CRLF and CR, also mixed) into records.
 * Malformed text costs one physical line: reading goes on at the next one, so that no later row is lost. That is why this
 * is not left to csv-parse, which after a stray quote swallows the lines that follow.
 * Blank lines are no records. `afterChunk` is awaited once a chunk.
 */
export async function readCsvRecords(
  chunks: AsyncIterable<string>,
  delimiter: string,
  listener: CsvListener,
  afterChunk: () => Promise<void>,
): Promise<void> {
  const splitter = new CsvSplitter(delimiter, listener);
  for await (const chunk of chunks) {
    splitter.write(chunk);
    await afterChunk();
  }
  splitter.end();
}

export class CsvSplitter {
  readonly #delimiter: string;
  readonly #listener: CsvListener;
  #buffer = '';
  #line = 1;
  /** Inside a line given up as too long: everything to its end is dropped. */
  #dropping = false;

  constructor(delimiter: string, listener: CsvListener) {
    this.#delimiter = delimiter;
    this.#listener = listener;
  }

  write(chunk: string): void {
    this.#buffer += chunk;
    this.#split(false);
  }

  end(): void {
    this.#split(true);
  }

  #split(atEnd: boolean): void {
    const text = this.#buffer;
    let from = 0;
    while (from < text.length) {
      const next = this.#dropping ? this.#drop(text, from, atEnd) : this.#take(text, from, atEnd);
      if (next === undefined) break;
      from = next;
    }
    this.#buffer = text.slice(from);
  }

  /** Where the record after the one at `from` begins; undefined when more text is needed. */
  #take(text: string, from: number, atEnd: boolean): number | undefined {
    const plain = takePlainLine(text, from, this.#delimiter);
    if (plain !== undefined) {
      const { fields, end } = plain;
      if (fields.length > 1 || fields[0] !== '') this.#listener.record(fields, this.#line);
      this.#line += 1;
      return end;
    }
    const taken = takeRecord(text, from, this.#delimiter, atEnd);
    if (taken === 'incomplete' && text.length - from <= LONGEST_RECORD_CHARACTERS) return undefined;
    const tooLong = typeof taken !== 'string' && taken.end - from > LONGEST_RECORD_CHARACTERS;
    if (taken === 'incomplete' || taken === 'malformed' || tooLong) {
      this.#listener.malformed(this.#line);
      this.#dropping = true;
      return this.#drop(text, from, atEnd);
    }
    const { fields, end } = taken;
    if (fields.length > 1 || fields[0] !== '') this.#listener.record(fields, this.#line);
    this.#line += countLineEnds(text, from, end);
    return end;
  }

  #drop(text: string, from: number, atEnd: boolean): number | undefined {
    const line = findLineEnd(text, from, atEnd);
    if (line === undefined) {
      // A CR at the very end stays: its LF may follow.
      return text.endsWith('\r') && !atEnd ? keepLast(text, from) : text.length;
    }
    this.#dropping = false;
    this.#line++;
    return line.next;
  }
}

function keepLast(text: string, from: number): number | undefined {
  return from < text.length - 1 ? text.length - 1 : undefined;
}

/** The first line end at or after `from`; undefined when there is none, or when it cannot be told from half a CRLF. */
function findLineEnd(text: string, from: number, atEnd: boolean): { at: number; next: number } | undefined {
  const pattern = /[\r\n]/g;
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  if (!found) return undefined;
  const at = found.index;
  if (text[at] === '\n') return { at, next: at + 1 };
  if (at + 1 === text.length && !atEnd) return undefined;
  return { at, next: text[at + 1] === '\n' ? at + 2 : at + 1 };
}

function countLineEnds(text: string, from: number, end: number): number {
  let count = 0;
  const pattern = /\r\n|\r|\n/g;
  pattern.lastIndex = from;
  for (let found = pattern.exec(text); found && found.index < end; found = pattern.exec(text)) count++;
  return count;
}

/** Nearly all records: one line that ends in LF or CRLF, without quotes. Undefined for any other, and for a record beyond the limit. */
function takePlainLine(
  text: string,
  from: number,
  delimiter: string,
): { readonly fields: readonly string[]; readonly end: number } | undefined {
  const lineFeed = text.indexOf('\n', from);
  if (lineFeed < 0 || lineFeed - from >= LONGEST_RECORD_CHARACTERS) return undefined;
  const stop = text.charCodeAt(lineFeed - 1) === CARRIAGE_RETURN && lineFeed > from ? lineFeed - 1 : lineFeed;
  const line = text.slice(from, stop);
  if (line.includes('"') || line.includes('\r')) return undefined;
  return { fields: line.split(delimiter), end: lineFeed + 1 };
}

function takeRecord(text: string, from: number, delimiter: string, atEnd: boolean): Taken {
  const line = findLineEnd(text, from, atEnd);
  if (!line && !atEnd) return 'incomplete';
  const lineText = text.slice(from, line?.at);
  if (!lineText.includes('"')) return { fields: lineText.split(delimiter), end: line?.next ?? text.length };
  const fields: string[] = [];
  let at = from;
  for (;;) {
    const field = text[at] === '"' ? quotedField(text, at, atEnd) : bareField(text, at, delimiter, atEnd);
    if (typeof field === 'string') return field;
    fields.push(field.value);
    at = field.end;
    if (at >= text.length) return atEnd ? { fields, end: at } : 'incomplete';
    if (text[at] === delimiter) {
      at++;
      continue;
    }
    const end = findLineEnd(text, at, atEnd);
    if (end?.at === at) return { fields, end: end.next };
    // A CR at the end of what is there: its LF may follow.
    return end === undefined && text[at] === '\r' ? 'incomplete' : 'malformed';
  }
}

type Field = { readonly value: string; readonly end: number } | 'incomplete' | 'malformed';

/** A field without opening quote ends at the delimiter or the line end; a quote inside it is malformed (RFC 4180). */
function bareField(text: string, from: number, delimiter: string, atEnd: boolean): Field {
  const line = findLineEnd(text, from, atEnd);
  const stop = line?.at ?? text.length;
  const separator = text.indexOf(delimiter, from);
  const end = separator >= 0 && separator < stop ? separator : stop;
  const value = text.slice(from, end);
  return value.includes('"') ? 'malformed' : { value, end };
}

function quotedField(text: string, from: number, atEnd: boolean): Field {
  let quote = text.indexOf('"', from + 1);
  while (quote >= 0 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  if (quote < 0) return atEnd ? 'malformed' : 'incomplete';
  // The quote at the end of what is there may be the first of a doubled one.
  if (quote + 1 === text.length && !atEnd) return 'incomplete';
  return { value: text.slice(from + 1, quote).replaceAll('""', '"'), end: quote + 1 };
}
