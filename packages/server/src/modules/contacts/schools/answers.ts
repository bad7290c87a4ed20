import type {
  AskedPupil,
  SCHOOL_ROUTES,
  SchoolAnswer,
  SchoolAnswerRow,
  SchoolPupil,
} from '@raccroche/contract';
import type { z } from 'zod';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import type { Database } from '../../../platform/postgres/database.ts';
import type { Caller } from '../../access/index.ts';
import { readCases, toCaseRow } from '../../cases/index.ts';

const SHOWN_MAX = 200;

interface AnswerRow {
  readonly question_id: string;
  readonly case_id: string;
  readonly uai: string;
  readonly name: string;
  readonly answer: SchoolAnswer;
  readonly place: string | null;
  readonly answered_at: string;
}

/**
 * What schools answered about cases of a platform that are still to verify, the oldest first: a person decides, an answer never
 * does. The read is written in the trail.
 */
export async function readSchoolAnswers(
  caller: Caller,
  platform: string,
  today: CivilDate,
): Promise<SchoolAnswerRow[]> {
  const { rows } = await caller.transaction.query<AnswerRow>(
    `SELECT q.question_id, q.case_id, q.uai, r.name, q.answer, q.place, q.answered_at
     FROM contacts.school_questions q JOIN cases.cases c USING (case_id), contacts.school_reach(q.uai) r
     WHERE c.platform_id = $1 AND c.verification = 'to_verify' AND c.pathway <> 'closed'
       AND q.answer IS NOT NULL AND q.seen_at IS NULL
     ORDER BY q.answered_at, q.question_id LIMIT ${SHOWN_MAX}`,
    [platform],
  );
  const cases = new Map(
    (
      await readCases(
        caller,
        rows.map((row) => row.case_id),
      )
    ).map((one) => [one.case_id, one]),
  );
  await caller.record('case.listed', [...cases.keys()], { platform, to: 'school_answers' });
  return rows.flatMap((row) => {
    const found = cases.get(row.case_id);
    return found === undefined
      ? []
      : [
          {
            questionId: row.question_id,
            school: row.uai,
            schoolName: row.name,
            answer: row.answer,
            place: row.place,
            answeredAt: row.answered_at,
            case: toCaseRow(found, today),
          },
        ];
  });
}

/** Takes note of an answer without deciding. False when there is none that the caller may mark, or it was seen already. */
export async function seeSchoolAnswer(caller: Caller, questionId: string): Promise<boolean> {
  const { rows } = await caller.transaction.query<{ case_id: string }>(
    `UPDATE contacts.school_questions SET seen_by = $2, seen_at = now()
     WHERE question_id = $1 AND answer IS NOT NULL AND seen_at IS NULL RETURNING case_id`,
    [questionId, caller.personId],
  );
  const [seen] = rows;
  if (seen) await caller.record('school_question.seen', [seen.case_id]);
  return seen !== undefined;
}

/** What a link asks; nobody when it is over, unknown, or all answered. Each view is in the trail, under the school's name. */
export async function openSchoolLink(
  database: Database,
  token: string,
): Promise<z.infer<(typeof SCHOOL_ROUTES)['openSchoolLink']['response']>> {
  const { rows } = await database.transaction({ role: 'raccroche_app' }, (transaction) =>
    transaction.query<{
      school: string;
      expires_at: string;
      question_id: string;
      family_name: string;
      first_names: string[];
      last_training: string | null;
      left_on: string | null;
      asked_by: string | null;
      platform: string | null;
    }>('SELECT * FROM contacts.open_school_link($1)', [token]),
  );
  return {
    school: rows[0]?.school ?? null,
    expiresAt: rows[0]?.expires_at ?? null,
    pupils: rows.map(
      (row): AskedPupil => ({
        questionId: row.question_id,
        familyName: row.family_name,
        firstNames: row.first_names,
        lastTraining: row.last_training,
        leftOn: row.left_on,
        askedBy: row.asked_by,
        platform: row.platform,
      }),
    ),
  };
}

/** Answers by a link. Gives how many of its questions still wait. Throws `not_possible` for a question that is not of this link. */
export async function answerSchoolLink(
  database: Database,
  given: {
    readonly token: string;
    readonly questionId: string;
    readonly answer: SchoolAnswer;
    readonly place?: string | undefined;
  },
): Promise<number> {
  const { rows } = await database.transaction({ role: 'raccroche_app' }, (transaction) =>
    transaction.query<{ remaining: number }>(
      'SELECT contacts.answer_by_link($1, $2, $3, $4)::INT AS remaining',
      [given.token, given.questionId, given.answer, given.place ?? null],
    ),
  );
  return rows[0]?.remaining ?? 0;
}

/** The former pupils of the caller's schools, those asked about first; the read is written in the trail. */
export async function readSchoolPupils(caller: Caller): Promise<SchoolPupil[]> {
  const { rows } = await caller.transaction.query<{
    case_id: string;
    last_training: string | null;
    left_on: string | null;
    platform: string | null;
    asked_at: string | null;
    asked_by: string | null;
    answer: SchoolAnswer | null;
    place: string | null;
    answered_at: string | null;
    may_answer: boolean;
  }>('SELECT * FROM contacts.school_pupils()');
  await caller.record(
    'school_question.listed',
    rows.map((row) => row.case_id),
  );
  return rows.map((row) => ({
    caseId: row.case_id,
    lastTraining: row.last_training,
    leftOn: row.left_on,
    platform: row.platform,
    askedAt: row.asked_at,
    askedBy: row.asked_by,
    answer: row.answer,
    place: row.place,
    answeredAt: row.answered_at,
    mayAnswer: row.may_answer,
  }));
}

/** What the head of a school says of a former pupil. Throws `not_possible` when nothing is asked of this person any more. */
export async function answerAsHead(
  { transaction }: Caller,
  {
    caseId,
    answer,
    place,
  }: { readonly caseId: string; readonly answer: SchoolAnswer; readonly place?: string | undefined },
): Promise<void> {
  await transaction.query('SELECT contacts.answer_as_head($1, $2, $3)', [caseId, answer, place ?? null]);
}
