import {
  NOTICES_PAGE,
  type Notice,
  type NoticeKind,
  type Opening,
  type OpeningGround,
  PAGE_MAX,
  type Reader,
  type UnusualReading,
} from '@raccroche/contract';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';
import type { Caller } from './caller.ts';

/** What the caller, those who answer for a platform with them, or data protection are told; the newest first. */
export async function listNotices({ transaction }: Caller, before?: number): Promise<Notice[]> {
  const { rows } = await transaction.query<{
    notice_id: number;
    at: string;
    to_person: string | null;
    to_platform: string | null;
    kind: NoticeKind;
    about: string;
    details: Record<string, unknown>;
    who: string | null;
    seen: boolean;
  }>('SELECT * FROM access.my_notices($1, $2)', [before ?? null, NOTICES_PAGE]);
  return rows.map((row) => ({
    noticeId: row.notice_id,
    at: row.at,
    to: row.to_person !== null ? 'me' : row.to_platform !== null ? 'platform' : 'control',
    platformId: row.to_platform,
    kind: row.kind,
    about: row.about,
    details: row.details,
    who: row.who,
    seen: row.seen,
  }));
}

/** How many of these, of the last month, the caller has not seen; a hundred at most. */
export async function countUnseenNotices({ transaction }: Caller): Promise<number> {
  const { rows } = await transaction.query<{ n: number }>('SELECT access.unseen_notices() AS n');
  return rows[0]?.n ?? 0;
}

/** The caller has seen them up to this one. */
export async function seeNotices({ transaction }: Caller, upTo: number): Promise<void> {
  await transaction.query('SELECT access.see_notices($1)', [upTo]);
}

/** A page of the cases opened outside of somebody's zone: the caller's own, those that they answer for, for data protection all. */
export async function listOpenings({ transaction }: Caller, after?: string): Promise<Opening[]> {
  const { rows } = await transaction.query<{
    opening_id: string;
    person_id: string;
    display_name: string;
    siei: string;
    platform_id: string | null;
    reason: OpeningGround;
    statement: string;
    opened_at: string;
    expires_at: string;
  }>('SELECT * FROM access.list_openings($1, $2)', [after ?? null, PAGE_MAX]);
  return rows.map((row) => ({
    openingId: row.opening_id,
    person: { personId: row.person_id, displayName: row.display_name },
    siei: row.siei,
    platformId: row.platform_id,
    reason: row.reason,
    statement: row.statement,
    openedAt: row.opened_at,
    expiresAt: row.expires_at,
  }));
}

/** Days since `since` on which somebody opened far more cases than they, or others of their role, usually do. Empty but for data protection. */
export async function listUnusualReading({ transaction }: Caller, since: string): Promise<UnusualReading[]> {
  const { rows } = await transaction.query<{
    person_id: string;
    display_name: string;
    day: string;
    opened: number;
    usual: number | null;
    of_role: boolean;
  }>('SELECT * FROM access.unusual_reading($1)', [since]);
  return rows.map(({ person_id, display_name, of_role, ...row }) => ({
    personId: person_id,
    displayName: display_name,
    ...row,
    ofRole: of_role,
  }));
}

/** Who read or changed a case, by person and day. Itself written in the trail. Empty but for data protection. */
export async function listReaders(caller: Caller, caseId: string): Promise<Reader[]> {
  const { rows } = await caller.transaction.query<{
    day: string;
    actor: string;
    display_name: string | null;
    purpose: string;
    action: string;
    times: number;
  }>('SELECT * FROM access.readers_of($1)', [caseId]);
  await caller.record('case.readers', [caseId]);
  return rows.map(({ display_name, ...row }) => ({ displayName: display_name, ...row }));
}

/** Warns of rights and replacements that end in 14, 7 and 1 days, or have ended. Gives how many notices were written. */
export async function warnOfEndings(database: Database): Promise<number> {
  const { rows } = await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
    transaction.query<{ told: number }>('SELECT access.warn_of_endings() AS told'),
  );
  return rows[0]?.told ?? 0;
}

/**
 * Warns of rights for which nobody has answered in six months, and suspends those whose thirty days are over; confirming gives them
 * back. Gives how many notices were written and how many rights were suspended.
 */
export async function warnOfConfirmations(
  database: Database,
): Promise<{ readonly told: number; readonly suspended: number }> {
  const { rows } = await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
    transaction.query<{ told: number; suspended: number }>('SELECT * FROM access.warn_of_confirmations()'),
  );
  return rows[0] ?? { told: 0, suspended: 0 };
}

/** How much one person may do in a day, by kind. */
export interface Quota {
  readonly kind: string;
  readonly perDay: number;
}

/** Owner only, as is `setQuota`. */
export async function readQuotas(transaction: Transaction): Promise<readonly Quota[]> {
  const { rows } = await transaction.query<{ kind: string; per_day: number }>(
    'SELECT kind, per_day FROM access.quotas ORDER BY kind',
  );
  return rows.map((row) => ({ kind: row.kind, perDay: row.per_day }));
}

/** Throws a RaccrocheError `no_such_quota`. */
export async function setQuota(transaction: Transaction, { kind, perDay }: Quota): Promise<void> {
  const { rowCount } = await transaction.query(
    'UPDATE access.quotas SET per_day = $2 WHERE kind = $1 RETURNING kind',
    [kind, perDay],
  );
  if (rowCount === 0)
    throw new RaccrocheError('no_such_quota', `« ${kind} » n’est pas une limite connue.`, EXIT_CODES.usage);
}
