import type { ModuleRetention } from '../../kernel/retention.ts';

export const JOBS_RETENTION: ModuleRetention = {
  tables: {
    'jobs.outbox': {
      about: 'nobody',
      purpose: 'les travaux demandés, jusqu’à ce que la file les ait',
      columns: { nothing: ['outbox_id', 'job', 'payload', 'asked_at'] },
    },
  },
  classes: [],
};
