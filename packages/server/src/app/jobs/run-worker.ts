import { sendDueMessages, sendSchoolQuestions } from '../../modules/contacts/index.ts';
import { takeAsked } from '../../modules/jobs/index.ts';
import type { CarryMessage } from '../../platform/mail/carrier.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { type JobEnd, openJobQueue } from '../../platform/postgres/job-queue.ts';
import { NO_TRACING } from '../../platform/telemetry/tracing.ts';
import { jobKinds } from './job-kinds.ts';
import type { JobSettings } from './job-settings.ts';

const ASKED_MAX = 100;

export interface Worker {
  /** Ends what is under way, and takes nothing new. */
  close(): Promise<void>;
}

/**
 * Does the jobs of a base until it is closed: what was asked by `askJob` is handed to the queue, what the calendar brings comes
 * by itself, and messages that are due leave by `carry`. `origin`: where people find the application, for the links of messages.
 * Several may work side by side. `ended` hears of every job and of every round of messages, `pollSeconds` is how often it looks.
 */
export async function startWorker(
  database: Database,
  given: Omit<JobSettings, 'closing'> & {
    carry: CarryMessage;
    origin: string | undefined;
    ended: (end: JobEnd) => void;
    pollSeconds: number;
  },
): Promise<Worker> {
  const closing = new AbortController();
  const { tracing = NO_TRACING } = given;
  const kinds = jobKinds(database, { ...given, closing: closing.signal }).map((kind) => ({
    ...kind,
    run: (payload: Parameters<typeof kind.run>[0]) =>
      tracing.span(`job ${kind.name}`, { 'raccroche.job': kind.name }, () => kind.run(payload)),
  }));
  const queue = await openJobQueue(database, kinds, given);
  const handOver = () =>
    database.transaction({ role: 'raccroche_worker' }, async (transaction) => {
      for (const { job, payload } of await takeAsked(transaction, ASKED_MAX))
        await queue.send(transaction, job, payload);
    });
  let handing: Promise<void> = Promise.resolve();
  const look = setInterval(() => {
    handing = handing
      .then(handOver)
      .catch(failed('outbox', given.ended))
      .then(() => sendMessages(database, given))
      .catch(failed('messages.send', given.ended));
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

const failed = (job: string, ended: (end: JobEnd) => void) => (error: unknown) =>
  ended({ job, outcome: 'failed', ms: 0, code: error instanceof Error ? error.name : 'unknown' });

/** A round of what is due; told only when something left or could not. */
async function sendMessages(database: Database, given: Parameters<typeof startWorker>[1]): Promise<void> {
  const { carry, clock, ended, origin, schools } = given;
  const start = clock.elapsedMs();
  if (schools === 'at_once') await sendSchoolQuestions(database, { atOnce: true });
  const { sent, withdrawn, failed: refused, again } = await sendDueMessages(database, carry, { origin });
  if (sent + withdrawn + refused + again === 0) return;
  ended({
    job: 'messages.send',
    outcome: refused + again === 0 ? 'done' : 'failed',
    ms: Math.round(clock.elapsedMs() - start),
    ...(refused + again === 0 ? {} : { code: 'not_all_left' }),
  });
}
