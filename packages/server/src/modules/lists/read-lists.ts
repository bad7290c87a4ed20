import type { Database } from '../../platform/duckdb/database.ts';
import { ENTRY_SQL, PAGE_ENTRIES, readEntries } from './entry.ts';

/** Lists that are read together: of some, no more than a page of entries. */
interface Batch {
  readonly departments: readonly string[];
  readonly entries: number;
}

/**
 * Reads `lists.entries` list by list, in any order that goes through `departments` once. Short lists are read many at one go: a hundred of
 * them cost a hundred questions to the engine otherwise. Memory: a page of entries.
 */
export class ListReader {
  /** Of all lists. */
  readonly entries: number;
  readonly #database: Database;
  readonly #batches: ReadonlyMap<string, Batch>;
  #read: { readonly batch: Batch; readonly lists: ReadonlyMap<string, readonly string[]> } | undefined;

  private constructor(database: Database, batches: ReadonlyMap<string, Batch>) {
    this.entries = [...new Set(batches.values())].reduce((sum, { entries }) => sum + entries, 0);
    this.#database = database;
    this.#batches = batches;
  }

  static async open(database: Database, departments: readonly string[]): Promise<ListReader> {
    const counted = await database.all<{ department: string; n: number }>(
      'SELECT department, CAST(count(*) AS DOUBLE) AS n FROM lists.entries GROUP BY department',
    );
    const counts = new Map(counted.map(({ department, n }) => [department, n]));
    const batches = batchesOf(departments, (department) => counts.get(department) ?? 0);
    return new ListReader(
      database,
      new Map(batches.flatMap((batch) => batch.departments.map((department) => [department, batch]))),
    );
  }

  /** The entries of one list as texts (`parseEntry`), page by page, in the order of the list. */
  async *pages(department: string): AsyncGenerator<readonly string[]> {
    const batch = this.#batches.get(department);
    if (batch === undefined || batch.entries > PAGE_ENTRIES) {
      yield* readEntries(this.#database, department);
      return;
    }
    if (batch.entries === 0) return;
    if (this.#read?.batch !== batch) this.#read = { batch, lists: await this.#readBatch(batch) };
    const entries = this.#read.lists.get(department) ?? [];
    if (entries.length > 0) yield entries;
  }

  async #readBatch({ departments }: Batch): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.#database.all<{ readonly department: string; readonly entry: string }>(
      `SELECT department, ${ENTRY_SQL} AS entry FROM lists.entries
       WHERE department IN (SELECT unnest(string_split($1, ' '))) ORDER BY department, place`,
      [departments.join(' ')],
    );
    const lists = new Map<string, string[]>();
    for (const { department, entry } of rows) {
      const list = lists.get(department) ?? [];
      list.push(entry);
      lists.set(department, list);
    }
    return lists;
  }
}

/** Departments in their order, as many in a batch as have a page of entries together; a longer one is alone. */
function batchesOf(departments: readonly string[], countOf: (department: string) => number): Batch[] {
  const batches: Batch[] = [];
  for (const department of departments) {
    const last = batches.at(-1);
    const entries = countOf(department);
    if (last !== undefined && last.entries + entries <= PAGE_ENTRIES)
      batches[batches.length - 1] = {
        departments: [...last.departments, department],
        entries: last.entries + entries,
      };
    else batches.push({ departments: [department], entries });
  }
  return batches;
}
