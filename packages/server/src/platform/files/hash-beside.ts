import { Worker } from 'node:worker_threads';

interface Hashed {
  readonly path: string;
  /** Undefined for a file that cannot be read. */
  readonly digest: string | undefined;
}

export interface HashingBeside {
  /** Resolves when no more files are hashed. */
  readonly over: Promise<void>;
  /** Ends it before. */
  stop(): Promise<void>;
}

/** Hashes files (SHA-256) on a thread beside, in their order, and tells each hash; it throws nothing. */
export function hashBeside(paths: readonly string[], onHash: (hashed: Hashed) => void): HashingBeside {
  const worker = new Worker(new URL('./hash-worker.mjs', import.meta.url), {
    workerData: paths,
    execArgv: [],
  });
  worker.on('message', onHash);
  const over = new Promise<void>((resolve) => {
    worker.on('error', () => resolve());
    worker.on('exit', () => resolve());
  });
  const stop = async (): Promise<void> => {
    await worker.terminate();
  };
  return { over, stop };
}
