import type { NewPrivacyRequest, PrivacyRequest } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from '../access/index.ts';

interface Row {
  readonly request_id: string;
  readonly kind: PrivacyRequest['kind'];
  readonly case_id: string;
  readonly received_on: string;
  readonly due_on: string;
  readonly extended_on: string | null;
  readonly answered_on: string | null;
  readonly answer: PrivacyRequest['answer'];
  readonly ended_on: string | null;
}

const COLUMNS = 'request_id, kind, case_id, received_on, due_on, extended_on, answered_on, answer, ended_on';

const isStanding = ({ kind, answer, ended_on }: Row) =>
  (kind === 'restriction' || kind === 'objection') &&
  (answer === 'granted' || answer === 'partly') &&
  ended_on === null;

const toRequest = (row: Row, today: CivilDate): PrivacyRequest => ({
  requestId: row.request_id,
  kind: row.kind,
  caseId: row.case_id,
  receivedOn: row.received_on,
  dueOn: row.due_on,
  extendedOn: row.extended_on,
  answeredOn: row.answered_on,
  answer: row.answer,
  endedOn: row.ended_on,
  late: row.answered_on === null && row.due_on < today,
  inForce: isStanding(row),
});

/** Requests not answered yet by their last day, then the answered ones, latest first. */
export async function listRequests({ transaction }: Caller, today: CivilDate): Promise<PrivacyRequest[]> {
  const { rows } = await transaction.query<Row>(
    `SELECT ${COLUMNS} FROM privacy.requests
     ORDER BY answered_on DESC NULLS FIRST, due_on, request_id`,
  );
  return rows.map((row) => toRequest(row, today));
}

/** Throws `not_found`. */
export async function getRequest(
  { transaction }: Caller,
  requestId: string,
  today: CivilDate,
): Promise<PrivacyRequest> {
  const { rows } = await transaction.query<Row>(
    `SELECT ${COLUMNS} FROM privacy.requests WHERE request_id = $1`,
    [requestId],
  );
  const [found] = rows;
  if (!found) throw new RaccrocheError('not_found', 'Cette demande n’existe pas.');
  return toRequest(found, today);
}

/** Records what a person asked; the clock runs from the day it was received. Throws `not_possible` for a day to come. */
export async function openRequest(
  caller: Caller,
  { kind, caseId, receivedOn }: NewPrivacyRequest,
  today: CivilDate,
): Promise<PrivacyRequest> {
  if (receivedOn > today) throw new RaccrocheError('not_possible', 'Une demande ne se reçoit pas d’avance.');
  const { rows } = await caller.transaction.query<Row>(
    `INSERT INTO privacy.requests (kind, case_id, received_on, recorded_by) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
    [kind, caseId, receivedOn, caller.personId],
  );
  return changed(caller, 'received', rows[0], today);
}

/** The changes of a request, each possible only where the condition holds. `$2` is today. */
const CHANGES = {
  extended: `extended_on = $2 WHERE request_id = $1 AND answered_on IS NULL AND extended_on IS NULL
    AND $2::DATE <= received_on + interval '1 month'`,
  answered: 'answered_on = $2, answer = $3 WHERE request_id = $1 AND answered_on IS NULL',
  ended: `ended_on = $2 WHERE request_id = $1 AND ended_on IS NULL AND kind IN ('restriction', 'objection')
    AND answer IN ('granted', 'partly')`,
} as const;

/** Moves a request on, today. Throws `not_found`, and `not_possible` where it stands otherwise. */
export async function changeRequest(
  caller: Caller,
  requestId: string,
  change:
    | { readonly what: 'extended' | 'ended' }
    | { readonly what: 'answered'; readonly answer: NonNullable<PrivacyRequest['answer']> },
  today: CivilDate,
): Promise<PrivacyRequest> {
  await getRequest(caller, requestId, today);
  const { rows } = await caller.transaction.query<Row>(
    `UPDATE privacy.requests SET ${CHANGES[change.what]} RETURNING ${COLUMNS}`,
    change.what === 'answered' ? [requestId, today, change.answer] : [requestId, today],
  );
  return changed(caller, change.what, rows[0], today);
}

async function changed(
  caller: Caller,
  what: string,
  row: Row | undefined,
  today: CivilDate,
): Promise<PrivacyRequest> {
  if (!row)
    throw new RaccrocheError(
      'not_possible',
      'Ce n’est pas possible là où en est cette demande : elle a sa réponse, ou son premier mois est passé.',
    );
  const request = toRequest(row, today);
  await caller.record(`privacy.${what}`, [request.caseId, request.requestId], {
    kind: request.kind,
    ...(request.answer === null ? {} : { answer: request.answer }),
  });
  return request;
}

/** Throws `not_possible` while a restriction or an objection of the person is in force: the case is kept, and nobody acts on it. */
export async function requireUnrestricted({ transaction }: Caller, caseId: string): Promise<void> {
  const { rows } = await transaction.query<{ restricted: boolean }>(
    'SELECT privacy.is_restricted($1) AS restricted',
    [caseId],
  );
  if (rows[0]?.restricted)
    throw new RaccrocheError(
      'not_possible',
      'À la demande de la personne, ses données ne sont que gardées : personne n’agit sur ce dossier. Voyez le délégué à la protection des données.',
    );
}
