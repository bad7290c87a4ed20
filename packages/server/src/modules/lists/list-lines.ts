import { parseSiei } from './siei.ts';

/** A line of `liste-DD.json` (see json.ts): its bytes, without what ends it; `siei` where it tells an entry. */
export interface ListLine {
  readonly start: number;
  readonly end: number;
  readonly siei: string | undefined;
}

const ENTRY = Buffer.from('{"siei"');
/** The number stands within so many bytes of an entry's line: the rest, a thousand times as long in all, never becomes a text. */
const HEAD_BYTES = 64;
const LINE_FEED = 0x0a;

/** The lines of a list one after the other. Throws for an entry without a number. */
export function* linesOfList(text: Buffer): Generator<ListLine> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf(LINE_FEED, start);
    const end = found < 0 ? text.length : found;
    const isEntry = text.compare(ENTRY, 0, ENTRY.length, start, Math.min(start + ENTRY.length, end)) === 0;
    const siei = isEntry
      ? sieiOfLine(text.toString('latin1', start, Math.min(start + HEAD_BYTES, end)))
      : undefined;
    yield { start, end, siei };
    start = end + 1;
  }
}

/** The number of an entry's line. Cut out rather than parsed: a line is long and all but its head is of no use here. */
export function sieiOfLine(line: string): string {
  const parsed = parseSiei(/^\{"siei":"([^"]*)"/.exec(line)?.[1] ?? '');
  if (parsed.siei === undefined) throw new Error('no number');
  return parsed.siei;
}
