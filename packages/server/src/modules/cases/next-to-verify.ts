import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Caller } from '../access/index.ts';

/** What waits to be verified on a platform, in the order in which to take it, and how far one is. */
export interface VerificationSeries {
  readonly caseIds: string[];
  readonly done: number;
  readonly remaining: number;
  readonly deferred: number;
}

/**
 * The next cases to verify: those under 18 when listed first (their clock runs), then school by school, so that one call
 * answers for several. Who was put off comes back on the day said. The read is written in the trail.
 */
export async function nextToVerify(
  caller: Caller,
  platform: string,
  limit: number,
  today: CivilDate,
): Promise<VerificationSeries> {
  const { rows } = await caller.transaction.query<{ case_id: string }>(
    `SELECT case_id FROM cases.cases
     WHERE platform_id = $1 AND verification = 'to_verify' AND pathway <> 'closed'
       AND (verify_after IS NULL OR verify_after <= $2)
     ORDER BY (obligation IS NULL), origin_uai, sort_name, case_id LIMIT $3`,
    [platform, today, limit],
  );
  const counts = await caller.transaction.query<Omit<VerificationSeries, 'caseIds'>>(
    `SELECT count(*) FILTER (WHERE listed AND verification <> 'to_verify') AS done,
       count(*) FILTER (WHERE ${WAITS} AND (verify_after IS NULL OR verify_after <= $2)) AS remaining,
       count(*) FILTER (WHERE ${WAITS} AND verify_after > $2) AS deferred
     FROM cases.cases WHERE platform_id = $1`,
    [platform, today],
  );
  const caseIds = rows.map((row) => row.case_id);
  await caller.record('case.listed', caseIds, { platform, to: 'verify' });
  return { caseIds, ...(counts.rows[0] ?? { done: 0, remaining: 0, deferred: 0 }) };
}

const WAITS = "verification = 'to_verify' AND pathway <> 'closed'";
