import {
  type Allowance,
  type QuotaAnswer,
  type QuotaRequest,
  RAISED_QUOTAS,
  type RaisedQuota,
  type RaisePurpose,
} from '@raccroche/contract';
import type { Caller } from './caller.ts';

const isRaised = (kind: string): kind is RaisedQuota => RAISED_QUOTAS.some((one) => one === kind);

/** What the caller may still do today of each kind of which more may be asked. */
export async function readAllowances({ transaction }: Caller): Promise<Allowance[]> {
  const { rows } = await transaction.query<{
    kind: string;
    per_day: number;
    more: number;
    used: number;
    asked: boolean;
    refusal: string | null;
  }>('SELECT kind, per_day, more, used, asked, refusal FROM access.allowances()');
  return rows.flatMap(({ kind, per_day, more, used, asked, refusal }) =>
    isRaised(kind)
      ? [{ kind, perDay: per_day + more, more, left: Math.max(0, per_day + more - used), asked, refusal }]
      : [],
  );
}

/** Of one kind. */
export async function readAllowance(caller: Caller, kind: RaisedQuota): Promise<Allowance> {
  const found = (await readAllowances(caller)).find((one) => one.kind === kind);
  if (!found) throw new Error(`no quota of ${kind}`);
  return found;
}

/** Asks for more than the day allows; told and written in the trail once, as long as it waits. */
export async function askForMore(
  { transaction }: Caller,
  kind: RaisedQuota,
  purpose: RaisePurpose,
): Promise<void> {
  await transaction.query('SELECT access.ask_for_more($1, $2)', [kind, purpose]);
}

/** Requests that the caller may answer, those that wait first; never their own. */
export async function listQuotaRequests({ transaction }: Caller): Promise<QuotaRequest[]> {
  const { rows } = await transaction.query<{
    quota_request_id: string;
    person_id: string;
    display_name: string;
    day: string;
    kind: RaisedQuota;
    purpose: RaisePurpose;
    asked_at: string;
    per_day: number;
    used: number;
    more: number | null;
    reason: string | null;
    answered_by: string | null;
    answered_at: string | null;
  }>('SELECT * FROM access.quota_requests_to_answer()');
  return rows.map((row) => ({
    quotaRequestId: row.quota_request_id,
    person: { personId: row.person_id, displayName: row.display_name },
    day: row.day,
    kind: row.kind,
    purpose: row.purpose,
    askedAt: row.asked_at,
    perDay: row.per_day,
    used: row.used,
    answer:
      row.more === null || row.reason === null || row.answered_by === null || row.answered_at === null
        ? null
        : { more: row.more, reason: row.reason, by: row.answered_by, at: row.answered_at },
  }));
}

/** Throws `not_found` for one of another day, of nobody's, or that is not the caller's to answer; `not_possible` beyond as much again. */
export async function answerQuotaRequest(
  { transaction }: Caller,
  quotaRequestId: string,
  { more, reason }: QuotaAnswer,
): Promise<void> {
  await transaction.query('SELECT access.answer_quota_request($1, $2, $3)', [quotaRequestId, more, reason]);
}
