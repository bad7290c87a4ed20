import { join } from 'node:path';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { rowKindOf } from './interchange-columns.ts';
import { interchangeHeader } from './interchange-reader.ts';
import { lookAtFile } from './opening/file-chunks.ts';
import { headerIn, type PlainCsvCopy, runPlainCsvCopy } from './plain-csv-copy.ts';
import { type Blanks, type PlainText, PlainTextSurvey } from './plain-text-survey.ts';
import { FileRejection } from './reader.ts';
import { delimiterOf } from './readers/csv-rows.ts';
import { findHeader, findKindOfHeader } from './recognise-csv.ts';

/** Below this size there is nothing to gain. */
const AHEAD_BYTES_MIN = 4 * 1024 * 1024;
const HEAD_BYTES = 256 * 1024;
const LF = 0x0a;
/** From the least to the most careful. */
const CARE: readonly Blanks[] = ['none', 'spaces', 'odd'];

interface CopyAhead {
  readonly copy: PlainCsvCopy;
  /** False when DuckDB found a line that is not like the header. Never throws. */
  readonly done: Promise<boolean>;
}

/**
 * Copies of large files that look like plain interchange CSVs, begun while the main thread still hashes and surveys their
 * bytes. What the survey says decides whether a copy is used: a file that is not what its beginning promised is read anew.
 */
export class CopiesAhead {
  readonly #database: Database;
  readonly #asOf: CivilDate;
  readonly #folder: string;
  readonly #copies = new Map<string, CopyAhead>();
  /** One at a time: each has all threads, and waiting ones would hold those that read files. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(database: Database, request: { readonly asOf: CivilDate; readonly workFolder: string }) {
    this.#database = database;
    this.#asOf = request.asOf;
    this.#folder = request.workFolder;
  }

  /** Begins the copy of `path` if it promises to be worth it. A file that cannot be opened is left to whoever receives it. */
  begin(path: string): void {
    const copy = this.#copies.has(path) ? undefined : this.#promising(path);
    if (copy === undefined) return;
    const done = this.#last.then(() => runPlainCsvCopy(this.#database, copy));
    this.#last = done;
    this.#copies.set(path, { copy, done });
  }

  /** The copy that gives the rows of `wanted`, if it was begun with at least its care for blanks. */
  find(wanted: PlainCsvCopy): CopyAhead | undefined {
    const found = this.#copies.get(wanted.path);
    if (found?.copy.kind !== wanted.kind || found.copy.delimiter !== wanted.delimiter) return undefined;
    return CARE.indexOf(found.copy.blanks) >= CARE.indexOf(wanted.blanks) ? found : undefined;
  }

  /** Resolves when nothing runs any more: the database may be closed. */
  async settled(): Promise<void> {
    await this.#last;
  }

  #promising(path: string): PlainCsvCopy | undefined {
    try {
      const seen = lookAtFile(path, HEAD_BYTES);
      if (seen === undefined || seen.size < AHEAD_BYTES_MIN) return undefined;
      const header = headerIn(seen.head);
      const cells = header === undefined ? undefined : findHeader(header);
      const kind = cells === undefined ? undefined : rowKindOf(findKindOfHeader(cells));
      if (header === undefined || cells === undefined || kind === undefined) return undefined;
      const delimiter = delimiterOf(header);
      if (delimiter === '\t') return undefined;
      const text = promisedText(seen.head);
      if (text === undefined) return undefined;
      const blanks = text.blanks[delimiter];
      const rowBytes = seen.head.length / text.lineFeeds;
      const parquet = join(this.#folder, `ahead-${this.#copies.size}.parquet`);
      const columns = interchangeHeader(kind, cells);
      return { path, kind, asOf: this.#asOf, delimiter, columns, blanks, rowBytes, parquet };
    } catch (error) {
      if (error instanceof FileRejection || isFileSystemError(error)) return undefined;
      throw error;
    }
  }
}

function promisedText(head: Buffer): PlainText | undefined {
  const survey = new PlainTextSurvey();
  survey.add(head.subarray(0, head.lastIndexOf(LF) + 1));
  return survey.found;
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
