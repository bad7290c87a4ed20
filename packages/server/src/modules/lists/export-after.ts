import { constants, mkdirSync, readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { allOver } from '../../kernel/all-over.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { FileBuffer, writePieces } from '../../platform/files/whole-file.ts';
import { csvLineOf, csvLines } from './csv.ts';
import { entryText } from './entry.ts';
import type { ListContext, ListRow } from './export-context.ts';
import { type ExportOptions, readListContext } from './export-lists.ts';
import { jsonListEnd, jsonListStart } from './json.ts';
import { type KeptList, readKeptList } from './kept-list.ts';
import { type ExportedList, exportedList, listHead, listPaths } from './list-files.ts';
import { sieiOfLine } from './list-lines.ts';
import { rowOf, rowsAtOnce } from './list-rows.ts';
import { LIST_CODES } from './place-departments.ts';
import { ListReader } from './read-lists.ts';
import { carryXlsxList, openXlsxList, xlsxRows } from './xlsx.ts';

/**
 * Writes the files that `exportLists` would, where `lists.entries` holds those alone whose entry may be otherwise than in the
 * campaign of `previousOut`, whose lists are whole and were written by the same program; `lists.listed` says who is on them today.
 * All else is taken from its files, byte for byte: lines of `liste-DD.json` and, as a CSV and a sheet tell less of an entry than JSON does, these as
 * they were where no cell is otherwise, else their lines and rows. Memory: two lists, and the sheet of one: a list is written, and its sheet packed, on
 * other threads while the next is put together.
 */
export async function exportListsAfter(
  database: Database,
  options: ExportOptions,
  previousOut: string,
): Promise<ExportedList[]> {
  const context = await readListContext(database, options);
  const orders = await readOrders(database);
  const reader = await ListReader.open(database, LIST_CODES);
  // Two, by turns: one list is written from where it lies while the next is read.
  const rooms = [new FileBuffer(), new FileBuffer()] as const;
  const exported: ExportedList[] = [];
  let finishing = Promise.resolve();
  let writing = Promise.resolve();
  try {
    for (const [index, department] of LIST_CODES.entries()) {
      // A list is written without a pause: who waits for the engine meanwhile gets his turn between two.
      await setImmediate();
      const order = orders.get(department) ?? [];
      const fresh = await readFresh(reader, department);
      const room = rooms[index % 2 === 0 ? 0 : 1];
      const { texts, writeSheet } = beginList({
        ...{ context, department, order, fresh, folder: options.folder, previousOut, room },
      });
      writing = texts;
      // Told where it is awaited.
      texts.catch(() => undefined);
      await finishing;
      finishing = allOver([texts, writeSheet()]).then(() =>
        options.onList?.(department, index + 1, LIST_CODES.length),
      );
      // Whoever waits for it next is told.
      finishing.catch(() => undefined);
      exported.push(...exportedList(department, order.length));
    }
  } finally {
    await allOver([finishing, writing]);
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
  readonly room: FileBuffer;
}

/** A list that is being written. */
interface BegunList {
  /** Over when its JSON and its CSV are whole: until then `room` is not to be read into. */
  readonly texts: Promise<void>;
  readonly writeSheet: () => Promise<void>;
}

function beginList(list: ListOfToday): BegunList {
  const { context, department, order, fresh, folder, previousOut, room } = list;
  const [head, paths] = [listHead(department), listPaths(department)];
  const at = (path: string) => join(folder, path);
  mkdirSync(join(folder, 'lists', department), { recursive: true });
  const kept = readKeptList(join(previousOut, paths.json), room);
  const [start, end] = [jsonListStart(context, head), jsonListEnd(order.length)];
  const json = [Buffer.from(start), ...kept.merge(order, fresh), Buffer.from(end)];
  const then = { csv: join(previousOut, paths.csv), xlsx: readFileSync(join(previousOut, paths.xlsx)) };
  if (hasSameCells(kept, list)) {
    const sheet = { count: order.length, from: then.xlsx };
    return {
      texts: bothWritten(
        writePieces(at(paths.json), json),
        copyFile(then.csv, at(paths.csv), constants.COPYFILE_FICLONE),
      ),
      writeSheet: () => carryXlsxList(at(paths.xlsx), context, head, sheet),
    };
  }
  const [header = Buffer.alloc(0), ...lines] = csvLines(readFileSync(then.csv));
  const told = [...rowsOf(kept, list, { lines, rows: xlsxRows(then.xlsx) })];
  return {
    texts: bothWritten(
      writePieces(at(paths.json), json),
      writePieces(at(paths.csv), [header, ...told.map(({ line }) => line)]),
    ),
    async writeSheet() {
      const sheet = await openXlsxList(at(paths.xlsx), context, head);
      for (const rows of rowsAtOnce(told)) await sheet.add(rows.map(({ row }) => row));
      await sheet.close();
    },
  };
}

async function bothWritten(json: Promise<void>, csv: Promise<void>): Promise<void> {
  await allOver([json, csv]);
}

/** Whether the same people stand in the same places, and no cell of theirs is otherwise. */
function hasSameCells(kept: KeptList, { order, fresh }: ListOfToday): boolean {
  if (order.length !== kept.order.length || order.some((siei, nth) => siei !== kept.order[nth])) return false;
  return [...fresh].every(([siei, text]) => {
    const then = kept.line(siei);
    return then === text || (then !== undefined && isDeepStrictEqual(rowOf(then).cells, rowOf(text).cells));
  });
}

/** What tells an entry in a CSV and in a sheet. */
interface Told {
  readonly line: Buffer;
  readonly row: ListRow | Buffer;
}

/**
 * Of each entry, in today's order, what is new of it, or the bytes by which the files of then tell it: to take it apart and to tell it
 * anew, cell by cell, costs three times as much. `then`: of every entry of the list of then, in its order.
 */
function* rowsOf(
  kept: KeptList,
  { context, order, fresh }: ListOfToday,
  then: { readonly lines: readonly Buffer[]; readonly rows: readonly Buffer[] },
): Generator<Told> {
  const lineOf = csvLineOf(context);
  for (const siei of order) {
    const text = fresh.get(siei);
    if (text !== undefined) {
      const row = rowOf(text);
      yield { line: Buffer.from(lineOf(row)), row };
      continue;
    }
    const place = kept.place(siei) ?? -1;
    const [line, row] = [then.lines[place], then.rows[place]];
    if (line === undefined || row === undefined) throw new Error('a file of then does not tell an entry');
    yield { line, row };
  }
}
