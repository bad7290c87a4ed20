import { ROW_KINDS, type RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import type { Lanes } from '../../platform/duckdb/lanes.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { stagedColumns } from './interchange-columns.ts';
import { excludeRepeats } from './repeated-rows.ts';
import { addCounts, countRows, NO_ROWS, type RowCounts } from './row-counts.ts';
import { type StagedPart, StagingWriter, stagedTypes } from './staging/staging-writer.ts';
import { rowsParquet, validatedRowsSql } from './validate/rows-sql.ts';

/**
 * Bytes of rows that are validated together at most, unless one file has more: fewer would cost a country more statements, and more would leave more to do when
 * the last file has been read.
 */
const PART_BYTES = 32 * 1024 * 1024;

export interface StagedRowsRequest {
  readonly asOf: CivilDate;
  readonly workFolder: string;
  /** Bytes of rows, of whole files, that are validated together at most: what it is changes nothing of them nor of their order. */
  readonly partBytes?: number | undefined;
}

/**
 * Rows that this thread reads, by their kind. Each part of them is validated, and looked through for rows told twice, while the next files
 * are still read.
 */
export class StagedRows {
  readonly writers: Readonly<Record<RowKind, StagingWriter>>;
  readonly #lanes: Lanes;
  readonly #asOf: CivilDate;
  readonly #parquets: Readonly<Record<RowKind, Promise<string>[]>> = byKind(() => []);

  readonly #partBytes: number;
  readonly #counts = new Map<number, RowCounts>();

  constructor(lanes: Lanes, { asOf, workFolder, partBytes = PART_BYTES }: StagedRowsRequest) {
    this.#lanes = lanes;
    this.#partBytes = partBytes;
    this.#asOf = asOf;
    this.writers = byKind(
      (kind) => new StagingWriter(workFolder, kind, stagedColumns(kind), (part) => this.#begin(kind, part)),
    );
  }

  /** All rows of a file have come. */
  endFile(): void {
    for (const kind of ROW_KINDS) this.writers[kind].endFile(this.#partBytes);
  }

  /** No more rows come. */
  async close(): Promise<void> {
    for (const kind of ROW_KINDS) await this.writers[kind].close();
  }

  /** Where the validated rows of `kind` are, in their order, once they are. Throws when the disk is full or gone. */
  parquets(kind: RowKind): Promise<readonly string[]> {
    return Promise.all(this.#parquets[kind]);
  }

  /** What became of the rows of the file `fileKey`, once all `parquets` are there. */
  countsOf(fileKey: number): RowCounts | undefined {
    return this.#counts.get(fileKey);
  }

  /** Resolves when no part is at work any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(ROW_KINDS.flatMap((kind) => this.#parquets[kind]));
  }

  #begin(kind: RowKind, part: StagedPart): void {
    const parquet = part.closed.then(() =>
      this.#lanes.run(async (lane) => {
        const rows = await validatePart(lane, { kind, part, asOf: this.#asOf });
        // One row may be of several kinds: it counts as the first of them.
        for (const [file, counts] of await countRows(lane, rows, { file: 'file_no', where: 'sub = 0' }))
          this.#counts.set(file, addCounts(this.#counts.get(file) ?? NO_ROWS, counts));
        return rows;
      }),
    );
    // Told where it is awaited, much later: until then it must not end the program.
    void parquet.catch(() => undefined);
    this.#parquets[kind].push(parquet);
  }
}

const byKind = <Value>(of: (kind: RowKind) => Value): Record<RowKind, Value> => ({
  inscriptions: of('inscriptions'),
  diplomes: of('diplomes'),
  contrats: of('contrats'),
  accompagnements: of('accompagnements'),
});

interface PartOfKind {
  readonly kind: RowKind;
  readonly part: StagedPart;
  readonly asOf: CivilDate;
}

async function validatePart(lane: Database, { kind, part, asOf }: PartOfKind): Promise<string> {
  const columns = stagedColumns(kind);
  const parquet = part.path.replace(/\.csv$/, '.parquet');
  const from = `read_csv(${literal(part.path)}, auto_detect = false, header = false, delim = ';',
    quote = '"', escape = '"', columns = {${stagedTypes(columns)}}, strict_mode = true, parallel = false, nullstr = '', max_line_size = 4194304)`;
  const select = validatedRowsSql({ kind, asOf, from, present: new Set(columns), origin: 'staged' });
  await lane.run(`COPY (SELECT file_key AS file_no, * EXCLUDE (file_key) FROM (${select}))
    TO ${literal(parquet)} ${rowsParquet(part.bytes / part.rows)}`);
  await excludeRepeats(lane, kind, parquet);
  return parquet;
}
