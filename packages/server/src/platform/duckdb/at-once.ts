import { allOver } from '../../kernel/all-over.ts';
import type { Database } from './database.ts';

/** Does two pieces of work at once, the second on a connection of its own; both are over before anybody is told of an error: nothing runs any more then. */
export async function atOnce<One, Other>(
  database: Database,
  work: (on: Database) => Promise<One>,
  meanwhile: (beside: Database) => Promise<Other>,
): Promise<[One, Other]> {
  const beside = await database.connectAgain();
  try {
    return await allOver([work(database), meanwhile(beside)]);
  } finally {
    beside.close();
  }
}
