import { createReadStream } from 'node:fs';
import { type PlainText, PlainTextSurvey } from './plain-text-survey.ts';

const CHUNK_BYTES = 1024 * 1024;
const BOM_BYTES = 3;

/** Where a byte leaves the reader of a CSV line. A state that nothing leads out of is 0. */
const MALFORMED = 0;
const FIELD_START = 1;
const BARE = 2;
const QUOTED = 3;
/** Behind a quote inside a quoted field: its end, or the first of a doubled one. */
const QUOTE = 4;
/** Behind a carriage return: a line feed must follow. */
const RETURN = 5;
const STATES = 6;
const ENDS: readonly number[] = [FIELD_START, BARE, QUOTE];

/**
 * What a CSV with quotes tells when each quote in it is where RFC 4180 puts it and no quoted field holds a line end: its
 * rows are then its lines, and DuckDB and our own splitter must read it alike. Undefined otherwise: such a file is read
 * line by line, which rejects no more than the lines at fault. Throws what the file system throws.
 */
export async function surveyQuotedCsv(path: string, delimiter: string): Promise<PlainText | undefined> {
  const next = transitions(delimiter);
  const text = new PlainTextSurvey();
  let state = FIELD_START;
  let first = true;
  for await (const chunk of createReadStream(path, {
    highWaterMark: CHUNK_BYTES,
  }) as AsyncIterable<Buffer>) {
    text.add(chunk);
    state = walk(next, state, first ? withoutBom(chunk) : chunk);
    if (state === MALFORMED) return undefined;
    first = false;
  }
  return ENDS.includes(state) ? text.found : undefined;
}

function withoutBom(chunk: Buffer): Buffer {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(BOM_BYTES) : chunk;
}

/** The whole grammar is in the table: one look-up a byte. */
function walk(next: Uint8Array, from: number, chunk: Buffer): number {
  let state = from;
  for (let at = 0; at < chunk.length; at++) state = next[(state << 8) | (chunk[at] ?? 0)] ?? MALFORMED;
  return state;
}

/** The state that each byte leads to from each state. Source: RFC 4180 §2, less its line ends inside quotes. */
function transitions(delimiter: string): Uint8Array {
  const next = new Uint8Array(STATES * 256);
  const set = (from: number, byte: string, to: number) => {
    next[(from << 8) | byte.charCodeAt(0)] = to;
  };
  next.fill(BARE, FIELD_START << 8, (BARE + 1) << 8);
  next.fill(QUOTED, QUOTED << 8, (QUOTED + 1) << 8);
  for (const from of [FIELD_START, BARE, QUOTE]) {
    set(from, delimiter, FIELD_START);
    set(from, '\n', FIELD_START);
    set(from, '\r', RETURN);
  }
  set(FIELD_START, '"', QUOTED);
  set(BARE, '"', MALFORMED);
  set(QUOTED, '"', QUOTE);
  set(QUOTED, '\n', MALFORMED);
  set(QUOTED, '\r', MALFORMED);
  set(QUOTE, '"', QUOTED);
  set(RETURN, '\n', FIELD_START);
  return next;
}
