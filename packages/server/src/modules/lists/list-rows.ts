import { parseEntry } from './entry.ts';
import { ENTRY_COLUMNS } from './entry-columns.ts';
import type { ListRow, ListWriter } from './export-context.ts';

/** Entries taken apart together: what is gone soon costs the collector of memory nothing, what lives on is moved about. */
const ROWS_AT_ONCE = 100;

/** What the files of a list tell of an entry, as `ENTRY_SQL` or a line of `liste-DD.json` gives it. */
export function rowOf(told: string): ListRow {
  const { entry, text } = parseEntry(told);
  return { text, cells: ENTRY_COLUMNS.map(({ value }) => value(entry)) };
}

/** Rows, so many together as are written together: of the same rows, packed by other numbers, a sheet might have other bytes. */
export function* rowsAtOnce<Row>(rows: Iterable<Row>): Generator<readonly Row[]> {
  let some: Row[] = [];
  for (const row of rows) {
    some.push(row);
    if (some.length < ROWS_AT_ONCE) continue;
    yield some;
    some = [];
  }
  yield some;
}

/** Gives entries, in their order, to each writer. */
export async function writeRows(entries: Iterable<string>, writers: readonly ListWriter[]): Promise<void> {
  for (const told of rowsAtOnce(entries)) {
    const rows = told.map(rowOf);
    for (const writer of writers) await writer.add(rows);
  }
}
