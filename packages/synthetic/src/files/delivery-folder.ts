import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { csvLine } from './csv.ts';

/** `FILE.EXT.meta.json`: what a file cannot say itself. Source: formats.md §7. */
export interface Sidecar {
  readonly emetteur: string;
  readonly uai?: string;
  readonly annee_scolaire?: string;
  readonly date_extraction?: string;
}

/** A row of a sender: where it is found, and whose it really is. */
export interface RowOrigin {
  /** Line (CSV), ELEVE_ID (XML), index from 1 (JSON), row (XLSX). Source: rules.md §8. */
  readonly position: string;
  readonly personId: string;
}

/** Writes deliveries and, beside them, the truth about each of their rows, as they come: nothing is kept in memory. */
export class DeliveryFolder {
  readonly #root: string;
  readonly #rowsFile: number;
  #rows = 0;

  constructor(root: string, rowsPath: string) {
    this.#root = root;
    mkdirSync(dirname(rowsPath), { recursive: true });
    this.#rowsFile = openSync(rowsPath, 'w');
    writeSync(this.#rowsFile, `${csvLine(['file', 'position', 'person'])}\n`);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Writes a file at `path` (relative, with `/`). */
  write(path: string, bytes: Uint8Array, sidecar: Sidecar | undefined): void {
    const target = join(this.#root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
    if (sidecar !== undefined) writeFileSync(`${target}.meta.json`, `${JSON.stringify(sidecar, null, 2)}\n`);
  }

  /** Says whose rows a file holds. A file of an archive is `archive.zip/inner.xml`. */
  tell(path: string, origins: Iterable<RowOrigin>): void {
    const lines: string[] = [];
    for (const { position, personId } of origins) lines.push(`${csvLine([path, position, personId])}\n`);
    this.#rows += lines.length;
    writeSync(this.#rowsFile, lines.join(''));
  }

  close(): void {
    closeSync(this.#rowsFile);
  }
}
