import { Worker } from 'node:worker_threads';

interface Hashed {
  readonly path: string;
  /** Undefined for a file that cannot be read. */
  readonly digest: string | undefined;
}

export interface HashingBeside {
  /** The hash of one of the files; undefined when it cannot be read, or the thread ended before it. */
  hashOf(path: string): Promise<string | undefined>;
  /** Resolves when no more files are hashed. */
  readonly over: Promise<void>;
  /** Ends it before. */
  stop(): Promise<void>;
}

/** Hashes files (SHA-256) on a thread beside, in their order; it throws nothing. */
export function hashBeside(paths: readonly string[]): HashingBeside {
  const worker = new Worker(new URL('./hash-worker.mjs', import.meta.url), {
    workerData: paths,
    execArgv: [],
  });
  const tellers = new Map<string, (digest: string | undefined) => void>();
  const hashes = new Map(
    paths.map((path) => [
      path,
      new Promise<string | undefined>((resolve) => {
        tellers.set(path, resolve);
      }),
    ]),
  );
  worker.on('message', ({ path, digest }: Hashed) => tellers.get(path)?.(digest));
  const over = new Promise<void>((resolve) => {
    worker.on('error', () => resolve());
    worker.on('exit', () => resolve());
  }).then(() => {
    for (const tell of tellers.values()) tell(undefined);
  });
  return {
    hashOf: async (path) => hashes.get(path),
    over,
    async stop() {
      await worker.terminate();
    },
  };
}
