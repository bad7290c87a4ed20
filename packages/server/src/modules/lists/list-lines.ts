import { findSieiAt, parseSiei, SIEI_LENGTH } from './siei.ts';

/** A line of `liste-DD.json` (see json.ts): its bytes, without what ends it; `siei` where it tells an entry. */
export interface ListLine {
  readonly start: number;
  readonly end: number;
  readonly siei: string | undefined;
}

const ENTRY = Buffer.from('{"siei"');
/** What stands before the number as this program writes it; a quote follows. */
const BEFORE_NUMBER = '{"siei":"';
const QUOTE = 0x22;
const COLON = 0x3a;
/** The number stands within so many bytes of an entry's line: the rest, a thousand times as long in all, never becomes a text. */
const HEAD_BYTES = 64;
const LINE_FEED = 0x0a;

/** The lines of a list one after the other. Throws for an entry without a number. */
export function* linesOfList(text: Buffer): Generator<ListLine> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf(LINE_FEED, start);
    const end = found < 0 ? text.length : found;
    const siei = isEntry(text, start) ? numberOfLine(text, start, end) : undefined;
    yield { start, end, siei };
    start = end + 1;
  }
}

/** Byte by byte: to ask the runtime costs more than seven comparisons. None of them is a line feed. */
function isEntry(text: Buffer, start: number): boolean {
  for (let at = 0; at < ENTRY.length; at++) if (text[start + at] !== ENTRY[at]) return false;
  return true;
}

/** Nearly always a number stands where it should; what else stands there is read with care. */
function numberOfLine(text: Buffer, start: number, end: number): string {
  const at = start + BEFORE_NUMBER.length;
  const found =
    text[at - 2] === COLON && text[at - 1] === QUOTE && text[at + SIEI_LENGTH] === QUOTE
      ? findSieiAt(text, at)
      : undefined;
  return found ?? sieiOfLine(text.toString('latin1', start, Math.min(start + HEAD_BYTES, end)));
}

/** The number of an entry's line. Cut out rather than parsed: a line is long and all but its head is of no use here. */
export function sieiOfLine(line: string): string {
  const parsed = parseSiei(/^\{"siei":"([^"]*)"/.exec(line)?.[1] ?? '');
  if (parsed.siei === undefined) throw new Error('no number');
  return parsed.siei;
}
