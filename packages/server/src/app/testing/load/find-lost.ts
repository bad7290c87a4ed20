import type { Database } from '../../../platform/postgres/database.ts';
import type { Callers } from './callers.ts';

/** Attempts by case, as the callers heard of them: acknowledged, and cut off before an answer came. */
export type Heard = Pick<Callers, 'acknowledged' | 'unanswered'>;

/** The last event that is written: what callers do comes after it. 0 for none. */
export async function lastEvent(database: Database): Promise<number> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ last: number }>('SELECT coalesce(max(event_id), 0) AS last FROM cases.events'),
  );
  return rows[0]?.last ?? 0;
}

/**
 * Every acknowledged attempt must be counted and told once, and nothing else be there, of all that happened after the event `since`.
 * Gives what is wrong, in words; nothing when all is well.
 */
export async function findLost(
  database: Database,
  { acknowledged, unanswered }: Heard,
  since: number,
): Promise<readonly string[]> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{
      case_id: string;
      attempts: number;
      version: number;
      told: number;
      events: number;
      came: number;
    }>(
      `SELECT c.case_id, c.attempts, c.version, count(*) FILTER (WHERE e.kind = 'attempt') AS told, count(*) AS events,
         count(*) FILTER (WHERE e.kind = 'attempt' AND e.event_id > $2) AS came
       FROM cases.cases c JOIN cases.events e USING (case_id)
       WHERE c.case_id = ANY ($1::UUID[]) OR c.case_id IN (SELECT n.case_id FROM cases.events n WHERE n.event_id > $2)
       GROUP BY c.case_id`,
      [[...new Set([...acknowledged.keys(), ...unanswered.keys()])], since],
    ),
  );
  const seen = new Map(rows.map((row) => [row.case_id, row]));
  const lost: string[] = [];
  for (const [caseId, count] of acknowledged)
    if ((seen.get(caseId)?.came ?? 0) < count) lost.push(`${caseId}: ${count} acknowledged, not all there`);
  for (const row of rows) {
    const most = (acknowledged.get(row.case_id) ?? 0) + (unanswered.get(row.case_id) ?? 0);
    if (row.came > most) lost.push(`${row.case_id}: ${row.came} told, ${most} sent`);
    if (row.told !== row.attempts)
      lost.push(`${row.case_id}: ${row.attempts} attempts counted, ${row.told} told`);
    if (row.events !== row.version)
      lost.push(`${row.case_id}: ${row.events} events in version ${row.version}`);
  }
  return lost;
}
