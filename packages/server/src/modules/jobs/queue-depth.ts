import type { Transaction } from '../../platform/postgres/database.ts';

/** How many jobs of a kind are in a state, and how long the oldest has been. */
export interface QueueDepth {
  readonly job: string;
  readonly state: 'created' | 'retry' | 'active' | 'failed';
  readonly count: number;
  /** Seconds since it could have begun; of a failed one, since it ended. */
  readonly oldest: number;
}

/**
 * What the queue holds that is not done, and what is asked and not yet in it (`outbox`). Nothing of what the jobs are about.
 * Owner and `raccroche_worker`; empty where no worker was ever started.
 */
export async function readQueueDepth(transaction: Transaction): Promise<{
  readonly depths: readonly QueueDepth[];
  readonly outbox: number;
  readonly outboxOldest: number;
}> {
  const asked = await transaction.query<{ n: number; oldest: number }>(
    'SELECT count(*) AS n, coalesce(extract(epoch FROM now() - min(asked_at)), 0)::FLOAT8 AS oldest FROM jobs.outbox',
  );
  const { rows } = await transaction.query<{ there: boolean }>(
    "SELECT to_regclass('pgboss.job') IS NOT NULL AS there",
  );
  const depths = rows[0]?.there ? (await transaction.query<QueueDepth>(DEPTHS)).rows : [];
  return { depths, outbox: asked.rows[0]?.n ?? 0, outboxOldest: asked.rows[0]?.oldest ?? 0 };
}

const DEPTHS = `
  SELECT name AS job, state::TEXT AS state, count(*) AS count,
    greatest(0, extract(epoch FROM now() - min(CASE WHEN state = 'failed' THEN completed_on ELSE start_after END)))::FLOAT8 AS oldest
  FROM pgboss.job WHERE state::TEXT IN ('created', 'retry', 'active', 'failed') AND name NOT LIKE '\\_\\_pgboss%'
  GROUP BY name, state ORDER BY name, state`;
