import type { Transaction } from '../../platform/postgres/database.ts';

/** A job that was asked. `payload`: codes, ids and folders; never a name. */
export interface AskedJob {
  readonly job: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Asks a job in the transaction of whatever gives cause for it: done together, or not at all. */
export async function askJob(transaction: Transaction, { job, payload }: AskedJob): Promise<void> {
  await transaction.query('INSERT INTO jobs.outbox (job, payload) VALUES ($1, $2)', [
    job,
    JSON.stringify(payload),
  ]);
}

/** Takes what was asked, in its order. Two workers never take the same; an undone transaction gives it back. */
export async function takeAsked(transaction: Transaction, most: number): Promise<readonly AskedJob[]> {
  const { rows } = await transaction.query<AskedJob & { outbox_id: number }>(
    `DELETE FROM jobs.outbox WHERE outbox_id IN (
       SELECT outbox_id FROM jobs.outbox ORDER BY outbox_id LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING outbox_id, job, payload`,
    [most],
  );
  return [...rows].sort((one, other) => one.outbox_id - other.outbox_id);
}
