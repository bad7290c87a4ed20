import { takeAsked } from '../../modules/jobs/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { type JobEnd, openJobQueue } from '../../platform/postgres/job-queue.ts';
import { type JobPlace, jobKinds } from './job-kinds.ts';

const ASKED_MAX = 100;

export interface Worker {
  /** Ends what is under way, and takes nothing new. */
  close(): Promise<void>;
}

/**
 * Does the jobs of a base until it is closed: what was asked by `askJob` is handed to the queue, what the calendar brings comes
 * by itself. Several may work side by side. `ended` hears of every job, `pollSeconds` is how often it looks.
 */
export async function startWorker(
  database: Database,
  given: Omit<JobPlace, 'closing'> & { ended: (end: JobEnd) => void; pollSeconds: number },
): Promise<Worker> {
  const closing = new AbortController();
  const kinds = jobKinds(database, { ...given, closing: closing.signal });
  const queue = await openJobQueue(database, kinds, given);
  const handOver = () =>
    database.transaction({}, async (transaction) => {
      for (const { job, payload } of await takeAsked(transaction, ASKED_MAX))
        await queue.send(transaction, job, payload);
    });
  let handing: Promise<void> = Promise.resolve();
  const look = setInterval(() => {
    handing = handing.then(handOver).catch((error: unknown) => {
      given.ended({
        job: 'outbox',
        outcome: 'failed',
        ms: 0,
        code: error instanceof Error ? error.name : 'unknown',
      });
    });
  }, given.pollSeconds * 1000);
  return {
    async close() {
      clearInterval(look);
      closing.abort();
      await handing;
      await queue.close();
    },
  };
}
