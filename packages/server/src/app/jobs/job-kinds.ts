import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Terms } from '../../kernel/retention.ts';
import { verifyTrail } from '../../modules/audit/index.ts';
import { publishCampaign } from '../../modules/cases/index.ts';
import { askJob } from '../../modules/jobs/index.ts';
import { type TellSettings, tellPartners } from '../../modules/partners/index.ts';
import { purge } from '../../modules/privacy/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { JobKind } from '../../platform/postgres/job-queue.ts';
import { STORE_RETENTION } from '../store/retention.ts';

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

/** What the worker does, each safe to do again. */
export function jobKinds(
  database: Database,
  { clock, terms, tell }: { clock: Clock; terms: Terms; tell?: TellHow | undefined },
): readonly JobKind[] {
  return [
    ...(tell === undefined ? [] : [tellKind(database, clock, tell)]),
    {
      name: 'privacy.purge',
      cron: '10 3 * * *',
      minutes: 60,
      async run() {
        const today = clock.now().slice(0, 10);
        const { proof } = await purge(database, STORE_RETENTION, { today, terms });
        if (proof.leftIn.length > 0)
          throw new RaccrocheError('purge_incomplete', `Il en reste dans ${proof.leftIn.join(', ')}.`);
      },
    },
    {
      name: 'audit.verify',
      cron: '40 3 * * *',
      minutes: 120,
      async run() {
        const { faults } = await database.transaction({ snapshot: true }, verifyTrail);
        if (faults.length > 0)
          throw new RaccrocheError(
            'trail_damaged',
            'La trace a été altérée : « raccroche audit verify » dit où.',
          );
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
