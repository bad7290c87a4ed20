import type { CaseDetail } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Caller } from '../access/index.ts';
import type { Entry } from '../lists/index.ts';
import { toCaseRow } from './case-row.ts';
import { getCase, type StoredCase } from './change-case.ts';
import { type EntrySource, listedContacts, listedRepresentatives, whyListed } from './why-listed.ts';

interface EventRow {
  readonly event_id: number;
  readonly kind: string;
  readonly happened_at: string;
  readonly recorded_at: string;
  readonly actor: string | null;
  readonly details: Record<string, unknown>;
  readonly undone: boolean;
}

/**
 * A case with its entry and why it is one, how to reach the person, its whole story in the order in which it was recorded,
 * and who may be its referent. The read is written in the trail. Throws `not_found`.
 */
export async function readCase(caller: Caller, caseId: string, today: CivilDate): Promise<CaseDetail> {
  const found = await getCase(caller, caseId);
  const listed = await readListed(caller, found, today);
  const timeline = await readTimeline(caller, caseId);
  const colleagues = await caller.transaction.query<{ person_id: string; display_name: string }>(
    'SELECT person_id, display_name FROM access.colleagues($1) ORDER BY display_name, person_id',
    [found.platform_id],
  );
  await caller.record('case.read', [caseId]);
  return {
    ...toCaseRow(found, today),
    platformId: found.platform_id,
    department: found.department,
    openedOn: found.opened_on,
    ...listed,
    timeline,
    colleagues: colleagues.rows.map((row) => ({ personId: row.person_id, displayName: row.display_name })),
  };
}

type Listed = Pick<CaseDetail, 'entry' | 'why' | 'contacts' | 'representatives'>;

async function readListed({ transaction }: Caller, found: StoredCase, today: CivilDate): Promise<Listed> {
  const { rows } = await transaction.query<EntrySource & { entry: Entry }>(
    `SELECT e.entry, p.campaign, p.as_of, p.rule_set
     FROM lists.published_entries e JOIN lists.publications p USING (publication_id) WHERE e.siei = $1`,
    [found.siei],
  );
  const [row] = rows;
  if (!row) return { entry: null, why: null, contacts: [], representatives: [] };
  const { minor } = toCaseRow(found, today);
  return {
    entry: { ...row.entry },
    why: whyListed(row.entry, row, found.last_training),
    contacts: listedContacts(row.entry, row.as_of),
    representatives: listedRepresentatives(row.entry, row.as_of, minor),
  };
}

async function readTimeline({ transaction }: Caller, caseId: string): Promise<CaseDetail['timeline']> {
  const { rows } = await transaction.query<EventRow>(
    `SELECT e.event_id, e.kind, e.happened_at, e.recorded_at, e.actor, e.details,
       EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id) AS undone
     FROM cases.events e WHERE e.case_id = $1 ORDER BY e.case_version`,
    [caseId],
  );
  return rows.map((row) => ({
    eventId: row.event_id,
    kind: row.kind,
    happenedAt: row.happened_at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    details: row.details,
    undone: row.undone,
  }));
}
