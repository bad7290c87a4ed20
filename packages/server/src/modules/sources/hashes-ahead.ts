import { type HashingBeside, hashBeside } from '../../platform/files/hash-beside.ts';
import { hashDelivered } from './survey-file.ts';

/** Files that a thread hashes take turns by their bytes: more threads than cores would take turns themselves. */
const THREADS = 2;
/** Of fewer bytes the threads would be over before they had begun. */
const WORTH_THREADS_BYTES = 64 * 1024 * 1024;

export interface FileToHash {
  readonly absolutePath: string;
  readonly bytes: number;
}

/**
 * Hashes of delivered files that are likely to be known, worked out on threads beside in the order in which they are asked for: a country's
 * deliveries take one thread several seconds.
 */
export class HashesAhead {
  readonly #threadOf = new Map<string, HashingBeside>();
  readonly #threads: HashingBeside[] = [];

  constructor(files: readonly FileToHash[], worthThreads = WORTH_THREADS_BYTES) {
    if (files.reduce((sum, { bytes }) => sum + bytes, 0) < worthThreads) return;
    const shares = Array.from({ length: THREADS }, () => ({ bytes: 0, paths: [] as string[] }));
    for (const { absolutePath, bytes } of files) {
      const [least] = shares.toSorted((a, b) => a.bytes - b.bytes);
      if (least === undefined) continue;
      least.paths.push(absolutePath);
      least.bytes += bytes;
    }
    for (const { paths } of shares) {
      const thread = hashBeside(paths);
      for (const path of paths) this.#threadOf.set(path, thread);
      this.#threads.push(thread);
    }
  }

  /** Hash of a file of that size. Throws FileRejection: fichier_illisible. */
  async hash(path: string, bytes: number): Promise<string> {
    const digest = await this.#threadOf.get(path)?.hashOf(path);
    return digest ?? hashDelivered(path, bytes);
  }

  /** To be called when no more are asked for. */
  async close(): Promise<void> {
    for (const thread of this.#threads) await thread.stop();
  }
}
