import type { ReceivedFile } from './receive.ts';

export interface IntakeProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly rows: number;
}

const PROGRESS_EVERY_ROWS = 20_000;

/** How far the reading is, of all files together. */
export class ReadingProgress {
  readonly #totalBytes: number;
  readonly #onProgress: ((progress: IntakeProgress) => void) | undefined;
  #bytes = 0;
  #rows = 0;

  constructor(files: readonly ReceivedFile[], onProgress: ((progress: IntakeProgress) => void) | undefined) {
    this.#totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#onProgress = onProgress;
  }

  row(): void {
    this.#rows += 1;
    if (this.#rows % PROGRESS_EVERY_ROWS === 0) this.#tell();
  }

  /** `file` has been read; `rows` are those not told one by one. */
  read(file: ReceivedFile, rows: number): void {
    this.#bytes += file.bytes;
    this.#rows += rows;
    this.#tell();
  }

  #tell(): void {
    this.#onProgress?.({ bytes: this.#bytes, totalBytes: this.#totalBytes, rows: this.#rows });
  }
}
