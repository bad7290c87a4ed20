import type { FileBuffer } from '../../platform/files/whole-file.ts';
import { type ListLine, linesOfList } from './list-lines.ts';

/** A list of an earlier campaign: the bytes of `liste-DD.json`, and where in them each entry stands. */
export interface KeptList {
  /** Numbers in the order of the list. */
  readonly order: readonly string[];
  /** Where in that order a number stands, from 0; undefined for one that is not on the list. */
  place(siei: string): number | undefined;
  /** The line of an entry; undefined for a number that is not on the list. */
  line(siei: string): string | undefined;
  /**
   * The lines of a list of today between those that stand before and after them, in pieces: of `order`, each from `fresh`, or as
   * it stood here. Throws for an entry that is in neither.
   */
  merge(order: readonly string[], fresh: ReadonlyMap<string, string>): readonly Buffer[];
}

const BETWEEN = ',\n';

/** Memory: the file, in `room`: the list is there until another file is read into it. Of what `merge` gives, new lines alone. */
export function readKeptList(path: string, room: FileBuffer): KeptList {
  const text = room.read(path);
  const lines = new Map<string, Place>();
  for (const line of linesOfList(text))
    if (line.siei !== undefined) lines.set(line.siei, placeOf(text, line, lines.size));
  return {
    order: [...lines.keys()],
    place: (siei) => lines.get(siei)?.nth,
    line(siei) {
      const place = lines.get(siei);
      return place && text.toString('utf8', place.start, place.end);
    },
    merge: (order, fresh) => merge(text, lines, order, fresh),
  };
}

interface Place {
  readonly nth: number;
  readonly start: number;
  readonly end: number;
}

const COMMA = 0x2c;

function placeOf(text: Buffer, { start, end }: ListLine, nth: number): Place {
  return { nth, start, end: text[end - 1] === COMMA ? end - 1 : end };
}

/** Entries that stood one after the other are taken together, with what is between them. */
function merge(
  text: Buffer,
  lines: ReadonlyMap<string, Place>,
  order: readonly string[],
  fresh: ReadonlyMap<string, string>,
): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let run: Omit<Place, 'nth'> | undefined;
  const put = (bytes: Buffer) => pieces.push(Buffer.from(pieces.length === 0 ? '\n' : BETWEEN), bytes);
  const putRun = () => {
    if (run !== undefined) put(text.subarray(run.start, run.end));
    run = undefined;
  };
  for (const siei of order) {
    const told = fresh.get(siei);
    if (told !== undefined) {
      putRun();
      put(Buffer.from(told, 'utf8'));
      continue;
    }
    const place = lines.get(siei);
    if (place === undefined) throw new Error('an entry is neither new nor on the list of then');
    if (run !== undefined && run.end + BETWEEN.length === place.start)
      run = { start: run.start, end: place.end };
    else {
      putRun();
      run = place;
    }
  }
  putRun();
  if (pieces.length > 0) pieces.push(Buffer.from('\n'));
  return pieces;
}
