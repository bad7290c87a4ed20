import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Terms } from '../../kernel/retention.ts';
import { warnOfConfirmations, warnOfEndings } from '../../modules/access/index.ts';
import { sealVerifiedTrail, verifyTrail } from '../../modules/audit/index.ts';
import { expireRequests, publishCampaign, remindOfClocks } from '../../modules/cases/index.ts';
import { sendSchoolQuestions } from '../../modules/contacts/index.ts';
import { askJob } from '../../modules/jobs/index.ts';
import { type TellSettings, tellPartners } from '../../modules/partners/index.ts';
import { purge } from '../../modules/privacy/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { JobKind } from '../../platform/postgres/job-queue.ts';
import type { Tracing } from '../../platform/telemetry/tracing.ts';
import { keepSeal, type Sealing } from '../operations/sealing.ts';
import { purgeTrailOf } from '../operations/trail-purge.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import { CALENDAR } from './calendar.ts';

/** Name of the job that publishes a campaign; its payload is `{ folder }`, seen from the worker. */
export const PUBLISH_JOB = 'campaign.publish';
const PublishPayload = z.object({ folder: z.string() });

/** Tells the systems of partners what happened: asked whenever something did, and again when a message is to be tried again. */
const TELL_JOB = 'partners.tell';

/** How the systems of partners are told; none: they are not, and what is to be told waits. */
export type TellHow = Pick<TellSettings, 'serviceKey' | 'reach' | 'post'>;

function tellKind(database: Database, clock: Clock, how: TellHow): JobKind {
  return {
    name: TELL_JOB,
    // What a worker that was cut short had taken is taken again.
    cron: '7 * * * *',
    minutes: 30,
    async run() {
      const now = () => Math.floor(Date.parse(clock.now()) / 1000);
      const notBefore = await tellPartners(database, { ...how, now });
      if (notBefore === null) return;
      await database.transaction({}, (transaction) =>
        askJob(transaction, { job: TELL_JOB, payload: { notBefore } }),
      );
    },
  };
}

export interface JobSettings {
  readonly clock: Clock;
  readonly terms: Terms;
  /** None: the job that seals the trail fails, and says why. */
  readonly sealing?: Sealing | undefined;
  /** When questions to schools leave: once a day by default, or as soon as they are asked. */
  readonly schools?: 'daily' | 'at_once' | undefined;
  /** How the systems of partners are told; none: they are not, and what is to be told waits. */
  readonly tell?: TellHow | undefined;
  /** None: nothing is traced. */
  readonly tracing?: Tracing | undefined;
}

/** What the worker does, each safe to do again. */
export function jobKinds(
  database: Database,
  { clock, terms, sealing, schools = 'daily', tell }: JobSettings,
): readonly JobKind[] {
  const today = () => clock.now().slice(0, 10);
  const nightly = (name: keyof typeof CALENDAR, minutes: number, run: () => Promise<void>): JobKind => ({
    name,
    cron: CALENDAR[name].cron,
    minutes,
    run,
  });
  return [
    ...(tell === undefined ? [] : [tellKind(database, clock, tell)]),
    nightly('privacy.purge', 60, async () => {
      const { proof } = await purge(database, STORE_RETENTION, { today: today(), terms });
      if (proof.leftIn.length > 0)
        throw new RaccrocheError('purge_incomplete', `Il en reste dans ${proof.leftIn.join(', ')}.`);
    }),
    nightly('audit.verify', 120, async () => {
      const { faults } = await database.transaction({ snapshot: true }, verifyTrail);
      if (faults.length > 0)
        throw new RaccrocheError(
          'trail_damaged',
          'La trace a été altérée : « raccroche audit verify » dit où.',
        );
    }),
    nightly('audit.seal', 120, () => seal(database, sealing)),
    nightly('audit.purge', 120, async () => {
      if (sealing === undefined) throw noSealKey();
      const publicKey = createPublicKey(sealing.privateKey);
      await purgeTrailOf(database, { today: today(), terms, publicKey });
    }),
    nightly('access.warn', 30, async () => {
      await warnOfEndings(database);
      await warnOfConfirmations(database);
    }),
    nightly('cases.remind', 60, async () => {
      await remindOfClocks(database, today());
    }),
    nightly('cases.requests', 30, async () => {
      await expireRequests(database);
    }),
    {
      name: 'schools.ask',
      // One message a day and school, early enough to be read; at once, it is no job of the calendar.
      ...(schools === 'daily' ? { cron: '30 7 * * *' } : {}),
      minutes: 30,
      async run() {
        await sendSchoolQuestions(database);
      },
    },
    {
      name: PUBLISH_JOB,
      minutes: 120,
      async run(payload) {
        await publishCampaign(database, PublishPayload.parse(payload).folder);
      },
    },
  ];
}

async function seal(database: Database, sealing: Sealing | undefined): Promise<void> {
  if (sealing === undefined) throw noSealKey();
  const made = await database.transaction({}, (transaction) =>
    sealVerifiedTrail(transaction, sealing.privateKey),
  );
  if (made && sealing.folder !== undefined) keepSeal(sealing.folder, made);
}

const noSealKey = () =>
  new RaccrocheError(
    'seal_key_missing',
    'La trace n’est pas scellée : RACCROCHE_SEAL_KEY_FILE ne donne aucune clé.',
  );
