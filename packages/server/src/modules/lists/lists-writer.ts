import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openCsvList } from './csv.ts';
import type { ListContext, ListWriter } from './export-context.ts';
import { openJsonList } from './json.ts';
import { listHead, listPaths } from './list-files.ts';
import { writeRows } from './list-rows.ts';
import { openXlsxList } from './xlsx.ts';

/** A page of entries of one list, as `ENTRY_SQL` gives them, in the order of the list; one without entries ends it. */
export interface PageOfList {
  readonly department: string;
  readonly page: readonly string[];
}

/** Writes the files of lists, one list after the other. */
export interface ListsWriter {
  /** Resolves when the next page may be given. */
  take(page: PageOfList): Promise<void>;
  /** Nothing is written any more when this is over, whether it throws or not. */
  finish(): Promise<void>;
}

/** `folder`: OUT of the campaign. */
export interface ListsToWrite {
  readonly context: ListContext;
  readonly folder: string;
}

/** Memory does not grow with the length of a list. A list is packed to its end while the next begins. */
export function openListsWriter(lists: ListsToWrite): ListsWriter {
  let list: readonly ListWriter[] | undefined;
  let closing = Promise.resolve();
  return {
    async take({ department, page }) {
      list ??= await openList(lists, department);
      await writeRows(page, list);
      if (page.length > 0) return;
      await closing;
      closing = close(list);
      // Who closes the next list, or the end, is told.
      closing.catch(() => undefined);
      list = undefined;
    },
    finish: () => closing,
  };
}

async function openList(
  { context, folder }: ListsToWrite,
  department: string,
): Promise<readonly ListWriter[]> {
  const head = listHead(department);
  const { json, csv, xlsx } = listPaths(department);
  mkdirSync(join(folder, 'lists', department), { recursive: true });
  return [
    openJsonList(join(folder, json), context, head),
    openCsvList(join(folder, csv), context),
    await openXlsxList(join(folder, xlsx), context, head),
  ];
}

async function close(writers: readonly ListWriter[]): Promise<void> {
  for (const writer of writers) await writer.close();
}
