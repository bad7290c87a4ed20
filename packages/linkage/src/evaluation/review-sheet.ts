import { quoteName, quoteText } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import type { SqlRunner } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import type { ReviewPlan } from './clerical-plan.ts';
import { LabelError } from './labels.ts';
import type { PlanFile } from './plan-file.ts';
import type { ReviewAnswer } from './review-estimate.ts';

/** Column that people fill: 1 for one person, 0 for two, anything between for a doubt; empty: not looked at. */
export const SCORE_COLUMN = 'clerical_match_score';
/** Column of the sheet that numbers its pairs, from 1: what the plan knows them by. */
export const PAIR_COLUMN = 'pair';
const SAME = 0.5;

/**
 * SELECT of the pairs of a plan side by side, ready to label: number, ids (with their sources where there are several),
 * the columns of both records, and an empty `clerical_match_score`. Personal data.
 */
export function reviewSheetSql(
  { records }: Pick<LinkSession, 'records'>,
  model: Model,
  plan: ReviewPlan,
  columns: readonly string[],
): string {
  const keys = [...(model.linkType === 'dedupe_only' ? [] : [model.sourceColumn]), model.idColumn];
  const shown = [...keys, ...columns.filter((name) => !keys.includes(name))].flatMap((name) =>
    ['l', 'r'].map((side) => `${side}.${quoteName(name)} AS ${quoteName(`${name}_${side}`)}`),
  );
  const rows = plan.pairs.map(({ ridL, ridR }, index) => `(${index + 1}, ${ridL}, ${ridR})`);
  const pairs =
    rows.length === 0
      ? 'SELECT 0 AS pair, 0 AS a, 0 AS b WHERE false'
      : `FROM (VALUES ${rows.join(', ')}) v(pair, a, b)`;
  return `SELECT p.pair AS ${PAIR_COLUMN}, ${shown.join(', ')}, NULL::DOUBLE AS ${SCORE_COLUMN}
    FROM (${pairs}) p JOIN ${records} l ON l.rid = p.a JOIN ${records} r ON r.rid = p.b ORDER BY p.pair`;
}

/**
 * What people said of the pairs of a plan. Pairs without an answer are left out. Throws LabelError for a score that is no
 * number from 0 to 1, for a pair that the plan does not have or that is answered twice, and where nothing is answered.
 */
export async function readReviewAnswers(
  runner: SqlRunner,
  sheet: string,
  plan: PlanFile,
): Promise<readonly ReviewAnswer[]> {
  const rows = await runner.all(
    `SELECT try_cast(${PAIR_COLUMN} AS BIGINT) AS pair, try_cast(${SCORE_COLUMN} AS DOUBLE) AS score FROM ${sheet}
     WHERE trim(coalesce(${SCORE_COLUMN}::VARCHAR, '')) <> '' ORDER BY pair`,
  );
  const answered = new Set<number>();
  const answers = rows.map((row): ReviewAnswer => {
    const [pair, score] = [Number(row.pair ?? 0), row.score === null ? Number.NaN : Number(row.score)];
    const band = plan.bandOfPair[pair - 1];
    if (band === undefined) throw new LabelError(`the plan has no pair ${pair}: give the plan of this sheet`);
    if (answered.has(pair)) throw new LabelError(`pair ${pair} is answered twice`);
    if (!(score >= 0 && score <= 1))
      throw new LabelError(`pair ${pair}: ${SCORE_COLUMN} must be 1 (one person), 0 (two) or between`);
    answered.add(pair);
    return { band, same: score >= SAME };
  });
  if (answers.length === 0) throw new LabelError(`no pair is labelled: fill ${SCORE_COLUMN} with 1 or 0`);
  return answers;
}

/**
 * What follows FROM: the answered rows of a sheet, `clerical_match_score` as a number and `label_weight`, the pairs of its
 * band that each stands for. Without a plan each stands for itself.
 */
export function answeredSheetSql(
  sheet: string,
  plan?: PlanFile,
  answers: readonly ReviewAnswer[] = [],
): string {
  const score = `try_cast(${SCORE_COLUMN} AS DOUBLE)`;
  const weights = (plan?.bandOfPair ?? []).map((number, index) => {
    const band = plan?.bands.find((one) => one.number === number);
    const answered = answers.filter((answer) => answer.band === number).length;
    return `(${quoteText(String(index + 1))}, ${(band?.pairs ?? 0) / Math.max(1, answered)}::DOUBLE)`;
  });
  const rows = `SELECT * REPLACE (${score} AS ${SCORE_COLUMN}) FROM ${sheet} WHERE ${score} IS NOT NULL`;
  if (weights.length === 0) return `(SELECT *, 1::DOUBLE AS label_weight FROM (${rows}))`;
  return `(SELECT s.*, w.label_weight FROM (${rows}) s
    JOIN (VALUES ${weights.join(', ')}) w(pair, label_weight) ON w.pair = s.${PAIR_COLUMN}::VARCHAR)`;
}
