import type { ReadyWarning } from '@raccroche/contract';
import { addDays, type CivilDate } from '../../kernel/civil-date.ts';
import { RaccrocheError } from '../../kernel/errors.ts';
import { findLastSeal } from '../../modules/audit/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { requireMigrated } from '../store/with-store.ts';

/**
 * Throws a RaccrocheError `not_ready` unless the base answers, has this program's migrations and rights, and the trail takes
 * a line. The line is written and taken back: nothing of it stays. Gives what whoever keeps the service should mend all the same.
 */
export async function requireReady(database: Database, today: CivilDate): Promise<ReadyWarning[]> {
  const answers = await database
    .transaction({}, (transaction) => transaction.query('SELECT 1'))
    .then(
      () => true,
      () => false,
    );
  if (!answers) throw notReady('La base ne répond pas.');
  await requireMigrated(database).catch(() => {
    throw notReady(
      'La base n’est pas celle de cette version du programme : « raccroche db check » dit quoi.',
    );
  });
  await database
    .transaction({ role: 'raccroche_monitor' }, (transaction) =>
      transaction.query('SELECT access.probe_trail()'),
    )
    .catch(() => {
      throw notReady('La trace ne s’écrit pas : aucun dossier ne peut être ouvert.');
    });
  const sealed = await database.transaction({ role: 'raccroche_monitor' }, findLastSeal);
  return sealed !== undefined && sealed >= addDays(today, -1) ? [] : ['trail_unsealed'];
}

const notReady = (why: string) => new RaccrocheError('not_ready', why);
