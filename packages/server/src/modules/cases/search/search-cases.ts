import { type CaseRow, SEARCH_MAX } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import type { Caller } from '../../access/index.ts';
import { type NameWord, nameWords, soundOf } from '../../lists/index.ts';
import { toCaseRow } from '../case-row.ts';
import { CASE_SELECTION, type StoredCase } from '../change-case.ts';
import { type Question, readQuestion } from './read-question.ts';
import { scoreName } from './score-names.ts';

export interface Found {
  readonly case: CaseRow;
  readonly platformId: string | null;
  readonly exact: boolean;
}

/** Words of names read for one question. */
const WORDS_MAX = 2_000;
/** Words read when no index brings the word near: those of two large platforms. */
const FALLBACK_MAX = 60_000;
/** Cases looked at closer. */
const CANDIDATES_MAX = 400;
const AFTER_LETTERS = '\u{10FFFF}';
const NEAR_LENGTH = 4;

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
  { phone, siei }: Question,
  asked: readonly NameWord[],
): Promise<string[] | null> {
  const { transaction } = caller;
  if (siei !== null)
    return idsOf(await transaction.query<IdRow>('SELECT case_id FROM cases.cases WHERE siei = $1', [siei]));
  if (phone !== null)
    return idsOf(
      await transaction.query<IdRow>('SELECT case_id FROM cases.phone_keys WHERE phone = $1', [phone]),
    );
  // The longest word tells the most; the others narrow what it brings.
  const [first] = [...asked].sort((one, other) => other.word.length - one.word.length);
  if (!first) return null;
  const near = await findByIndex(caller, first);
  return near.length > 0 ? near : findByReading(caller, first);
}

interface IdRow {
  readonly case_id: string;
}
const idsOf = ({ rows }: { rows: IdRow[] }) =>
  [...new Set(rows.map(({ case_id }) => case_id))].slice(0, CANDIDATES_MAX);

/** Cases with a word that begins like this one or sounds like it; of a long one, also with its first half. */
async function findByIndex({ transaction }: Caller, { word, sound }: NameWord): Promise<string[]> {
  const byWord = `SELECT case_id, word FROM cases.name_words WHERE word >= $1 AND word < $2 LIMIT ${WORDS_MAX}`;
  const bySound = `SELECT case_id, word FROM cases.name_words WHERE sound = $1 LIMIT ${WORDS_MAX}`;
  const begins = await transaction.query<IdRow>(byWord, [word, word + AFTER_LETTERS]);
  const sounds = await transaction.query<IdRow>(bySound, [sound]);
  const ids = [...idsOf(begins), ...idsOf(sounds)];
  if (word.length >= NEAR_LENGTH) {
    const half = word.slice(0, Math.ceil(word.length / 2));
    const { rows } = await transaction.query<IdRow & { word: string }>(byWord, [half, half + AFTER_LETTERS]);
    ids.push(...likely(rows, { word, sound }));
  }
  return [...new Set(ids)].slice(0, CANDIDATES_MAX);
}

/** When the mistake stands in the first half of the word: reads the words themselves, a bounded number of them. */
async function findByReading({ transaction }: Caller, asked: NameWord): Promise<string[]> {
  if (asked.word.length < NEAR_LENGTH) return [];
  const { rows } = await transaction.query<IdRow & { word: string }>(
    `SELECT case_id, word FROM cases.name_words ORDER BY place, word LIMIT ${FALLBACK_MAX}`,
  );
  return likely(rows, asked);
}

const likely = (rows: readonly (IdRow & { word: string })[], asked: NameWord): string[] =>
  rows.filter(({ word }) => scoreName([asked], [{ word, sound: '' }]) > 0).map(({ case_id }) => case_id);

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
