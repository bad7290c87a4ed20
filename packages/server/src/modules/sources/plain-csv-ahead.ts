import { join } from 'node:path';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Lanes } from '../../platform/duckdb/lanes.ts';
import { rowKindOf } from './interchange-columns.ts';
import { interchangeHeader } from './interchange-reader.ts';
import { lookAtFile } from './opening/file-chunks.ts';
import {
  type CopiedRows,
  headerIn,
  type PlainCsvCopy,
  type PlainCsvShape,
  runPlainCsvCopy,
  shapeKey,
} from './plain-csv-copy.ts';
import { type Blanks, type PlainText, PlainTextSurvey } from './plain-text-survey.ts';
import { FileRejection } from './reader.ts';
import { delimiterOf } from './readers/csv-rows.ts';
import { findHeader, findKindOfHeader } from './recognise-csv.ts';
import { sizeOfFile } from './survey-file.ts';

/** Below this size there is nothing to gain. */
const AHEAD_BYTES_MIN = 4 * 1024 * 1024;
/** Rows of so many bytes of CSV at most wait on disk as they are, three quarters as large as the CSV; of more, compressed to a third. */
const FAST_BYTES_MAX = 1024 * 1024 * 1024;
const HEAD_BYTES = 256 * 1024;
const LF = 0x0a;
/** From the least to the most careful. */
const CARE: readonly Blanks[] = ['none', 'spaces', 'odd'];

interface CopyAhead {
  readonly shape: PlainCsvShape;
  /** Undefined when DuckDB found a line that is not like the header. */
  readonly done: Promise<CopiedRows | undefined>;
}

export interface CopiesAheadRequest {
  readonly asOf: CivilDate;
  readonly workFolder: string;
}

/**
 * Copies of large files that look like plain interchange CSVs, begun while the main thread still hashes and surveys their
 * bytes. What the survey says decides whether a copy is used: a file that is not what its beginning promised is read anew.
 */
export class CopiesAhead {
  readonly #lanes: Lanes;
  readonly #asOf: CivilDate;
  readonly #folder: string;
  readonly #seen = new Set<string>();
  readonly #copies = new Map<string, CopyAhead>();
  #numbered = 0;
  #bytes = 0;

  constructor(lanes: Lanes, request: CopiesAheadRequest) {
    this.#lanes = lanes;
    this.#asOf = request.asOf;
    this.#folder = request.workFolder;
  }

  /**
   * Begins the copy of `path` if it promises to be worth it, each alone: where its rows lie is then the same whatever came before it.
   * A file that cannot be opened is left to whoever receives it. One of a size that `spares` names may not have to be read at all: it is not begun.
   */
  begin(path: string, spares: (bytes: number) => boolean = () => false): void {
    if (this.#seen.has(path)) return;
    const size = sizeOfFile(path);
    if (size === undefined || size < AHEAD_BYTES_MIN || spares(size)) return;
    this.#seen.add(path);
    const promising = promisingShape(path);
    if (promising === undefined) return;
    const { shape, rowBytes, bytes } = promising;
    const firstNo = this.takeNumbers(1);
    const parquet = join(this.#folder, `ahead-${firstNo}.parquet`);
    const compressed = this.areMany(bytes);
    const copy = { paths: [path], firstNo, shape, rowBytes, compressed, asOf: this.#asOf, parquet };
    const done = this.run(copy).then((copied) => copied?.[0]);
    // Told where it is awaited, much later: until then it must not end the program.
    void done.catch(() => undefined);
    this.#copies.set(path, { shape, done });
  }

  /** `runPlainCsvCopy`, as soon as few enough others run. */
  run(copy: PlainCsvCopy): ReturnType<typeof runPlainCsvCopy> {
    return this.#lanes.run((lane) => runPlainCsvCopy(lane, copy));
  }

  /** The first of `count` numbers of copies that nobody else has taken. */
  takeNumbers(count: number): number {
    const first = this.#numbered + 1;
    this.#numbered += count;
    return first;
  }

  /** Whether CSVs of `bytes` more make so many rows that they had better be small on disk while they wait. */
  areMany(bytes: number): boolean {
    this.#bytes += bytes;
    return this.#bytes > FAST_BYTES_MAX;
  }

  /** The copy that gives the rows of `path` in the shape `wanted`, if it was begun with at least its care for blanks. */
  find(path: string, wanted: PlainCsvShape): CopyAhead | undefined {
    const found = this.#copies.get(path);
    if (found === undefined || shapeKey(found.shape) !== shapeKey({ ...wanted, blanks: found.shape.blanks }))
      return undefined;
    return CARE.indexOf(found.shape.blanks) >= CARE.indexOf(wanted.blanks) ? found : undefined;
  }
}

interface Promising {
  readonly shape: PlainCsvShape;
  readonly bytes: number;
  readonly rowBytes: number;
}

function promisingShape(path: string): Promising | undefined {
  try {
    const seen = lookAtFile(path, HEAD_BYTES);
    if (seen === undefined) return undefined;
    const header = headerIn(seen.head);
    const cells = header === undefined ? undefined : findHeader(header);
    const kind = cells === undefined ? undefined : rowKindOf(findKindOfHeader(cells));
    if (header === undefined || cells === undefined || kind === undefined) return undefined;
    const delimiter = delimiterOf(header);
    if (delimiter === '\t') return undefined;
    const text = promisedText(seen.head);
    if (text === undefined) return undefined;
    const columns = interchangeHeader(kind, cells);
    return {
      shape: { kind, delimiter, columns, blanks: text.blanks[delimiter] },
      bytes: seen.size,
      rowBytes: seen.head.length / text.lineFeeds,
    };
  } catch (error) {
    if (error instanceof FileRejection || isFileSystemError(error)) return undefined;
    throw error;
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
