import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { literal } from '../../../platform/duckdb/sql.ts';

/** Columns that stand before a row's own. */
const STAGED_KEYS = {
  file_key: 'BIGINT',
  ordinal: 'INTEGER',
  sub: 'INTEGER',
  position: 'VARCHAR',
} as const;

/** Names and types of the columns of a staged file, as `read_csv` takes them: a row's own are texts. */
export function stagedTypes(columns: readonly string[]): string {
  const own = columns.map((name) => [name, 'VARCHAR'] as const);
  return [...Object.entries(STAGED_KEYS), ...own]
    .map(([name, type]) => `${literal(name)}: ${literal(type)}`)
    .join(', ');
}

/** Bytes gathered before they go to the stream: few large writes cost far less than many small ones. */
const BATCH_BYTES = 1024 * 1024;
/** A part is at least one of so many of what has come, unless it is large; of fewer bytes none is worth its statements. */
const PARTS_OF_ALL = 4;
const WORTH_A_PART_BYTES = 4 * 1024 * 1024;
/** UTF-8 takes three bytes at most for one UTF-16 unit. */
const BYTES_PER_UNIT = 3;
const NEEDS_CARE = /[\0";\r\n]/;
const NEEDS_QUOTES = /[";\r\n]/;

/** Rows of whole files, one after the other: a file of its own, which `closed` says is there, or why it is not. */
export interface StagedPart {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  readonly closed: Promise<void>;
}

/** Told of each part in the order of its rows, as soon as no more come to it; it may not be closed yet. */
export type OnStagedPart = (part: StagedPart) => void;

/**
 * The rows of one kind on their way to validation, as few CSV files for all delivered files: thousands of small files
 * then cost few statements, not thousands. No header; every column always there; NULL is empty.
 */
export class StagingWriter {
  readonly #pathOf: (part: number) => string;
  readonly #onPart: OnStagedPart;
  /** Place of each column behind the keys. */
  readonly #ranks: ReadonlyMap<string, number>;
  /** Values of the row being written, by rank: most columns of a row are empty, and asking it for each would cost more. */
  readonly #cells: (string | undefined)[];
  readonly #parts: StagedPart[] = [];
  #stream: WriteStream | undefined;
  #partRows = 0;
  #partBytes = 0;
  /** Of all parts that have ended. */
  #endedBytes = 0;
  /** Bytes, not text: rows kept as text until the batch is full would live long enough to cost more than their writing. */
  #batch = Buffer.allocUnsafe(BATCH_BYTES);
  #filled = 0;
  #failure: Error | undefined;

  /** Files of rows with these `columns`, named after what they are. */
  constructor(folder: string, name: string, columns: readonly string[], onPart: OnStagedPart) {
    this.#pathOf = (part) => join(folder, `staged-${name}-${part}.csv`);
    this.#onPart = onPart;
    this.#ranks = new Map(columns.map((name, rank) => [name, rank]));
    this.#cells = columns.map(() => undefined);
  }

  write(
    keys: readonly [number, number, number, string],
    values: Readonly<Record<string, string | undefined>>,
  ): void {
    const cells = this.#cells;
    for (const name in values) {
      const value = values[name];
      const rank = value === undefined || value === '' ? undefined : this.#ranks.get(name);
      if (rank !== undefined) cells[rank] = value;
    }
    let line = `${keys[0]};${keys[1]};${keys[2]};${cell(keys[3])}`;
    let last = -1;
    for (let rank = 0; rank < cells.length; rank += 1) {
      const value = cells[rank];
      if (value === undefined) continue;
      line += separators(rank - last) + cell(value);
      last = rank;
      cells[rank] = undefined;
    }
    this.#append(`${line}${separators(cells.length - 1 - last)}\n`);
    this.#partRows += 1;
  }

  /**
   * All rows of a file are here: with those before they make a part, if they are of `most` bytes, or a quarter of all bytes so far and worth a
   * statement. Parts grow with what comes: of little, little is left to validate when the last file has been read.
   */
  endFile(most: number): void {
    const bytes = this.#partBytes + this.#filled;
    const share = (this.#endedBytes + bytes) / PARTS_OF_ALL;
    if (bytes >= Math.min(most, Math.max(share, WORTH_A_PART_BYTES))) this.#endPart();
  }

  /** Resolves when the stream takes more. Throws when the disk is full or gone. */
  async drained(): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#stream?.writableNeedDrain) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    if (this.#partRows > 0) this.#endPart();
    for (const { closed } of this.#parts) await closed;
  }

  #append(line: string): void {
    const most = line.length * BYTES_PER_UNIT;
    if (this.#filled + most > this.#batch.length) this.#flush();
    if (most > this.#batch.length) this.#send(Buffer.from(line));
    else this.#filled += this.#batch.write(line, this.#filled, 'utf8');
  }

  #flush(): void {
    if (this.#filled === 0) return;
    this.#send(this.#batch.subarray(0, this.#filled));
    // The stream may hold on to what it was given: the next batch is another one.
    this.#batch = Buffer.allocUnsafe(BATCH_BYTES);
    this.#filled = 0;
  }

  #send(bytes: Buffer): void {
    this.#stream ??= this.#open();
    this.#stream.write(bytes);
    this.#partBytes += bytes.length;
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.#pathOf(this.#parts.length + 1));
    stream.on('error', (error) => {
      this.#failure ??= error;
    });
    return stream;
  }

  #endPart(): void {
    this.#flush();
    const stream = this.#stream;
    if (stream === undefined) return;
    const closed = this.#closed(stream);
    // Told where it is awaited: until then it must not end the program.
    void closed.catch(() => undefined);
    const part = {
      path: this.#pathOf(this.#parts.length + 1),
      rows: this.#partRows,
      bytes: this.#partBytes,
      closed,
    };
    this.#parts.push(part);
    this.#stream = undefined;
    this.#endedBytes += this.#partBytes;
    this.#partRows = 0;
    this.#partBytes = 0;
    this.#onPart(part);
  }

  async #closed(stream: WriteStream): Promise<void> {
    stream.end();
    if (!stream.closed) await once(stream, 'close');
    if (this.#failure) throw this.#failure;
  }
}

const SEPARATORS = Array.from({ length: 128 }, (_, count) => ';'.repeat(count));

/** As many at once: most columns of a row are empty. */
const separators = (count: number): string => SEPARATORS[count] ?? ';'.repeat(count);

/** A NUL would end a text early elsewhere, and no register holds one. */
function cell(value: string): string {
  if (!NEEDS_CARE.test(value)) return value;
  const text = value.includes('\0') ? value.replaceAll('\0', '') : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
