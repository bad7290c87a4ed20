import type { CampaignRun, NewCampaign } from '@raccroche/contract';
import type { Transaction } from '../../../platform/postgres/database.ts';
import type { Caller } from '../../access/index.ts';

const LISTED_MAX = 20;

/** Campaigns that were asked for, the latest first. None but for whoever manages campaigns. */
export async function listRuns({ transaction }: Caller): Promise<CampaignRun[]> {
  const { rows } = await transaction.query<{
    run_id: string;
    name: string;
    as_of: string;
    rule_set: string;
    previous: string | null;
    state: CampaignRun['state'];
    stages: CampaignRun['stages'];
    silent: boolean;
    message: string | null;
    asked_at: string;
    ended_at: string | null;
  }>(
    `SELECT r.run_id, r.name, r.as_of, r.rule_set, r.previous, r.state, r.stages, lists.is_silent(r) AS silent, r.message,
       r.asked_at, r.ended_at
     FROM lists.campaign_runs r ORDER BY r.asked_at DESC, r.run_id LIMIT $1`,
    [LISTED_MAX],
  );
  return rows.map((row) => ({
    runId: row.run_id,
    name: row.name,
    asOf: row.as_of,
    rules: row.rule_set,
    previous: row.previous,
    state: row.state,
    stages: row.stages,
    silent: row.silent,
    message: row.message,
    askedAt: row.asked_at,
    endedAt: row.ended_at,
  }));
}

/** Asks a campaign of the worker. Throws `not_possible` while another is on its way. */
export async function askRun({ transaction }: Caller, asked: NewCampaign): Promise<{ runId: string }> {
  const { rows } = await transaction.query<{ id: string }>(
    'SELECT lists.ask_campaign($1, $2, $3, $4, $5) AS id',
    [asked.name, asked.asOf, asked.rules, asked.previous, asked.allowMissing],
  );
  return { runId: rows[0]?.id ?? '' };
}

/** Throws `not_possible` for one that is over, or none. */
export async function cancelRun({ transaction }: Caller, runId: string): Promise<void> {
  await transaction.query('SELECT lists.cancel_campaign($1)', [runId]);
}

/** Throws `not_possible` for one that was not stopped, or none. */
export async function resumeRun({ transaction }: Caller, runId: string): Promise<void> {
  await transaction.query('SELECT lists.resume_campaign($1)', [runId]);
}

/** A campaign to run, as it was asked. */
export interface AskedRun {
  readonly name: string;
  readonly asOf: string;
  readonly rules: string;
  readonly previous: string | null;
  readonly allowMissing: readonly string[];
}

/** Takes up a campaign that waits, or that was cut short; undefined when it is over. Owner and `raccroche_worker`, as the next. */
export async function takeRun(transaction: Transaction, runId: string): Promise<AskedRun | undefined> {
  const { rows } = await transaction.query<{
    name: string;
    as_of: string;
    rule_set: string;
    previous: string | null;
    allow_missing: string[];
  }>(
    `UPDATE lists.campaign_runs SET state = 'running', seen_at = now()
     WHERE run_id = $1 AND state IN ('asked', 'running')
     RETURNING name, as_of, rule_set, previous, allow_missing`,
    [runId],
  );
  const [row] = rows;
  return (
    row && {
      name: row.name,
      asOf: row.as_of,
      rules: row.rule_set,
      previous: row.previous,
      allowMissing: row.allow_missing,
    }
  );
}

/** Says how far a campaign is; true when somebody asked to stop it. */
export async function noteRun(
  transaction: Transaction,
  runId: string,
  stages: readonly string[],
): Promise<boolean> {
  const { rows } = await transaction.query<{ stop: boolean }>(
    `UPDATE lists.campaign_runs SET seen_at = now(), stages = $2 WHERE run_id = $1
     RETURNING cancel_asked OR state <> 'running' AS stop`,
    [runId, stages],
  );
  return rows[0]?.stop ?? true;
}

/** How a campaign ended; `asked`: cut short by the worker's own end, to be taken up again. */
export interface RunEnd {
  readonly state: 'asked' | 'done' | 'withheld' | 'failed' | 'cancelled';
  readonly stages: readonly string[];
  readonly message: string | null;
}

export async function endRun(transaction: Transaction, runId: string, end: RunEnd): Promise<void> {
  await transaction.query(
    `UPDATE lists.campaign_runs SET state = $2, stages = $3, message = $4,
       ended_at = CASE WHEN $2 = 'asked' THEN NULL ELSE now() END
     WHERE run_id = $1 AND state = 'running'`,
    [runId, end.state, end.stages, end.message],
  );
}
