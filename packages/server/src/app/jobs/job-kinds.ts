import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { todayOf } from '../../kernel/today.ts';
import { publishDepartments, takeBack } from '../../modules/cases/index.ts';
import { sendSchoolQuestions } from '../../modules/contacts/index.ts';
import { askJob } from '../../modules/jobs/index.ts';
import { tellPartners } from '../../modules/partners/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { JobKind } from '../../platform/postgres/job-queue.ts';
import { getFolders } from '../campaigns/folders.ts';
import { runAskedCampaign } from '../campaigns/run-campaign-job.ts';
import { CALENDAR } from './calendar.ts';
import { JOB_MINUTES } from './job-minutes.ts';
import type { JobSettings, TellHow } from './job-settings.ts';
import { nightlyKinds } from './nightly-kinds.ts';

/** Name of the job that publishes a campaign; its payload is the folder, seen from the worker, and what of it (null: all). */
export const PUBLISH_JOB = 'campaign.publish';
const PublishPayload = z.object({
  folder: z.string(),
  departments: z.array(z.string()).nullable().default(null),
});
const TakeBackPayload = z.object({ publication: z.number().int() });
const RunPayload = z.object({ run: z.uuid() });

/** Tells the systems of partners what happened: asked whenever something did, and again when a message is to be tried again. */
const TELL_JOB = 'partners.tell';

function tellKind(database: Database, clock: Clock, how: TellHow): JobKind {
  return {
    name: TELL_JOB,
    // What a worker that was cut short had taken is taken again.
    cron: '7 * * * *',
    minutes: JOB_MINUTES[TELL_JOB],
    async run() {
      const now = () => Math.floor(Date.parse(clock.now()) / 1000);
      const notBefore = await tellPartners(database, { ...how, now });
      if (notBefore === null) return;
      await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
        askJob(transaction, { job: TELL_JOB, payload: { notBefore } }),
      );
    },
  };
}

/** What the worker does, each safe to do again. */
export function jobKinds(
  database: Database,
  {
    clock,
    terms,
    sealing,
    schools = 'daily',
    tell,
    campaigns,
    closing = new AbortController().signal,
  }: JobSettings,
): readonly JobKind[] {
  return [
    ...(tell === undefined ? [] : [tellKind(database, clock, tell)]),
    ...nightlyKinds(database, { clock, terms, sealing }),
    {
      name: 'schools.ask',
      // One message a day and school, early enough to be read; at once, it is no job of the calendar.
      ...(schools === 'daily' ? { cron: CALENDAR['schools.ask'].cron } : {}),
      minutes: JOB_MINUTES['schools.ask'],
      async run() {
        await sendSchoolQuestions(database);
      },
    },
    {
      name: PUBLISH_JOB,
      minutes: JOB_MINUTES[PUBLISH_JOB],
      async run(payload) {
        const { folder, departments } = PublishPayload.parse(payload);
        await publishDepartments(database, folder, { departments });
      },
    },
    {
      name: 'campaign.take_back',
      minutes: JOB_MINUTES['campaign.take_back'],
      async run(payload) {
        const { publication } = TakeBackPayload.parse(payload);
        await takeBack(database, publication, todayOf(clock));
      },
    },
    {
      name: 'campaign.run',
      minutes: JOB_MINUTES['campaign.run'],
      run: (payload) =>
        runAskedCampaign(database, RunPayload.parse(payload).run, getFolders(campaigns), closing),
    },
  ];
}
