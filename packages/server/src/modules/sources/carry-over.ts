import type { FileKind } from '@raccroche/contract';
import { addYears, type CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { runSteps } from '../../platform/duckdb/step.ts';
import { takeSteps } from './carry-steps.ts';
import { NEEDS_OTHER_FILES } from './delivery-ids.ts';
import type { PreviousReading } from './previous-reading.ts';
import type { ReceivedFile } from './receive.ts';
import { READING_HOLDS_YEARS } from './validate/identity.ts';

interface PreviousFile {
  readonly delivery_id: string;
  readonly sha256: string;
  readonly bytes: string;
  readonly record_count: string;
  readonly rejected: boolean;
  readonly kind: FileKind;
  readonly dated: boolean;
  readonly [column: string]: unknown;
}

/**
 * Where files that hold more of an earlier campaign's records are gone, or must be read again, all are read: what differs from its tables would
 * be told in more than they take to be written, and its rows, strewn over them, cost more to find than the files that hold them cost to read.
 */
const MOST_GONE = 1 / 5;

/**
 * Files of an earlier campaign whose rows may stand for those of the same content received again, wherever it lies now and
 * whatever its name. Rows are taken over as a whole file or not at all: what was never written of it (people under 16)
 * cannot be added.
 */
export class CarryOver {
  readonly #previous: PreviousReading;
  readonly #files: ReadonlyMap<string, PreviousFile>;
  readonly #sizes: ReadonlySet<number>;
  /** Records that the files which are taken over must hold. */
  readonly #least: number;

  private constructor(previous: PreviousReading, files: readonly PreviousFile[], least: number) {
    this.#previous = previous;
    this.#files = new Map(files.map((file) => [file.delivery_id, file]));
    this.#sizes = new Set(files.map(({ bytes }) => Number(bytes)));
    this.#least = least;
  }

  /**
   * What may be taken over of `previous`; undefined where too much of it no longer holds, whatever comes. `asOf`: reference date of the campaign that reads now.
   * `mostGone`: share of the records of then in files that are gone or must be read again, above which nothing is taken over; a fifth by default.
   */
  static async open(
    database: Database,
    previous: PreviousReading,
    { asOf, mostGone = MOST_GONE }: { readonly asOf: CivilDate; readonly mostGone?: number | undefined },
  ): Promise<CarryOver | undefined> {
    const files = await database.all<PreviousFile>(
      `SELECT delivery_id, sha256, bytes, kind, dated, rejected, record_count FROM ${previous.table('files')}`,
    );
    const later = asOf > previous.asOf && asOf <= addYears(previous.asOf, READING_HOLDS_YEARS);
    const holding = files.filter(
      ({ kind, dated, rejected }) =>
        !rejected && kind !== NEEDS_OTHER_FILES && (asOf === previous.asOf || (later && !dated)),
    );
    const least = countRecords(files) * (1 - mostGone);
    return countRecords(holding) < least ? undefined : new CarryOver(previous, holding, least);
  }

  /** Whether a file of that size may turn out to be one that need not be read. */
  mayHold(bytes: number): boolean {
    return this.#sizes.has(bytes);
  }

  /** What the file of that content and companion was, when it needs not be looked at again: it is the same. */
  kindOf(deliveryId: string, sha256: string): FileKind | undefined {
    return this.#find({ deliveryId, sha256 })?.kind;
  }

  /** Whether the rows of `file` stand in the earlier campaign as they would be read now. */
  holds(file: ReceivedFile): boolean {
    return file.rejection === undefined && this.#find(file) !== undefined;
  }

  /** Whether those of `files` that it holds had enough of the records of then to be taken over. */
  holdsEnough(files: readonly ReceivedFile[]): boolean {
    return (
      countRecords(files.filter((file) => this.holds(file)).map((file) => this.#find(file))) >= this.#least
    );
  }

  /**
   * Takes over what is known of `files`, all of which it holds: their rows of `sources.files`, `issues` and `deaths`, which
   * are tables, and views `sources.carried_<table>` of the others, for `canonicalSteps`; the path of today stands for that of
   * then. `readingDifferences` tells afterwards what differs; rows of then that are gone stand in `sources.gone_<table>`.
   */
  async take(database: Database, files: readonly ReceivedFile[]): Promise<void> {
    const carried = files.map(({ fileKey, path, deliveryId }) => ({
      file_no: fileKey,
      path,
      delivery_id: deliveryId,
    }));
    await database.run(
      `CREATE OR REPLACE TABLE sources.carried AS SELECT u.* FROM (SELECT unnest(from_json($1::JSON,
        '[{"file_no":"BIGINT","path":"VARCHAR","delivery_id":"VARCHAR"}]'), recursive := true)) u`,
      [JSON.stringify(carried)],
    );
    await runSteps(database, takeSteps(this.#previous.table));
  }

  #find({ deliveryId, sha256 }: Pick<ReceivedFile, 'deliveryId' | 'sha256'>): PreviousFile | undefined {
    const found = this.#files.get(deliveryId);
    return found?.sha256 === sha256 ? found : undefined;
  }
}

const countRecords = (files: readonly (PreviousFile | undefined)[]): number =>
  files.reduce((sum, file) => sum + Number(file?.record_count ?? 0), 0);
