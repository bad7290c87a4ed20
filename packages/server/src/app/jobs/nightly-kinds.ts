import { createPublicKey } from 'node:crypto';
import { RaccrocheError } from '../../kernel/errors.ts';
import { todayOf } from '../../kernel/today.ts';
import { warnOfConfirmations, warnOfEndings } from '../../modules/access/index.ts';
import { sealVerifiedTrail, verifyTrail } from '../../modules/audit/index.ts';
import { expireRequests, remindOfClocks } from '../../modules/cases/index.ts';
import { purge } from '../../modules/privacy/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { JobKind } from '../../platform/postgres/job-queue.ts';
import { keepSeal, type Sealing } from '../operations/sealing.ts';
import { purgeTrailOf } from '../operations/trail-purge.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import { CALENDAR } from './calendar.ts';
import { JOB_MINUTES } from './job-minutes.ts';
import type { JobSettings } from './job-settings.ts';

/** What the calendar brings by itself, in the order of the night. */
export function nightlyKinds(
  database: Database,
  { clock, terms, sealing }: Pick<JobSettings, 'clock' | 'terms' | 'sealing'>,
): readonly JobKind[] {
  const today = () => todayOf(clock);
  const nightly = (name: keyof typeof CALENDAR, run: () => Promise<void>): JobKind => ({
    name,
    cron: CALENDAR[name].cron,
    minutes: JOB_MINUTES[name],
    run,
  });
  return [
    nightly('privacy.purge', async () => {
      const { proof } = await purge(database, STORE_RETENTION, { today: today(), terms });
      if (proof.leftIn.length > 0)
        throw new RaccrocheError('purge_incomplete', `Il en reste dans ${proof.leftIn.join(', ')}.`);
    }),
    nightly('audit.verify', async () => {
      const { faults } = await database.transaction(
        { role: 'raccroche_worker', snapshot: true },
        verifyTrail,
      );
      if (faults.length > 0)
        throw new RaccrocheError(
          'trail_damaged',
          'La trace a été altérée : « raccroche audit verify » dit où.',
        );
    }),
    nightly('audit.seal', () => seal(database, sealing)),
    nightly('audit.purge', async () => {
      if (sealing === undefined) throw noSealKey();
      const publicKey = createPublicKey(sealing.privateKey);
      await purgeTrailOf(database, { today: today(), terms, publicKey });
    }),
    nightly('access.warn', async () => {
      await warnOfEndings(database);
      await warnOfConfirmations(database);
    }),
    nightly('cases.remind', async () => {
      await remindOfClocks(database, today());
    }),
    nightly('cases.requests', async () => {
      await expireRequests(database);
    }),
  ];
}

async function seal(database: Database, sealing: Sealing | undefined): Promise<void> {
  if (sealing === undefined) throw noSealKey();
  const made = await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
    sealVerifiedTrail(transaction, sealing.privateKey),
  );
  if (made && sealing.folder !== undefined) keepSeal(sealing.folder, made);
}

const noSealKey = () =>
  new RaccrocheError(
    'seal_key_missing',
    'La trace n’est pas scellée : RACCROCHE_SEAL_KEY_FILE ne donne aucune clé.',
  );
