import type { CaseDetail } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import { type Caller, listColleagues } from '../access/index.ts';
import { toCaseRow } from './case-row.ts';
import { getCase } from './change-case.ts';
import { readLookAlikes } from './identity/look-alikes.ts';
import { runningClocks } from './legal-clocks.ts';
import { notePartnerNewsRead } from './partner-news.ts';
import { readListing, readMarkedContacts } from './read-contacts.ts';
import { readSamePhone } from './search/same-phone.ts';
import { whyListed } from './why-listed.ts';

interface EventRow {
  readonly event_id: number;
  readonly case_id: string;
  readonly kind: string;
  readonly happened_at: string;
  readonly recorded_at: string;
  readonly actor: string | null;
  readonly details: Record<string, unknown>;
  readonly undone: boolean;
}

/**
 * A case with its entry and why it is one, how to reach the person, its whole story in the order in which it was recorded,
 * and who may be its referent. The read is written in the trail, and who is told of beside. Throws `not_found`.
 */
export async function readCase(caller: Caller, caseId: string, today: CivilDate): Promise<CaseDetail> {
  const found = await getCase(caller, caseId);
  const listed = await readListing(caller, found);
  const reach = await readMarkedContacts(caller, found, listed, today);
  const timeline = await readTimeline(caller, caseId);
  const colleagues = await listColleagues(caller, found.platform_id);
  await caller.record('case.read', [caseId]);
  const lookAlikes = await readLookAlikes(caller, found.siei);
  const samePhone = await readSamePhone(caller, caseId);
  await recordBeside(caller, caseId, [
    ...samePhone.map((one) => one.caseId),
    ...lookAlikes.flatMap((one) => (one.case === null ? [] : [one.case.caseId])),
  ]);
  await notePartnerNewsRead(caller, caseId);
  return {
    ...toCaseRow(found, today),
    platformId: found.platform_id,
    department: found.department,
    openedOn: found.opened_on,
    entry: listed ? { ...listed.entry } : null,
    why: listed ? whyListed(listed.entry, listed, found.last_training) : null,
    ...reach,
    lookAlikes,
    samePhone,
    clocks: runningClocks(found, today),
    notes: await readNotes(caller, caseId, today),
    timeline,
    colleagues,
  };
}

/** Others whose names the same page tells: seen, without their cases being opened. Nobody: no line. */
async function recordBeside(caller: Caller, caseId: string, others: readonly string[]): Promise<void> {
  const seen = [...new Set(others)].filter((other) => other !== caseId);
  if (seen.length > 0) await caller.record('case.seen_beside', seen, { beside: caseId });
}

/** Notes that nobody took back and whose time is not over. */
async function readNotes(
  { transaction }: Caller,
  caseId: string,
  today: CivilDate,
): Promise<CaseDetail['notes']> {
  const { rows } = await transaction.query<{
    text: string;
    author: string;
    written_at: string;
    erase_after: string;
  }>(
    `SELECT n.text, n.author, e.recorded_at AS written_at, n.erase_after
     FROM cases.notes n JOIN cases.events e USING (case_id, case_version)
     WHERE case_id = $1 AND n.erase_after >= $2
       AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id)
     ORDER BY case_version DESC`,
    [caseId, today],
  );
  return rows.map((row) => ({
    text: row.text,
    author: row.author,
    writtenAt: row.written_at,
    eraseAfter: row.erase_after,
  }));
}

async function readTimeline({ transaction }: Caller, caseId: string): Promise<CaseDetail['timeline']> {
  const { rows } = await transaction.query<EventRow>(
    `SELECT e.event_id, e.case_id, e.kind, e.happened_at, e.recorded_at, e.actor, e.details,
       EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id) AS undone
     FROM cases.events e
     WHERE e.case_id = $1 OR e.case_id = ANY (ARRAY(SELECT c.case_id FROM cases.cases c WHERE c.merged_into = $1))
     ORDER BY e.recorded_at, e.event_id`,
    [caseId],
  );
  return rows.map((row) => ({
    eventId: row.event_id,
    caseId: row.case_id,
    kind: row.kind,
    happenedAt: row.happened_at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    details: row.details,
    undone: row.undone,
  }));
}
