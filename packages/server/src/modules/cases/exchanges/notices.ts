import { type EXCHANGE_ROUTES, PAGE_MAX } from '@raccroche/contract';
import type { z } from 'zod';
import type { Caller } from '../../access/index.ts';

type Notices = z.infer<(typeof EXCHANGE_ROUTES)['caseNotices']['response']>['notices'];

interface NoticeRow {
  readonly notice_id: number;
  readonly kind: Notices[number]['kind'];
  readonly case_id: string;
  readonly family_name: string;
  readonly first_names: string[];
  readonly at: string;
  readonly asked_by: string;
  readonly seen_at: string | null;
}

/** A page of what a platform is told of its cases, the latest first; the read is written in the trail. */
export async function readCaseNotices(
  caller: Caller,
  {
    platform,
    unseen,
    after,
  }: { readonly platform: string; readonly unseen: boolean; readonly after?: number | undefined },
): Promise<Notices> {
  const { rows } = await caller.transaction.query<NoticeRow>(
    `SELECT n.notice_id, n.kind, n.case_id, c.family_name, c.first_names, n.at, n.asked_by, n.seen_at
     FROM cases.notices n JOIN cases.cases c USING (case_id)
     WHERE n.platform_id = $1 AND (NOT $2 OR n.seen_at IS NULL) AND ($3::BIGINT IS NULL OR n.notice_id < $3)
     ORDER BY n.notice_id DESC LIMIT ${PAGE_MAX}`,
    [platform, unseen, after ?? null],
  );
  await caller.record(
    'case.listed',
    rows.map((row) => row.case_id),
    { platform, to: 'notices' },
  );
  return rows.map((row) => ({
    noticeId: row.notice_id,
    kind: row.kind,
    caseId: row.case_id,
    familyName: row.family_name,
    firstNames: row.first_names,
    at: row.at,
    askedBy: row.asked_by,
    seenAt: row.seen_at,
  }));
}

/** Marks a notice as seen, for the whole platform. False when there is none that the caller may mark, or it was seen already. */
export async function seeCaseNotice(caller: Caller, noticeId: number): Promise<boolean> {
  const { rowCount } = await caller.transaction.query(
    'UPDATE cases.notices SET seen_by = $2, seen_at = now() WHERE notice_id = $1 AND seen_at IS NULL',
    [noticeId, caller.personId],
  );
  return rowCount > 0;
}
