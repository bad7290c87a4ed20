import type { KeyObject } from 'node:crypto';
import { addDays, addMonths, addYears, type CivilDate } from '../../kernel/civil-date.ts';
import type { Term, Terms } from '../../kernel/retention.ts';
import { purgeTrail, type TrailPurge } from '../../modules/audit/index.ts';
import type { Database } from '../../platform/postgres/database.ts';

/** Code of the class of retention that the trail is. */
const TRAIL = 'audit.trail';

/** The day that lies a term before another. */
function before(day: CivilDate, { count, unit }: Term): CivilDate {
  if (unit === 'years') return addYears(day, -count);
  return unit === 'months' ? addMonths(day, -count) : addDays(day, -count);
}

/** Removes from the trail what outlived the term that is configured; with `dryRun` everything is done and taken back. */
export async function purgeTrailOf(
  database: Database,
  given: { today: CivilDate; terms: Terms; publicKey: KeyObject; dryRun?: boolean | undefined },
): Promise<TrailPurge> {
  const { today, terms, publicKey, dryRun = false } = given;
  const term = terms.get(TRAIL);
  if (!term) throw new Error('the trail has a term');
  let done: TrailPurge | undefined;
  const undo = new Error('undo');
  await database
    .transaction({ role: 'raccroche_worker' }, async (transaction) => {
      done = await purgeTrail(transaction, { today, cutoff: before(today, term), publicKey });
      if (dryRun) throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  if (!done) throw new Error('a purge tells what it did');
  return done;
}
