import { join } from 'node:path';
import { DECISION_EFFECTS, DECISION_WORDS, type DecisionEffect } from '@raccroche/contract';
import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { openTextFile } from '../../../platform/files/text-file.ts';
import { csvCell } from '../csv.ts';
import { DECISION_COLUMNS } from './decision-columns.ts';
import { DEATH_ANSWERS, IDENTITY_LITIGES, LITIGE_SENTENCES } from './litige-sentences.ts';

/**
 * Writes `a-trancher.csv`: the litiges that nobody has decided, a line each two persons, or person and death, in the columns of
 * the file of decisions, to be filled in and given back with --decisions; and, when decisions were given, `decisions.csv`: what
 * became of each. SIEI numbers and codes of deaths only, nothing personal. UTF-8 with BOM, `;`, CRLF.
 */
export async function writeLitiges(database: Database, folder: string, decided: boolean): Promise<void> {
  await writeQuestions(database, join(folder, 'a-trancher.csv'));
  if (decided) await writeEffects(database, join(folder, 'decisions.csv'));
}

const QUESTION_COLUMNS = [...DECISION_COLUMNS.map(({ name }) => name), 'litige', 'explication', 'poids'];

const BETWEEN_REASONS = ' + ';

/** Questions told together, as one text that the engine makes: brought over value by value, they cost five times as much. */
const PAGE_QUESTIONS = 2_000;

const QUESTIONS_SQL = `
  WITH held AS (FROM linkage.decisions WHERE verdict = 'unknown' AND effect = 'appliquee'),
  -- Of the records decided of alone, once: mostly there are none, and nothing is read then.
  decided AS MATERIALIZED (
    SELECT record_id, person_id FROM linkage.memberships
    SEMI JOIN (SELECT unnest([record_id_l, record_id_r]) AS record_id FROM held) USING (record_id)),
  undecided AS (
    SELECT l.person_id AS l, r.person_id AS r FROM held d
    JOIN decided l ON l.record_id = d.record_id_l JOIN decided r ON r.record_id = d.record_id_r),
  asked AS (
    SELECT reason, match_weight, person_id_l AS l, coalesce(person_id_r, person_id_l) AS r FROM linkage.litiges
    WHERE reason IN (${IDENTITY_LITIGES.map(literal).join(', ')}))
  SELECT least(a.siei, b.siei) AS siei_1, greatest(a.siei, b.siei) AS siei_2,
    array_to_string(list(DISTINCT reason ORDER BY reason), '${BETWEEN_REASONS}') AS reasons, round(max(match_weight), 1) AS weight
  FROM asked q JOIN lists.numbers a ON a.person_id = q.l JOIN lists.numbers b ON b.person_id = q.r
  WHERE NOT EXISTS (FROM undecided u WHERE least(u.l, u.r) = least(q.l, q.r) AND greatest(u.l, u.r) = greatest(q.l, q.r))
  GROUP BY 1, 2
  UNION ALL
  SELECT n.siei, c.code, 'death', round(max(g.match_weight), 1)
  FROM (SELECT *, unnest(record_ids) AS death_id FROM linkage.litiges WHERE reason = 'death') g
  JOIN lists.numbers n ON n.person_id = g.person_id_l JOIN lists.death_codes c ON c.death_id = g.death_id
  WHERE NOT EXISTS (FROM held d JOIN decided m ON m.record_id = d.record_id_l
    WHERE m.person_id = g.person_id_l AND list_contains(g.record_ids, d.record_id_r))
  GROUP BY n.siei, c.code`;

async function writeQuestions(database: Database, path: string): Promise<void> {
  // Neither numbers, codes nor reasons hold a semicolon; where no weight is known there are but three values.
  const pages = await database.all<{ told: string }>(`
    SELECT string_agg(concat_ws(';', siei_1, siei_2, reasons, weight), chr(10) ORDER BY siei_1, siei_2) AS told
    FROM (SELECT *, row_number() OVER (ORDER BY siei_1, siei_2) // ${PAGE_QUESTIONS} AS page FROM (${QUESTIONS_SQL}))
    GROUP BY page ORDER BY page`);
  const sentences = new Map<string, string>();
  const sentenceOf = (reasons: string) => {
    const sentence =
      sentences.get(reasons) ?? reasons.split(BETWEEN_REASONS).map(questionSentence).join(' ; ');
    sentences.set(reasons, sentence);
    return sentence;
  };
  const rows = pages.flatMap(({ told }) =>
    told.split('\n').map((question) => {
      const [siei1 = '', siei2 = '', reasons = '', weight] = question.split(';');
      const known = weight === undefined ? null : Number(weight);
      return [siei1, siei2, null, null, null, null, reasons, sentenceOf(reasons), known];
    }),
  );
  writeCsv(path, QUESTION_COLUMNS, rows);
}

const questionSentence = (reason: string) =>
  reason === 'death' ? `${LITIGE_SENTENCES.death}. ${DEATH_ANSWERS}` : (LITIGE_SENTENCES[reason] ?? reason);

/** The word of the file for a verdict. */
export function decisionWord(verdict: string): string {
  return Object.entries(DECISION_WORDS).find(([, each]) => each === verdict)?.[0] ?? verdict;
}

/** What became of a decision, in words. `contradictedBy`: lines. */
export function effectSentence(effect: string, contradictedBy: readonly unknown[]): string {
  const sentence: string | undefined = DECISION_EFFECTS[effect as DecisionEffect];
  return sentence?.replaceAll('{lignes}', contradictedBy.join(', ')) ?? effect;
}

async function writeEffects(database: Database, path: string): Promise<void> {
  const rows = await database.all<
    Record<'siei_l' | 'siei_r' | 'verdict' | 'decided_on' | 'effect', string> & {
      line: number;
      contradicted_by: number[];
    }
  >('FROM linkage.decisions ORDER BY line');
  writeCsv(
    path,
    ['ligne', 'siei_1', 'siei_2', 'decision', 'date_decision', 'effet', 'message'],
    rows.map((row) => [
      String(row.line),
      row.siei_l,
      row.siei_r,
      decisionWord(row.verdict),
      row.decided_on,
      row.effect,
      effectSentence(row.effect, row.contradicted_by),
    ]),
  );
}

function writeCsv(
  path: string,
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): void {
  const file = openTextFile(path);
  try {
    file.write(`\ufeff${header.join(';')}\r\n`);
    for (const row of rows) file.write(`${row.map(csvCell).join(';')}\r\n`);
  } finally {
    file.close();
  }
}
