import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ListsToWrite, ListsWriter, PageOfList } from './lists-writer.ts';

/** The same writer on a thread of its own: whoever reads the entries, or writes other lists, does not wait for it. */
export function openListsWriterBeside(lists: ListsToWrite): ListsWriter {
  const worker = new Worker(new URL('./lists-worker.mjs', import.meta.url), {
    workerData: lists,
    execArgv: [],
  });
  const failed = new Promise<never>((_, reject) => worker.on('error', reject));
  // Who gives the next page, or ends, is told.
  failed.catch(() => undefined);
  const ask = async (asked: PageOfList | null) => {
    const answer = once(worker, 'message');
    worker.postMessage(asked);
    await Promise.race([answer, failed]);
  };
  return {
    take: ask,
    async finish() {
      try {
        await ask(null);
      } finally {
        await worker.terminate();
      }
    },
  };
}
