import type { Outbox } from '../files/outbox.ts';
import { type ZipEntry, ZipFile } from '../files/zip.ts';

/** Archives that several schools put their files in, one after the other: nothing of them stays in memory. */
export class ZipShelf {
  readonly #outbox: Outbox;
  readonly #open = new Map<string, ZipFile>();
  readonly #sender: string;

  constructor(outbox: Outbox, sender: string) {
    this.#outbox = outbox;
    this.#sender = sender;
  }

  add(path: string, entry: ZipEntry): void {
    const known = this.#open.get(path);
    const file = known ?? new ZipFile(this.#outbox.place(path, { emetteur: this.#sender }));
    if (known === undefined) this.#open.set(path, file);
    file.add(entry);
  }

  close(): void {
    for (const file of this.#open.values()) file.close();
  }
}
