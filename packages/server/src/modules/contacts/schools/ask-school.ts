import type { CaseQuestion, SCHOOL_ROUTES } from '@raccroche/contract';
import type { z } from 'zod';
import { addDays, type CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase, getCase, type StoredCase } from '../../cases/index.ts';

/** Days for which somebody asked about leaves the series to verify, unless the school answers before. */
const WAITING_DAYS = 10;

interface Reach {
  readonly name: string;
  readonly has_email: boolean;
  readonly has_head: boolean;
}

/**
 * Asks the school that somebody left what became of them. The question leaves with the next message to that school, and is
 * shown to its head at once, or waits for a letter to be printed (`letter`); the case leaves the series until the answer, or for ten days. To take the act back withdraws it.
 * Throws `not_found`, `conflict`, `not_possible` (verified or closed, no school told, asked already, no way to reach the school).
 */
export async function askSchool(
  caller: Caller,
  caseId: string,
  { version, letter }: z.output<(typeof SCHOOL_ROUTES)['askSchool']['body']>,
  today: CivilDate,
): Promise<StoredCase> {
  const after = await actOnCase(caller, caseId, version, async (before) => {
    if (before.verification !== 'to_verify' || before.pathway === 'closed')
      throw new RaccrocheError(
        'not_possible',
        'Ce dossier est déjà vérifié : il n’y a plus rien à demander.',
      );
    await requireReach(caller, before.origin_uai, letter);
    const { rows } = await caller.transaction.query<{ asked: boolean }>(
      `SELECT EXISTS (SELECT FROM contacts.school_questions q WHERE q.case_id = $1 AND contacts.waits(q)) AS asked`,
      [caseId],
    );
    if (rows[0]?.asked)
      throw new RaccrocheError('not_possible', 'La question est déjà posée à l’établissement.');
    const until = addDays(today, WAITING_DAYS);
    return {
      kind: 'school_asked',
      details: { school: before.origin_uai, waitsUntil: until },
      change: { verify_after: until },
    };
  });
  await caller.transaction.query(
    'INSERT INTO contacts.school_questions (case_id, case_version, uai) VALUES ($1, $2, $3)',
    [caseId, after.version, after.origin_uai],
  );
  return after;
}

async function requireReach(caller: Caller, uai: string | null, letter: boolean): Promise<void> {
  if (uai === null)
    throw new RaccrocheError(
      'not_possible',
      'La liste ne dit pas quel établissement cette personne a quitté.',
    );
  if (letter) return;
  const reach = await readReach(caller, uai);
  if (!reach.has_email && !reach.has_head)
    throw new RaccrocheError(
      'not_possible',
      'Personne n’a encore donné l’adresse de cet établissement. Appelez-le, ou écrivez-lui par courrier, depuis le dossier.',
    );
}

async function readReach({ transaction }: Caller, uai: string): Promise<Reach> {
  const { rows } = await transaction.query<Reach>(
    'SELECT name, has_email, has_head FROM contacts.school_reach($1)',
    [uai],
  );
  const [found] = rows;
  if (!found) throw new Error('the reach of a school is always told');
  return found;
}

interface QuestionRow {
  readonly question_id: string;
  readonly asked_by: string | null;
  readonly asked_at: string;
  readonly waits: boolean;
  readonly sent: boolean;
  readonly answer: CaseQuestion['answer'];
  readonly place: string | null;
  readonly answered_at: string | null;
  readonly seen_at: string | null;
}

/** The school of a case and what was asked of it, the latest first. The read is written in the trail. Throws `not_found`. */
export async function readCaseSchool(
  caller: Caller,
  caseId: string,
): Promise<z.infer<(typeof SCHOOL_ROUTES)['caseSchool']['response']>> {
  const { origin_uai: uai } = await getCase(caller, caseId);
  const { rows } = await caller.transaction.query<QuestionRow>(
    `SELECT q.question_id, q.asked_by, q.asked_at, contacts.waits(q) AS waits, q.link_id IS NOT NULL AS sent, q.answer, q.place,
       q.answered_at, q.seen_at
     FROM contacts.school_questions q WHERE q.case_id = $1 ORDER BY coalesce(q.answered_at, q.asked_at) DESC, q.question_id`,
    [caseId],
  );
  await caller.record('school_question.listed', [caseId]);
  const reach = uai === null ? undefined : await readReach(caller, uai);
  return {
    school:
      uai === null || reach === undefined
        ? null
        : { uai, name: reach.name, hasEmail: reach.has_email, hasHead: reach.has_head },
    questions: rows.map(toQuestion),
  };
}

const toQuestion = (row: QuestionRow): CaseQuestion => ({
  questionId: row.question_id,
  askedBy: row.asked_by,
  askedAt: row.asked_at,
  state: row.answer !== null ? 'answered' : !row.waits ? 'withdrawn' : row.sent ? 'sent' : 'waiting',
  answer: row.answer,
  place: row.place,
  answeredAt: row.answered_at,
  seen: row.seen_at !== null,
});
