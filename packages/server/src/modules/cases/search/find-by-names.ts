import type { Caller } from '../../access/index.ts';
import type { NameWord } from '../../lists/index.ts';
import type { Question } from './read-question.ts';
import { NEAR_LENGTH, NEAR_MOST, SCORES, scoreWord } from './score-names.ts';

/** Cases looked at closer: more than are shown, in the order in which they are shown. */
const CANDIDATES_MAX = 100;
const AFTER_LETTERS = '\u{10FFFF}';

/** Words of names one or two mistakes away from a word asked. */
interface Near {
  readonly one: readonly string[];
  readonly two: readonly string[];
}
interface Asked extends NameWord {
  readonly near: Near;
}

/**
 * Ids of the cases, among those that the caller may see, with a name like every word asked, of the birth date asked: the best
 * first. Mistakes are looked for in words that begin as the one asked does; when that brings nobody who answers all that was
 * asked, in every word.
 */
export async function findByNames(
  caller: Caller,
  words: readonly NameWord[],
  question: Question,
): Promise<string[]> {
  const asked: Asked[] = [];
  for (const word of words) asked.push({ ...word, near: nearOf(word, await readBeginnings(caller, word)) });
  const found = await findCases(caller, asked, question);
  if (found.length > 0 || !words.some(mayBeMistaken)) return found;
  const all = await readWords(caller, words.filter(mayBeMistaken));
  const wider = words.map((word) => ({ ...word, near: nearOf(word, all) }));
  return findCases(caller, wider, question);
}

const mayBeMistaken = ({ word }: NameWord): boolean => word.length >= NEAR_LENGTH;

/** Words with the first half of this one: the mistake stands in what follows. */
async function readBeginnings({ transaction }: Caller, asked: NameWord): Promise<string[]> {
  if (!mayBeMistaken(asked)) return [];
  const half = asked.word.slice(0, Math.ceil(asked.word.length / 2));
  const { rows } = await transaction.query<{ word: string }>(
    'SELECT DISTINCT word FROM cases.name_words WHERE word >= $1 AND word < $2',
    [half, half + AFTER_LETTERS],
  );
  return rows.map(({ word }) => word);
}

/** Every word, once, about as long as one of these. */
async function readWords({ transaction }: Caller, asked: readonly NameWord[]): Promise<string[]> {
  const lengths = asked.map(({ word }) => word.length);
  const { rows } = await transaction.query<{ word: string }>(
    'SELECT DISTINCT word FROM cases.name_words WHERE length(word) BETWEEN $1 AND $2',
    [Math.min(...lengths) - NEAR_MOST, Math.max(...lengths) + NEAR_MOST],
  );
  return rows.map(({ word }) => word);
}

function nearOf(asked: NameWord, words: readonly string[]): Near {
  const scored = words.map((word) => ({ word, score: scoreWord(asked, { word, sound: '' }) }));
  const of = (wanted: number) => scored.filter(({ score }) => score === wanted).map(({ word }) => word);
  return { one: of(SCORES.oneTypo), two: of(SCORES.twoTypos) };
}

const PARAMETERS_A_WORD = 5;

/** Each case with how well it answers one word; `at` is the first of the word's parameters. */
const answersTo = (word: number, at: number) => `
  SELECT case_id, ${word} AS asked, CASE WHEN word = $${at} THEN ${SCORES.asWritten} ELSE ${SCORES.begins} END AS score
  FROM cases.name_words WHERE word >= $${at} AND word < $${at + 1}
  UNION ALL SELECT case_id, ${word}, ${SCORES.sounds} FROM cases.name_words WHERE sound = $${at + 2}
  UNION ALL SELECT case_id, ${word}, ${SCORES.oneTypo} FROM cases.name_words WHERE word = ANY ($${at + 3}::TEXT[])
  UNION ALL SELECT case_id, ${word}, ${SCORES.twoTypos} FROM cases.name_words WHERE word = ANY ($${at + 4}::TEXT[])`;

/** Narrowed by all the words and the birth date, and put in order, before it is cut. */
async function findCases(
  { transaction }: Caller,
  asked: readonly Asked[],
  { birthDate, birthYear }: Question,
): Promise<string[]> {
  const { rows } = await transaction.query<{ case_id: string }>(
    `SELECT c.case_id
     FROM (SELECT case_id, sum(best) AS score
           FROM (SELECT case_id, asked, max(score) AS best
                 FROM (${asked.map((_, index) => answersTo(index, 4 + index * PARAMETERS_A_WORD)).join(' UNION ALL ')}) answers
                 GROUP BY case_id, asked) words
           GROUP BY case_id HAVING count(*) = $1) n
     JOIN cases.cases c USING (case_id)
     WHERE ($2::DATE IS NULL OR c.birth_date = $2) AND ($3::INT IS NULL OR extract(year FROM c.birth_date) = $3)
     ORDER BY n.score DESC, c.sort_name, c.case_id LIMIT ${CANDIDATES_MAX}`,
    [
      asked.length,
      birthDate,
      birthYear,
      ...asked.flatMap(({ word, sound, near }) => [word, word + AFTER_LETTERS, sound, near.one, near.two]),
    ],
  );
  return rows.map(({ case_id }) => case_id);
}
