import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RequiredFamily } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import type { RuleSet } from '../eligibility/index.ts';
import { openCsvList } from './csv.ts';
import { parseEntry } from './entry.ts';
import { ENTRY_COLUMNS } from './entry-columns.ts';
import type { ListContext, ListRow } from './export-context.ts';
import { describeMissing, readSourceBasis } from './freshness.ts';
import { openJsonList } from './json.ts';
import { getListName, LIST_CODES } from './place-departments.ts';
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

/** A file of a list, relative to the folder of the campaign, with its number of entries. */
export interface ExportedList {
  readonly path: string;
  readonly department: string;
  readonly entries: number;
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

/** Entries taken apart together: what is gone soon costs the collector of memory nothing, what lives on is moved about. */
const ROWS_AT_ONCE = 100;

function rowOf(told: string): ListRow {
  const { entry, text } = parseEntry(told);
  return { text, cells: ENTRY_COLUMNS.map(({ value }) => value(entry)) };
}

async function exportList(
  reader: ListReader,
  context: ListContext,
  department: string,
  folder: string,
): Promise<ExportedList[]> {
  const head = { department, departmentName: getListName(department) };
  const base = `lists/${department}/liste-${department}`;
  mkdirSync(join(folder, 'lists', department), { recursive: true });
  const writers = [
    openJsonList(join(folder, `${base}.json`), context, head),
    openCsvList(join(folder, `${base}.csv`), context),
    await openXlsxList(join(folder, `${base}.xlsx`), context, head),
  ];
  let entries = 0;
  for await (const page of reader.pages(department)) {
    for (let first = 0; first < page.length; first += ROWS_AT_ONCE) {
      const rows = page.slice(first, first + ROWS_AT_ONCE).map(rowOf);
      for (const writer of writers) await writer.add(rows);
    }
    entries += page.length;
  }
  for (const writer of writers) await writer.close();
  return ['json', 'csv', 'xlsx'].map((extension) => ({ path: `${base}.${extension}`, department, entries }));
}
