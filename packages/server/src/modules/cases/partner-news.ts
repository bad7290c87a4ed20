import { NEWS_DAYS, PARTNER_NEWS, type PartnerNews } from '@raccroche/contract';
import type { Caller } from '../access/index.ts';

export interface News {
  readonly caseId: string;
  readonly kind: PartnerNews;
}

// Written out, so that the index of these kinds is used whatever the plan.
const KINDS = PARTNER_NEWS.map((kind) => `'${kind}'`).join(', ');

/** Of each of `caseIds`, the last thing that a partner told since the caller last opened the case; nothing of what they noted themselves. */
export async function readPartnerNews(
  { transaction, personId }: Caller,
  caseIds: readonly string[],
): Promise<News[]> {
  if (caseIds.length === 0) return [];
  const { rows } = await transaction.query<{ case_id: string; kind: PartnerNews }>(
    `SELECT DISTINCT ON (e.case_id) e.case_id, e.kind FROM cases.events e
     WHERE e.case_id = ANY ($1) AND e.kind IN (${KINDS}) AND e.actor IS DISTINCT FROM $2
       AND e.recorded_at > now() - INTERVAL '${NEWS_DAYS} days'
       AND NOT EXISTS (SELECT FROM cases.readings r
         WHERE r.case_id = e.case_id AND r.person_id = $2 AND r.read_at >= e.recorded_at)
       AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id)
     ORDER BY e.case_id, e.recorded_at DESC, e.event_id DESC`,
    [caseIds, personId],
  );
  return rows.map((row) => ({ caseId: row.case_id, kind: row.kind }));
}

/** The caller opens a case: what partners told of it until now is no longer news. Written only where they told something. */
export async function notePartnerNewsRead({ transaction, personId }: Caller, caseId: string): Promise<void> {
  await transaction.query(
    `INSERT INTO cases.readings (person_id, case_id, read_at) SELECT $1, $2, now()
     WHERE EXISTS (SELECT FROM cases.events e WHERE e.case_id = $2 AND e.kind IN (${KINDS})
       AND e.recorded_at > now() - INTERVAL '${NEWS_DAYS} days')
     ON CONFLICT (person_id, case_id) DO UPDATE SET read_at = excluded.read_at`,
    [personId, caseId],
  );
}
