import type { Hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CivilDate } from '../calendar.ts';
import type { FailureMode } from '../failure-modes.ts';
import { truthHeader } from '../truth/truth-files.ts';
import { contentHash, type Exports } from './exports.ts';
import { TextFile } from './text-file.ts';

/** `FILE.EXT.meta.json`: what a file cannot say itself. Source: formats.md §7. */
export interface Sidecar {
  readonly emetteur: string;
  readonly uai?: string;
  readonly annee_scolaire?: string;
  readonly date_extraction?: string;
  /** Family of sources that a file of the interchange format stands for. */
  readonly source?: 'school';
}

/** A row of a sender: whose it really is, and what went wrong with it. */
export interface RowOrigin {
  readonly personId: string;
  readonly failures: readonly FailureMode[];
}

/** The same, where the row is found: line (CSV), ELEVE_ID (XML), index from 1 (JSON), row (XLSX). Source: rules.md §8. */
export interface PlacedOrigin extends RowOrigin {
  readonly position: string | number;
}

export interface LineFileOptions {
  /** First lines, which are no rows. */
  readonly head: string;
  readonly sidecar: Sidecar;
  /** Position of the first row: 2 below a header, 1 without. */
  readonly firstPosition: 1 | 2;
}

/** Writes the deliveries of one part of the country and, beside them, the truth about each row, as they come. */
export class Outbox {
  readonly #root: string;
  readonly #exports: Exports | undefined;
  readonly #rows: TextFile;
  readonly #files: TextFile;
  readonly #open = new Map<string, LineFile>();
  readonly #folders = new Set<string>();
  #rowCount = 0;
  #fileCount = 0;

  /**
   * `truth`: folder of the truth; `part`: name of the files in it; `exports`: what stands from the reference date before,
   * where people are followed.
   */
  constructor(
    root: string,
    truth: string,
    { part, exports }: { part: string; exports: Exports | undefined },
  ) {
    this.#root = root;
    this.#exports = exports;
    this.#rows = new TextFile(join(truth, 'rows', `${part}.csv`));
    this.#rows.add(`${truthHeader('rows')}\n`);
    this.#files = new TextFile(join(truth, 'files', `${part}.csv`));
    this.#files.add(`${truthHeader('files')}\n`);
  }

  get rows(): number {
    return this.#rowCount;
  }

  /** Writes a file at `path` (relative, with `/`). */
  write(path: string, bytes: Uint8Array, sidecar: Sidecar | undefined): void {
    writeFileSync(this.#makeRoom(path), bytes);
    if (sidecar !== undefined) this.#writeSidecar(path, sidecar, () => contentHash().update(bytes));
  }

  /** Where `path` lies on disk, its folder made: for files that are written piece by piece. */
  place(path: string, sidecar: Sidecar): string {
    const target = this.#makeRoom(path);
    this.#writeSidecar(path, sidecar, undefined);
    return target;
  }

  /** The day that a file says itself which would be made on `on`: an earlier one when it stands as it was. */
  dayOf(name: string, content: () => string, on: CivilDate): CivilDate {
    if (this.#exports === undefined) return on;
    return this.#exports.dayOf(name, contentHash().update(content()).digest('hex'), on);
  }

  /** Says whose rows a file holds. A file of an archive is `archive.zip/inner.xml`. */
  tell(path: string, origins: Iterable<PlacedOrigin>): void {
    const file = this.#newFile(path);
    for (const { position, personId, failures } of origins) this.#tellRow(file, position, personId, failures);
  }

  /** The text file at `path` that rows are added to one by one; made the first time, when it has a first row. */
  lines(path: string, options: () => LineFileOptions): LineFile {
    const known = this.#open.get(path);
    if (known !== undefined) return known;
    const { head, sidecar, firstPosition } = options();
    const text = new TextFile(this.#makeRoom(path));
    const content = this.#exports && contentHash();
    if (head !== '') text.add(head);
    content?.update(head);
    const number = this.#newFile(path);
    let position: number = firstPosition;
    const file: LineFile = {
      add: (line, { personId, failures }) => {
        text.add(line);
        content?.update(line);
        this.#tellRow(number, position, personId, failures);
        position += 1;
      },
      close: () => {
        text.close();
        this.#writeSidecar(path, sidecar, content && (() => content));
      },
    };
    this.#open.set(path, file);
    return file;
  }

  close(): void {
    for (const file of this.#open.values()) file.close();
    this.#rows.close();
    this.#files.close();
    this.#exports?.close();
  }

  #makeRoom(path: string): string {
    const target = join(this.#root, path);
    const folder = dirname(target);
    if (!this.#folders.has(folder)) mkdirSync(folder, { recursive: true });
    this.#folders.add(folder);
    return target;
  }

  #newFile(path: string): number {
    this.#fileCount += 1;
    this.#files.add(`${this.#fileCount};${path}\n`);
    return this.#fileCount;
  }

  #tellRow(
    file: number,
    position: string | number,
    personId: string,
    failures: readonly FailureMode[],
  ): void {
    this.#rows.add(`${file};${position};${personId};${failures.join(' ')}\n`);
    this.#rowCount += 1;
  }

  #writeSidecar(path: string, sidecar: Sidecar, content: (() => Hash) | undefined): void {
    const { date_extraction: on } = sidecar;
    const day =
      on === undefined || content === undefined || this.#exports === undefined
        ? on
        : this.#exports.dayOf(path, content().digest('hex'), on);
    const told = on === undefined ? sidecar : { ...sidecar, date_extraction: day };
    writeFileSync(join(this.#root, `${path}.meta.json`), `${JSON.stringify(told, null, 2)}\n`);
  }
}

export interface LineFile {
  /** Adds a row: a whole line, its end included. */
  add(line: string, origin: RowOrigin): void;
  close(): void;
}
