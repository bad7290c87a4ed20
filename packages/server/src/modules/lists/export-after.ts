import { constants, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../../platform/duckdb/database.ts';
import { openCsvList } from './csv.ts';
import { entryText } from './entry.ts';
import type { ListContext } from './export-context.ts';
import { type ExportOptions, readListContext } from './export-lists.ts';
import { jsonListEnd, jsonListStart } from './json.ts';
import { type KeptList, readKeptList } from './kept-list.ts';
import { type ExportedList, exportedList, listHead, listPaths } from './list-files.ts';
import { sieiOfLine } from './list-lines.ts';
import { rowOf, writeRows } from './list-rows.ts';
import { LIST_CODES } from './place-departments.ts';
import { ListReader } from './read-lists.ts';
import { carryXlsxList, openXlsxList } from './xlsx.ts';

/**
 * Writes the files that `exportLists` would, where `lists.entries` holds those alone whose entry may be otherwise than in the
 * campaign of `previousOut`, whose lists are whole and were written by the same program; `lists.listed` says who is on them today.
 * All else is taken from its `liste-DD.json`. A CSV and a sheet tell less of an entry than JSON does: where no cell is otherwise
 * they are those of then. Memory: one list.
 */
export async function exportListsAfter(
  database: Database,
  options: ExportOptions,
  previousOut: string,
): Promise<ExportedList[]> {
  const context = await readListContext(database, options);
  const orders = await readOrders(database);
  const reader = await ListReader.open(database, LIST_CODES);
  const exported: ExportedList[] = [];
  for (const [index, department] of LIST_CODES.entries()) {
    // A list is written without a pause: who waits for the engine meanwhile gets his turn between two.
    await setImmediate();
    const order = orders.get(department) ?? [];
    const fresh = await readFresh(reader, department);
    const folders = { folder: options.folder, previousOut };
    await exportList({ context, department, order, fresh, ...folders });
    exported.push(...exportedList(department, order.length));
    options.onList?.(department, index + 1, LIST_CODES.length);
  }
  return exported;
}

/** The numbers on each list, in its order. */
async function readOrders(database: Database): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await database.all<{ department: string; numbers: string }>(
    "SELECT department, string_agg(siei, ' ' ORDER BY place) AS numbers FROM lists.listed GROUP BY department",
  );
  return new Map(rows.map(({ department, numbers }) => [department, numbers.split(' ')]));
}

/** By number, the text of each entry that was worked out, as JSON tells it. */
async function readFresh(reader: ListReader, department: string): Promise<ReadonlyMap<string, string>> {
  const fresh = new Map<string, string>();
  for await (const page of reader.pages(department))
    for (const told of page) fresh.set(sieiOfLine(told), entryText(told));
  return fresh;
}

interface ListOfToday {
  readonly context: ListContext;
  readonly department: string;
  readonly order: readonly string[];
  readonly fresh: ReadonlyMap<string, string>;
  readonly folder: string;
  readonly previousOut: string;
}

async function exportList(list: ListOfToday): Promise<void> {
  const { context, department, order, fresh, folder, previousOut } = list;
  const [head, paths] = [listHead(department), listPaths(department)];
  const at = (path: string) => join(folder, path);
  mkdirSync(join(folder, 'lists', department), { recursive: true });
  const kept = readKeptList(join(previousOut, paths.json));
  writeFileSync(
    at(paths.json),
    Buffer.concat([
      Buffer.from(jsonListStart(context, head)),
      kept.merge(order, fresh),
      Buffer.from(jsonListEnd(order.length)),
    ]),
  );
  if (hasSameCells(kept, list)) {
    copyFileSync(join(previousOut, paths.csv), at(paths.csv), constants.COPYFILE_FICLONE);
    const from = readFileSync(join(previousOut, paths.xlsx));
    await carryXlsxList(at(paths.xlsx), context, head, { count: order.length, from });
    return;
  }
  const writers = [openCsvList(at(paths.csv), context), await openXlsxList(at(paths.xlsx), context, head)];
  await writeRows(linesOf(kept, list), writers);
  for (const writer of writers) await writer.close();
}

/** Whether the same people stand in the same places, and no cell of theirs is otherwise. */
function hasSameCells(kept: KeptList, { order, fresh }: ListOfToday): boolean {
  if (!isDeepStrictEqual(order, kept.order)) return false;
  return [...fresh].every(([siei, text]) => {
    const then = kept.line(siei);
    return then === text || (then !== undefined && isDeepStrictEqual(rowOf(then).cells, rowOf(text).cells));
  });
}

function* linesOf(kept: KeptList, { order, fresh }: ListOfToday): Generator<string> {
  for (const siei of order) {
    const text = fresh.get(siei) ?? kept.line(siei);
    if (text !== undefined) yield text;
  }
}
