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

/** Gives entries, in their order, to each writer. */
export async function writeRows(entries: Iterable<string>, writers: readonly ListWriter[]): Promise<void> {
  let rows: ListRow[] = [];
  const write = async () => {
    for (const writer of writers) await writer.add(rows);
    rows = [];
  };
  for (const told of entries) {
    rows.push(rowOf(told));
    if (rows.length === ROWS_AT_ONCE) await write();
  }
  await write();
}
