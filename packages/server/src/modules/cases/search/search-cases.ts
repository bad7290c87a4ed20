import { type CaseRow, SEARCH_MAX } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import type { Caller } from '../../access/index.ts';
import { type NameWord, nameWords, soundOf } from '../../lists/index.ts';
import { toCaseRow } from '../case-row.ts';
import { CASE_SELECTION, type StoredCase } from '../change-case.ts';
import { findByNames } from './find-by-names.ts';
import { type Question, readQuestion } from './read-question.ts';
import { scoreName } from './score-names.ts';

export interface Found {
  readonly case: CaseRow;
  readonly platformId: string | null;
  readonly exact: boolean;
}

/** Cases that one telephone reaches: a school's reaches hundreds. */
const PHONE_MAX = 2_000;

/**
 * Who may be meant, among the cases that the caller may see, the best first, `SEARCH_MAX` at most. The read is written in the
 * trail with the ids found, never with what was typed.
 */
export async function searchCases(caller: Caller, typed: string, today: CivilDate): Promise<Found[]> {
  const question = readQuestion(typed);
  const asked = question.words.map((word) => ({ word, sound: soundOf(word) }));
  const candidates = await findCandidates(caller, question, asked);
  const rows = candidates === null ? [] : await readCandidates(caller, candidates, question);
  const found = rows
    .map((row) => ({
      row,
      score: scoreName(asked, nameWords([row.family_name, row.usage_name, ...row.first_names])),
    }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || compareNames(one.row, other.row))
    .slice(0, SEARCH_MAX);
  await caller.record(
    'case.searched',
    found.map(({ row }) => row.case_id),
  );
  return found.map(({ row, score }) => ({
    case: toCaseRow(row, today),
    platformId: row.platform_id,
    exact: score === 1,
  }));
}

const compareNames = (one: StoredCase, other: StoredCase) => {
  const [left, right] = [one, other].map((row) => `${row.sort_name} ${row.case_id}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
};

/** Ids that may answer; null when nothing was asked that an index serves. */
async function findCandidates(
  caller: Caller,
  question: Question,
  asked: readonly NameWord[],
): Promise<string[] | null> {
  const { transaction } = caller;
  const idsOf = async (sql: string, asked: string) =>
    (await transaction.query<{ case_id: string }>(sql, [asked])).rows.map(({ case_id }) => case_id);
  if (question.siei !== null) return idsOf('SELECT case_id FROM cases.cases WHERE siei = $1', question.siei);
  if (question.phone !== null)
    return idsOf(
      `SELECT case_id FROM cases.phone_keys JOIN cases.cases USING (case_id) WHERE phone = $1
       ORDER BY sort_name, case_id LIMIT ${PHONE_MAX}`,
      question.phone,
    );
  return asked.length === 0 ? null : findByNames(caller, asked, question);
}

async function readCandidates(
  { transaction }: Caller,
  ids: readonly string[],
  { birthDate, birthYear }: Question,
): Promise<StoredCase[]> {
  const { rows } = await transaction.query<StoredCase>(
    `SELECT ${CASE_SELECTION} FROM cases.cases
     WHERE case_id = ANY ($1::UUID[]) AND ($2::DATE IS NULL OR birth_date = $2)
       AND ($3::INT IS NULL OR extract(year FROM birth_date) = $3)`,
    [`{${ids.join(',')}}`, birthDate, birthYear],
  );
  return rows;
}
