import type { Caller } from '../../modules/access/index.ts';
import { listJobsFor, retryJobFor } from '../../modules/jobs/index.ts';

/** Handlers of the routes on what the program does by itself. */
export const JOBS_HANDLERS = {
  jobs: async (caller: Caller) => ({ jobs: await listJobsFor(caller) }),
  async retryJob(caller: Caller, { params }: { readonly params: { readonly jobId: string } }) {
    await retryJobFor(caller, params.jobId);
    return { retried: true as const };
  },
};
