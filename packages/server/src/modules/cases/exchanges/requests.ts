import {
  type DepartmentAnswer,
  type OwnRequest,
  PAGE_MAX,
  type RequestAnswer,
  type RequestToAnswer,
} from '@raccroche/contract';
import type { Database } from '../../../platform/postgres/database.ts';
import type { Caller } from '../../access/index.ts';

interface WaitingRow {
  readonly request_id: string;
  readonly wanted: RequestToAnswer['wanted'];
  readonly case_id: string;
  readonly version: number;
  readonly family_name: string;
  readonly first_names: string[];
  readonly asked_on: string;
  readonly expires_on: string;
  readonly asked_by: string;
  readonly for_platform: string | null;
}

const toAnswer = (row: WaitingRow): RequestToAnswer => ({
  requestId: row.request_id,
  wanted: row.wanted,
  case: {
    caseId: row.case_id,
    version: row.version,
    familyName: row.family_name,
    firstNames: row.first_names,
  },
  askedOn: row.asked_on,
  expiresOn: row.expires_on,
  askedBy: row.asked_by,
  forPlatform: row.for_platform,
});

/** A page of what waits for an answer of a platform, the oldest first; empty for one on which the caller does not act. In the trail. */
export async function readRequests(
  caller: Caller,
  platform: string,
  after?: string,
): Promise<RequestToAnswer[]> {
  const { rows } = await caller.transaction.query<WaitingRow>(
    'SELECT * FROM cases.requests_to_answer($1, $2, $3)',
    [platform, after ?? null, PAGE_MAX],
  );
  const ids = rows.map((row) => row.case_id);
  await caller.record('case.listed', ids, { platform, to: 'requests' });
  return rows.map(toAnswer);
}

/** The same of the départements that the caller coordinates: of cases that no platform follows. In the trail. */
export async function readDepartmentRequests(caller: Caller, after?: string): Promise<RequestToAnswer[]> {
  const { rows } = await caller.transaction.query<WaitingRow>(
    'SELECT * FROM cases.department_requests($1, $2)',
    [after ?? null, PAGE_MAX],
  );
  const ids = rows.map((row) => row.case_id);
  await caller.record('case.listed', ids, { to: 'requests' });
  return rows.map(toAnswer);
}

/** A page of what the caller asked, the latest days first. */
export async function readOwnRequests({ transaction }: Caller, after?: string): Promise<OwnRequest[]> {
  const { rows } = await transaction.query<{
    request_id: string;
    wanted: OwnRequest['wanted'];
    platform: string | null;
    asked_on: string;
    expires_on: string;
    answer: OwnRequest['answer'];
    reason: OwnRequest['reason'];
    answered_at: string | null;
    case_id: string | null;
  }>('SELECT * FROM cases.my_requests($1, $2)', [after ?? null, PAGE_MAX]);
  return rows.map((row) => ({
    requestId: row.request_id,
    wanted: row.wanted,
    platform: row.platform,
    askedOn: row.asked_on,
    expiresOn: row.expires_on,
    answer: row.answer,
    reason: row.reason,
    answeredAt: row.answered_at,
    caseId: row.case_id,
  }));
}

/** The case of which a request that waits for the caller wants the transfer; none: it wants something else, or is not for them. */
export async function findTransferAsked(
  { transaction }: Caller,
  requestId: string,
): Promise<string | undefined> {
  const { rows } = await transaction.query<{ case_id: string }>(
    `SELECT r.case_id FROM access.platforms_for('case.act') AS p, cases.requests_to_answer(p, NULL, NULL) r
     WHERE r.request_id = $1 AND r.wanted = 'transfer'`,
    [requestId],
  );
  return rows[0]?.case_id;
}

/**
 * Answers a request for those who follow the case; the base looks at who answers, opens or hands over, tells who asked and
 * writes the trail. Throws `not_found` (none that waits for the caller), `not_possible`.
 */
export async function answerRequest(
  { transaction }: Caller,
  requestId: string,
  { answer, reason, days, version }: RequestAnswer,
): Promise<void> {
  await transaction.query('SELECT cases.answer_request($1, $2, $3, $4, $5)', [
    requestId,
    answer,
    reason ?? null,
    days,
    version,
  ]);
}

/** Answers a request as the coordination of the département. Throws `not_found` (none that waits for the caller), `not_possible`. */
export async function answerForDepartment(
  { transaction }: Caller,
  requestId: string,
  { answer, reason, days }: DepartmentAnswer,
): Promise<void> {
  await transaction.query('SELECT cases.answer_for_department($1, $2, $3, $4)', [
    requestId,
    answer,
    reason ?? null,
    days,
  ]);
}

/** Ends what nobody answered in time, and tells both sides. Gives how many ended. */
export async function expireRequests(database: Database): Promise<number> {
  const { rows } = await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
    transaction.query<{ ended: number }>('SELECT cases.expire_requests() AS ended'),
  );
  return rows[0]?.ended ?? 0;
}
