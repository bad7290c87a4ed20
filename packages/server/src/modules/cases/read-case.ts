import type { CaseDetail } from '@raccroche/contract';
import type { Caller } from '../access/index.ts';
import { toCaseRow } from './case-row.ts';
import { getCase } from './change-case.ts';

interface EventRow {
  readonly event_id: number;
  readonly kind: string;
  readonly happened_at: string;
  readonly recorded_at: string;
  readonly actor: string | null;
  readonly details: Record<string, unknown>;
  readonly undone: boolean;
}

/** A case with its entry, its whole story in the order in which it was recorded, and who may be its referent. Throws `not_found`. */
export async function readCase(caller: Caller, caseId: string): Promise<CaseDetail> {
  const found = await getCase(caller, caseId);
  const { transaction } = caller;
  const entries = await transaction.query<{ entry: Record<string, unknown> }>(
    'SELECT entry FROM lists.published_entries WHERE siei = $1',
    [found.siei],
  );
  const events = await transaction.query<EventRow>(
    `SELECT e.event_id, e.kind, e.happened_at, e.recorded_at, e.actor, e.details,
       EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id) AS undone
     FROM cases.events e WHERE e.case_id = $1 ORDER BY e.case_version`,
    [caseId],
  );
  const colleagues = await transaction.query<{ person_id: string; display_name: string }>(
    'SELECT person_id, display_name FROM access.colleagues($1) ORDER BY display_name, person_id',
    [found.platform_id],
  );
  await caller.record('case.read', [caseId]);
  return {
    ...toCaseRow(found),
    platformId: found.platform_id,
    department: found.department,
    openedOn: found.opened_on,
    entry: entries.rows[0]?.entry ?? null,
    timeline: events.rows.map((row) => ({
      eventId: row.event_id,
      kind: row.kind,
      happenedAt: row.happened_at,
      recordedAt: row.recorded_at,
      actor: row.actor,
      details: row.details,
      undone: row.undone,
    })),
    colleagues: colleagues.rows.map((row) => ({ personId: row.person_id, displayName: row.display_name })),
  };
}
