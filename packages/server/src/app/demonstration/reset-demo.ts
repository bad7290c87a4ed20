import { RaccrocheError } from '../../kernel/errors.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { remakeStore } from '../store/migrations.ts';
import { fillDemo } from './fill-demo.ts';

/**
 * What makes the demonstration as on its first day: its tables anew, then its people and its lists. One at a time: who asks while
 * it goes on waits for the same. Throws `not_possible` for a base that is not the embedded one, or in which somebody is whom the
 * demonstration did not invent: nothing is touched then.
 */
export function resetDemo(database: Database, campaign: string): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  return () => {
    underWay ??= resetNow(database, campaign).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

async function resetNow(database: Database, campaign: string): Promise<void> {
  if (database.engine !== 'pglite') throw notOurs();
  await database.transaction({}, async (transaction) => {
    // A partner's system is connected on a screen: whoever tries the demonstration may have done it.
    const { rows } = await transaction.query(
      "SELECT FROM access.people WHERE issuer NOT IN ('demo', 'partner') LIMIT 1",
    );
    if (rows.length > 0) throw notOurs();
    await remakeStore(transaction);
  });
  await fillDemo(database, campaign);
}

const notOurs = () =>
  new RaccrocheError('not_possible', 'Cette base n’est pas celle de la démonstration : rien n’y touche.');
