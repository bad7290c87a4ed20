import type { Database } from './database.ts';

/** Does two pieces of work at once, the second on a connection of its own; both are over before anybody is told of an error: nothing runs any more then. */
export async function atOnce(
  database: Database,
  work: (on: Database) => Promise<void>,
  meanwhile: (beside: Database) => Promise<void>,
): Promise<void> {
  const beside = await database.connectAgain();
  try {
    for (const done of await Promise.allSettled([work(database), meanwhile(beside)]))
      if (done.status === 'rejected') throw done.reason;
  } finally {
    beside.close();
  }
}
