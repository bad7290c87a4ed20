import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Terms } from '../../kernel/retention.ts';
import { verifyTrail } from '../../modules/audit/index.ts';
import { publishCampaign } from '../../modules/cases/index.ts';
import { purge } from '../../modules/privacy/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { JobKind } from '../../platform/postgres/job-queue.ts';
import { type CampaignFolders, getFolders } from '../campaigns/folders.ts';
import { runAskedCampaign } from '../campaigns/run-campaign-job.ts';
import { STORE_RETENTION } from '../store/retention.ts';

/** Name of the job that publishes a campaign; its payload is `{ folder }`, seen from the worker. */
export const PUBLISH_JOB = 'campaign.publish';
const PublishPayload = z.object({ folder: z.string() });
const RunPayload = z.object({ run: z.uuid() });

/** What the jobs need of their place. */
export interface JobPlace {
  readonly clock: Clock;
  readonly terms: Terms;
  /** None: campaigns are not run from here. */
  readonly campaigns?: CampaignFolders | undefined;
  /** Told when the worker is about to stop. */
  readonly closing: AbortSignal;
}

/** What the worker does, each safe to do again. */
export function jobKinds(
  database: Database,
  { clock, terms, campaigns, closing }: JobPlace,
): readonly JobKind[] {
  return [
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
    {
      name: 'campaign.run',
      minutes: 720,
      run: (payload) =>
        runAskedCampaign(database, RunPayload.parse(payload).run, getFolders(campaigns), closing),
    },
  ];
}
