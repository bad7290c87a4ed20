import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RequiredFamily } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import type { RuleSet } from '../eligibility/index.ts';
import { openCsvList } from './csv.ts';
import type { ListContext } from './export-context.ts';
import { describeMissing, readSourceBasis } from './freshness.ts';
import { openJsonList } from './json.ts';
import { type ExportedList, exportedList, listHead, listPaths } from './list-files.ts';
import { writeRows } from './list-rows.ts';
import { LIST_CODES } from './place-departments.ts';
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
  const exported: ExportedList[] = [];
  const reader = await ListReader.open(database, LIST_CODES);
  for (const [index, department] of LIST_CODES.entries()) {
    exported.push(...(await exportList(reader, context, department, options.folder)));
    options.onList?.(department, index + 1, LIST_CODES.length);
  }
  return exported;
}

async function exportList(
  reader: ListReader,
  context: ListContext,
  department: string,
  folder: string,
): Promise<ExportedList[]> {
  const head = listHead(department);
  const { json, csv, xlsx } = listPaths(department);
  mkdirSync(join(folder, 'lists', department), { recursive: true });
  const writers = [
    openJsonList(join(folder, json), context, head),
    openCsvList(join(folder, csv), context),
    await openXlsxList(join(folder, xlsx), context, head),
  ];
  let entries = 0;
  for await (const page of reader.pages(department)) {
    await writeRows(page, writers);
    entries += page.length;
  }
  for (const writer of writers) await writer.close();
  return exportedList(department, entries);
}
