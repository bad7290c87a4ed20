/** The kinds of jobs of the worker, and the minutes after which one counts as cut short. */
export const JOB_MINUTES = {
  'privacy.purge': 60,
  'audit.verify': 120,
  'audit.seal': 120,
  'audit.purge': 120,
  'access.warn': 30,
  'cases.remind': 60,
  'cases.requests': 30,
  'schools.ask': 30,
  'partners.tell': 30,
  'campaign.publish': 120,
  'campaign.take_back': 120,
  'campaign.run': 720,
} as const;

/** Each kind with its minutes, as the queue is made of them. */
export const QUEUES = Object.entries(JOB_MINUTES).map(([name, minutes]) => ({ name, minutes }));
