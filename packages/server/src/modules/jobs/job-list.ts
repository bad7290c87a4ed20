import type { JobRow } from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Transaction } from '../../platform/postgres/database.ts';
import type { Caller } from '../access/index.ts';

const LISTED_MAX = 50;

interface Row {
  readonly job_id: string;
  readonly job: string;
  readonly state: JobRow['state'];
  readonly tries: number;
  readonly created_at: string;
  readonly ended_at: string | null;
  readonly code: string | null;
}

const toJob = (row: Row): JobRow => ({
  jobId: row.job_id,
  job: row.job,
  state: row.state,
  tries: row.tries,
  createdAt: row.created_at,
  endedAt: row.ended_at,
  code: row.code,
});

/** The latest jobs, those that failed first. Empty where no worker was ever started. Owner only. */
export async function listJobs(transaction: Transaction): Promise<JobRow[]> {
  return (await transaction.query<Row>('SELECT * FROM jobs.latest($1)', [LISTED_MAX])).rows.map(toJob);
}

/** Puts a failed or cancelled job back in the queue; false when there is no such job. Owner only. */
export async function retryJob(transaction: Transaction, jobId: string): Promise<boolean> {
  const { rows } = await transaction.query<{ done: boolean }>('SELECT jobs.put_back($1) AS done', [jobId]);
  return rows[0]?.done ?? false;
}

/** The same for somebody who may. */
export async function listJobsFor({ transaction }: Caller): Promise<JobRow[]> {
  const { rows } = await transaction.query<Row>('SELECT * FROM jobs.latest_for_manager($1)', [LISTED_MAX]);
  return rows.map(toJob);
}

/** The same for somebody who may; in the trail. Throws `not_possible` for a job that did not fail, or is none. */
export async function retryJobFor(caller: Caller, jobId: string): Promise<void> {
  const { rows } = await caller.transaction.query<{ done: boolean }>(
    'SELECT jobs.put_back_for_manager($1) AS done',
    [jobId],
  );
  if (!rows[0]?.done) throw new RaccrocheError('not_possible', 'Ce travail n’a pas échoué, ou n’existe pas.');
  await caller.record('job.retried', [jobId]);
}

/** When the worker last recomputed the whole trail, and whether it was sound; null: never yet, or not for the caller to see. */
export async function readLastVerification({
  transaction,
}: Caller): Promise<{ at: string; sound: boolean; code: string | null } | null> {
  const { rows } = await transaction.query<{ state: string; ended_at: string; code: string | null }>(
    'SELECT * FROM jobs.last_verification()',
  );
  const [row] = rows;
  return row ? { at: row.ended_at, sound: row.state === 'completed', code: row.code } : null;
}
