import type { RequiredFamily } from '@raccroche/contract';
import { allOver } from '../../kernel/all-over.ts';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import type { RuleSet } from '../eligibility/index.ts';
import type { ListContext } from './export-context.ts';
import { describeMissing, readSourceBasis } from './freshness.ts';
import { type ExportedList, exportedList } from './list-files.ts';
import { type ListsWriter, openListsWriter, type PageOfList } from './lists-writer.ts';
import { openListsWriterBeside } from './lists-writer-beside.ts';
import { LIST_CODES } from './place-departments.ts';
import { readAhead } from './read-ahead.ts';
import { ListReader } from './read-lists.ts';

export interface ExportOptions {
  /** OUT of the campaign: the lists go to `lists/DD/liste-DD.{json,csv,xlsx}` in it. */
  readonly folder: string;
  readonly campaign: string;
  readonly asOf: CivilDate;
  readonly ruleSet: RuleSet;
  /** Required families that are missing and that the operator allowed. */
  readonly missing: readonly RequiredFamily[];
  /** Of the campaign; 1 when it is not told. With more, long lists are written two at a time. */
  readonly threads?: number | undefined;
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

/** As many entries are a second of work: for fewer, to start a thread costs as much as it saves. */
const WORTH_A_THREAD = 20_000;

/**
 * Writes the three files of every list, also of those without anybody. Reads `lists.entries` and `sources.files`.
 * Memory does not grow with the length of a list; the same tables give the same bytes, on however many threads.
 */
export async function exportLists(
  database: Database,
  options: ExportOptions,
  worthAThread = WORTH_A_THREAD,
): Promise<ExportedList[]> {
  const { folder, threads = 1 } = options;
  const context = await readListContext(database, options);
  const reader = await ListReader.open(database, LIST_CODES);
  const writers = [openListsWriter({ context, folder })];
  if (threads > 1 && reader.entries >= worthAThread) writers.push(openListsWriterBeside({ context, folder }));
  const counts = new Map<string, number>();
  const onEnd = (department: string, entries: number) => {
    counts.set(department, entries);
    options.onList?.(department, counts.size, LIST_CODES.length);
  };
  const left = oneAfterTheOther(LIST_CODES);
  await allOver(writers.map((writer) => writeLists(writer, reader, left, onEnd)));
  return LIST_CODES.flatMap((department) => exportedList(department, counts.get(department) ?? 0));
}

/** Has one writer take the next of the lists that are left, until there is none. */
async function writeLists(
  writer: ListsWriter,
  reader: ListReader,
  left: Iterable<string>,
  onEnd: (department: string, entries: number) => void,
): Promise<void> {
  let entries = 0;
  try {
    // The engine reads a page while the one before is written.
    for await (const page of readAhead(pagesOfAll(reader, left))) {
      await writer.take(page);
      entries += page.page.length;
      if (page.page.length > 0) continue;
      onEnd(page.department, entries);
      entries = 0;
    }
  } finally {
    await writer.finish();
  }
}

/** The pages of every list that is left, one list after the other, each followed by one without entries. */
async function* pagesOfAll(reader: ListReader, left: Iterable<string>): AsyncGenerator<PageOfList, void> {
  for (const department of left) {
    for await (const page of reader.pages(department)) yield { department, page };
    yield { department, page: [] };
  }
}

/** What the writers share: an error in one of them ends it for all. */
function* oneAfterTheOther<Each>(all: readonly Each[]): Generator<Each> {
  yield* all;
}
