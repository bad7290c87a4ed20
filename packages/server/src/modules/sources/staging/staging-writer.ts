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
/** UTF-8 takes three bytes at most for one UTF-16 unit. */
const BYTES_PER_UNIT = 3;
const NEEDS_CARE = /[\0";\r\n]/;
const NEEDS_QUOTES = /[";\r\n]/;

/**
 * The rows of one kind on their way to validation, as one CSV file for all delivered files: thousands of small files
 * then cost one statement, not thousands. No header; every column always there; NULL is empty.
 */
export class StagingWriter {
  readonly path: string;
  rows = 0;
  /** Place of each column behind the keys. */
  readonly #ranks: ReadonlyMap<string, number>;
  /** Values of the row being written, by rank: most columns of a row are empty, and asking it for each would cost more. */
  readonly #cells: (string | undefined)[];
  readonly #stream: WriteStream;
  /** Bytes, not text: rows kept as text until the batch is full would live long enough to cost more than their writing. */
  #batch = Buffer.allocUnsafe(BATCH_BYTES);
  #filled = 0;
  #failure: Error | undefined;

  /** A file of rows with these `columns`, named after what they are. */
  constructor(folder: string, name: string, columns: readonly string[]) {
    this.path = join(folder, `staged-${name}.csv`);
    this.#ranks = new Map(columns.map((name, rank) => [name, rank]));
    this.#cells = columns.map(() => undefined);
    this.#stream = createWriteStream(this.path);
    this.#stream.on('error', (error) => {
      this.#failure = error;
    });
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
    for (let rank = 0; rank < cells.length; rank += 1) {
      const value = cells[rank];
      line += value === undefined ? ';' : `;${cell(value)}`;
      cells[rank] = undefined;
    }
    this.#append(`${line}\n`);
    this.rows += 1;
  }

  #append(line: string): void {
    const most = line.length * BYTES_PER_UNIT;
    if (this.#filled + most > this.#batch.length) this.#flush();
    if (most > this.#batch.length) this.#stream.write(line);
    else this.#filled += this.#batch.write(line, this.#filled, 'utf8');
  }

  /** Resolves when the stream takes more. Throws when the disk is full or gone. */
  async drained(): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#stream.writableNeedDrain) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    this.#flush();
    this.#stream.end();
    if (!this.#stream.closed) await once(this.#stream, 'close');
    if (this.#failure) throw this.#failure;
  }

  #flush(): void {
    if (this.#filled === 0) return;
    this.#stream.write(this.#batch.subarray(0, this.#filled));
    // The stream may hold on to what it was given: the next batch is another one.
    this.#batch = Buffer.allocUnsafe(BATCH_BYTES);
    this.#filled = 0;
  }
}

/** A NUL would end a text early elsewhere, and no register holds one. */
function cell(value: string): string {
  if (!NEEDS_CARE.test(value)) return value;
  const text = value.includes('\0') ? value.replaceAll('\0', '') : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
