import { join } from 'node:path';
import type { FileKind } from '@raccroche/contract';
import { addYears, type CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { runSteps, type Step } from '../../platform/duckdb/step.ts';
import type { ReceivedFile } from './receive.ts';
import { READING_HOLDS_YEARS } from './validate/identity.ts';

/**
 * What an earlier campaign left of its reading: `folder` holds its tables as Parquet, whole and written by a program of the
 * same `readingVersion`.
 */
export interface PreviousReading {
  readonly folder: string;
  readonly asOf: CivilDate;
}

interface PreviousFile {
  readonly file_no: number;
  readonly delivery_id: string;
  readonly sha256: string;
  readonly bytes: string;
  readonly kind: FileKind;
  readonly dated: boolean;
  readonly [column: string]: unknown;
}

/** Its rows bear the names of the best records of other files: they are never what the file alone says. */
const NEEDS_OTHER_FILES = 'sygne-schoolings';

/**
 * Files of an earlier campaign whose rows may stand for those of the same content received again, wherever it lies now and
 * whatever its name. Rows are taken over as a whole file or not at all: what was never written of it (people under 16)
 * cannot be added.
 */
export class CarryOver {
  readonly #previous: PreviousReading;
  readonly #asOf: CivilDate;
  readonly #files: ReadonlyMap<string, PreviousFile>;
  readonly #sizes: ReadonlySet<number>;

  private constructor(previous: PreviousReading, asOf: CivilDate, files: readonly PreviousFile[]) {
    this.#previous = previous;
    this.#asOf = asOf;
    this.#files = new Map(files.map((file) => [file.delivery_id, file]));
    this.#sizes = new Set(files.map(({ bytes }) => Number(bytes)));
  }

  /** `asOf`: reference date of the campaign that reads now. */
  static async open(database: Database, previous: PreviousReading, asOf: CivilDate): Promise<CarryOver> {
    const files = await database.all<PreviousFile>(
      `SELECT file_no, delivery_id, sha256, bytes, kind, dated FROM read_parquet(${literal(join(previous.folder, 'files.parquet'))})
       WHERE NOT rejected`,
    );
    const later = asOf > previous.asOf && asOf <= addYears(previous.asOf, READING_HOLDS_YEARS);
    const holding = files.filter(
      ({ kind, dated }) => kind !== NEEDS_OTHER_FILES && (asOf === previous.asOf || (later && !dated)),
    );
    return new CarryOver(previous, asOf, holding);
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

  /**
   * Takes over what is known of `files`, all of which it holds: their rows of `sources.files`, `issues` and `deaths`, which
   * are tables, and views `sources.carried_<table>` of the others, for `canonicalSteps`. What the files are named and
   * numbered now stands for what they were.
   */
  async take(database: Database, files: readonly ReceivedFile[]): Promise<void> {
    const carried = files.map((file) => ({
      file_no: file.fileKey,
      path: file.path,
      delivery_id: file.deliveryId,
      previous_no: this.#find(file)?.file_no,
    }));
    await database.run(
      `CREATE OR REPLACE TABLE sources.carried AS SELECT u.* FROM (SELECT unnest(from_json($1::JSON,
        '[{"file_no":"INTEGER","path":"VARCHAR","delivery_id":"VARCHAR","previous_no":"INTEGER"}]'), recursive := true)) u`,
      [JSON.stringify(carried)],
    );
    await runSteps(database, takeSteps(this.#previous.folder));
  }

  #find({ deliveryId, sha256 }: Pick<ReceivedFile, 'deliveryId' | 'sha256'>): PreviousFile | undefined {
    const found = this.#files.get(deliveryId);
    return found?.sha256 === sha256 ? found : undefined;
  }
}

/** Tables whose rows bear no number of a file, only the id of a record, which begins with that of the delivery. */
const BY_RECORD = ['identifiers', 'spells', 'contracts', 'awards', 'accompaniments'] as const;
const DELIVERY_ID_LENGTH = 12;

function takeSteps(folder: string): readonly Step[] {
  const kept = (table: string) => `read_parquet(${literal(join(folder, `${table}.parquet`))})`;
  const numbered = (table: string, columns: string) =>
    `SELECT k.* REPLACE (${columns}) FROM ${kept(table)} k JOIN sources.carried c ON c.previous_no = k.file_no`;
  return [
    {
      name: 'sources.carried_files',
      reads: ['sources.carried'],
      writes: ['sources.files'],
      sql: `INSERT INTO sources.files BY NAME ${numbered('files', 'c.file_no AS file_no, c.path AS path')}`,
    },
    {
      name: 'sources.carried_issues',
      reads: ['sources.carried'],
      writes: ['sources.issues'],
      sql: `INSERT INTO sources.issues BY NAME ${numbered('issues', 'c.file_no AS file_no')}`,
    },
    {
      name: 'sources.carried_deaths',
      reads: ['sources.carried'],
      writes: ['sources.deaths'],
      sql: `INSERT INTO sources.deaths BY NAME ${numbered('deaths', 'c.file_no AS file_no')}`,
    },
    {
      name: 'sources.carried_records',
      reads: ['sources.carried'],
      writes: ['sources.carried_records'],
      sql: `CREATE OR REPLACE VIEW sources.carried_records AS ${numbered('records', 'c.file_no AS file_no')}`,
    },
    ...BY_RECORD.map((table) => ({
      name: `sources.carried_${table}`,
      reads: ['sources.carried'],
      writes: [`sources.carried_${table}`],
      sql: `CREATE OR REPLACE VIEW sources.${`carried_${table}`} AS
        SELECT k.* FROM ${kept(table)} k SEMI JOIN sources.carried c ON c.delivery_id = k.record_id[1:${DELIVERY_ID_LENGTH}]`,
    })),
  ];
}
