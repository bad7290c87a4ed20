import { z } from 'zod';

export const JOB_STATES = ['created', 'retry', 'active', 'completed', 'cancelled', 'failed'] as const;

/** A job of the worker. */
export const JobRow = z.object({
  jobId: z.uuid(),
  job: z.string(),
  state: z.enum(JOB_STATES),
  tries: z.number().int(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Code of the error that ended the last try. */
  code: z.string().nullable(),
});
export type JobRow = z.infer<typeof JobRow>;

/** What the program does by itself, for whoever answers for it. */
export const JOBS_ROUTES = {
  jobs: {
    method: 'GET',
    path: '/api/jobs',
    summary: 'Les derniers travaux du programme, ceux qui ont échoué d’abord.',
    access: 'jobs.manage',
    response: z.object({ jobs: z.array(JobRow) }),
  },
  retryJob: {
    method: 'POST',
    path: '/api/jobs/{jobId}/retry',
    summary: 'Refait un travail qui a échoué.',
    access: 'jobs.manage',
    params: z.object({ jobId: z.uuid() }),
    response: z.object({ retried: z.literal(true) }),
    errors: ['not_possible'],
  },
} as const;
