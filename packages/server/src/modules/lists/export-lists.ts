import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RequiredFamily } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import type { RuleSet } from '../eligibility/index.ts';
import { openCsvList } from './csv.ts';
import type { ListContext, ListWriter } from './export-context.ts';
import { describeMissing, readSourceBasis } from './freshness.ts';
import { openJsonList } from './json.ts';
import { type ExportedList, exportedList, listHead, listPaths } from './list-files.ts';
import { writeRows } from './list-rows.ts';
import { LIST_CODES } from './place-departments.ts';
import { readAhead } from './read-ahead.ts';
import { ListReader } from './read-lists.ts';
import { openXlsxList } from './xlsx.ts';

export interface ExportOptions {
  /** OUT of the campaign: the lists go to `lists/DD/liste-DD.{json,csv,xlsx}` in it. */
  readonly folder: string;
  readonly campaign: string;
  readonly asOf: CivilDate;
  readonly ruleSet: RuleSet;
  /** Required families that are missing and that the operator allowed. */
  readonly missing: readonly RequiredFamily[];
  /** After each list: its code, and how many are done. */
  readonly onList?: ((code: string, done: number, total: number) => void) | undefined;
}

/** What every list of the campaign says of itself. */
export async function readListContext(database: Database, options: ExportOptions): Promise<ListContext> {
  const { campaign, asOf, ruleSet, missing } = options;
  return {
    campaign,
    asOf,
    ruleSet,
    sources: await readSourceBasis(database, asOf),
    missingSources: describeMissing(missing),
  };
}

/**
 * Writes the three files of every list, also of those without anybody. Reads `lists.entries` and `sources.files`.
 * Memory does not grow with the length of a list; the same tables give the same bytes.
 */
export async function exportLists(database: Database, options: ExportOptions): Promise<ExportedList[]> {
  const context = await readListContext(database, options);
  const reader = await ListReader.open(database, LIST_CODES);
  const exported: ExportedList[] = [];
  const close = async (department: string, list: OpenList) => {
    for (const writer of list.writers) await writer.close();
    exported.push(...exportedList(department, list.entries));
    options.onList?.(department, LIST_CODES.indexOf(department) + 1, LIST_CODES.length);
  };
  let list: OpenList | undefined;
  let closing = Promise.resolve();
  try {
    // The engine reads a page while this thread writes the one before, and a list is packed to its end while the next begins.
    for await (const { department, page } of readAhead(pagesOfAll(reader))) {
      list ??= await openList(context, department, options.folder);
      await writeRows(page, list.writers);
      list.entries += page.length;
      if (page.length > 0) continue;
      await closing;
      closing = close(department, list);
      // Who closes the next list, or the end, is told.
      closing.catch(() => undefined);
      list = undefined;
    }
  } finally {
    // Nothing is written any more when somebody is told of an error.
    await Promise.allSettled([closing]);
  }
  await closing;
  return exported;
}

/** The pages of every list, one list after the other, each followed by one without entries. */
async function* pagesOfAll(reader: ListReader): AsyncGenerator<PageOfList, void> {
  for (const department of LIST_CODES) {
    for await (const page of reader.pages(department)) yield { department, page };
    yield { department, page: [] };
  }
}

interface PageOfList {
  readonly department: string;
  readonly page: readonly string[];
}

interface OpenList {
  readonly writers: readonly ListWriter[];
  entries: number;
}

async function openList(context: ListContext, department: string, folder: string): Promise<OpenList> {
  const head = listHead(department);
  const { json, csv, xlsx } = listPaths(department);
  mkdirSync(join(folder, 'lists', department), { recursive: true });
  const writers = [
    openJsonList(join(folder, json), context, head),
    openCsvList(join(folder, csv), context),
    await openXlsxList(join(folder, xlsx), context, head),
  ];
  return { writers, entries: 0 };
}
