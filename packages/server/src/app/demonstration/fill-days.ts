import { addDays, type CivilDate } from '../../kernel/civil-date.ts';
import { instantOf } from '../../kernel/local-time.ts';
import { nextWorkingDay } from '../../kernel/public-holidays.ts';
import type { Transaction } from '../../platform/postgres/database.ts';

const DEPARTMENT = '62';
const ZONE = 'Europe/Paris';
/** Appointments of the first person of a platform, from the next working day on: working days away, hour, how, confirmed. */
const APPOINTMENTS = [
  [0, '09:30', 'on_site', true],
  [0, '14:30', 'phone', false],
  [1, '10:00', 'on_site', false],
  [3, '11:00', 'visit', false],
] as const;
/** Solutions that are proposed to the structure of the demonstration. */
const PROPOSED = ['apprenticeship', 'second_chance_school'] as const;

/**
 * Gives the demonstration a week: appointments and proposals of the platform whose code is `platform`, set by the person of the
 * demonstration numbered `subject`. Of those whose names come last, so that the rest of the list is as a campaign leaves it.
 */
export async function fillDays(
  transaction: Transaction,
  {
    platform,
    subject,
    today,
  }: { readonly platform: string; readonly subject: string; readonly today: CivilDate },
): Promise<void> {
  const { rows } = await transaction.query<{ case_id: string; person_id: string }>(
    `SELECT c.case_id, p.person_id FROM cases.cases c JOIN access.platforms f USING (platform_id)
     JOIN access.people p ON p.issuer = 'demo' AND p.subject = $2
     WHERE f.code = $1 AND c.birth_date <= $3 ORDER BY c.sort_name DESC, c.case_id LIMIT $4`,
    [platform, subject, addDays(today, -18 * 366), APPOINTMENTS.length + PROPOSED.length],
  );
  for (const [index, [away, hour, mode, isConfirmed]] of APPOINTMENTS.entries()) {
    const one = rows[index];
    if (one) await setAppointment(transaction, one, { at: instantAt(today, away, hour), mode, isConfirmed });
  }
  for (const [index, solution] of PROPOSED.entries()) {
    const one = rows[APPOINTMENTS.length + index];
    if (one) await propose(transaction, one, solution);
  }
}

/** What an undo puts back. */
const AS_LISTED = {
  pathway: 'not_started',
  contact: 'to_contact',
  interview_at: null,
  interview_held_at: null,
  confirmed_on: null,
  solution: null,
};

interface Of {
  readonly case_id: string;
  readonly person_id: string;
}

function instantAt(today: CivilDate, away: number, hour: string): string {
  let day = nextWorkingDay(today, DEPARTMENT);
  for (let days = 0; days < away; days += 1) day = nextWorkingDay(day, DEPARTMENT);
  return instantOf(day, hour, ZONE);
}

async function setAppointment(
  transaction: Transaction,
  { case_id, person_id }: Of,
  { at, mode, isConfirmed }: { readonly at: string; readonly mode: string; readonly isConfirmed: boolean },
): Promise<void> {
  await transaction.query(
    `UPDATE cases.cases SET pathway = 'interview_set', contact = 'reached', interview_at = $2, interview_minutes = 45,
       interview_mode = $3, interview_with = $4, interview_invited = '{person}', interview_state = $5, version = version + 1
     WHERE case_id = $1`,
    [case_id, at, mode, person_id, isConfirmed ? 'confirmed' : 'planned'],
  );
  await tell(transaction, case_id, person_id, 'interview_set', {
    at,
    mode,
    minutes: 45,
    invited: ['person'],
  });
}

async function propose(
  transaction: Transaction,
  { case_id, person_id }: Of,
  solution: string,
): Promise<void> {
  await transaction.query(
    `UPDATE cases.cases SET pathway = 'proposed', contact = 'reached', solution = $2, interview_held_at = now() - INTERVAL '2 days',
       confirmed_on = access.today() - 2, version = version + 1
     WHERE case_id = $1`,
    [case_id, solution],
  );
  await tell(transaction, case_id, person_id, 'proposed', { solution, structure: 'Association' });
  await transaction.query(
    `INSERT INTO cases.referrals (case_id, case_version, solution, structure, organisation_id, proposed_by)
     SELECT c.case_id, c.version, $2, o.name, o.organisation_id, $3 FROM cases.cases c, access.organisations o
     WHERE c.case_id = $1 AND o.kind = 'association'`,
    [case_id, solution, person_id],
  );
}

async function tell(
  transaction: Transaction,
  caseId: string,
  actor: string,
  kind: string,
  details: object,
): Promise<void> {
  await transaction.query(
    `INSERT INTO cases.events (case_id, kind, happened_at, actor, details, before, case_version)
     SELECT case_id, $2, now(), $3, $4, $5, version FROM cases.cases WHERE case_id = $1`,
    [caseId, kind, actor, JSON.stringify(details), JSON.stringify(AS_LISTED)],
  );
}
