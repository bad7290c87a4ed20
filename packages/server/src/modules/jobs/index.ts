import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: what is asked of the worker, until the queue has it. The queue itself is platform/postgres/job-queue.ts. */
export { listJobs, listJobsFor, readLastVerification, retryJob, retryJobFor } from './job-list.ts';
export { askJob, takeAsked } from './outbox.ts';
export { readQueueDepth } from './queue-depth.ts';
export { JOBS_RETENTION } from './retention.ts';

export const JOBS_MIGRATIONS: MigrationSet = {
  module: 'jobs',
  folder: new URL('./migrations/', import.meta.url),
};
