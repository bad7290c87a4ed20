import type { Model } from '../model/model.ts';
import { numberSql } from '../scoring/weight-sql.ts';
import type { LinkSession } from '../session.ts';
import type { Outcomes, RuleFigures, Thresholds, WeightHistogram } from './report-input.ts';

/** Weights beyond this are drawn at it: infinite ones come from parameters of 0. */
const FURTHEST = 100;

/** Scored pairs by weight, in bins of `step` that begin at its multiples. Without pairs, one empty bin. */
export async function weightHistogram(
  session: LinkSession,
  pairs: string,
  step = 1,
): Promise<WeightHistogram> {
  const rows = await session.runner.all(
    `SELECT floor(least(greatest(match_weight, -${FURTHEST}), ${FURTHEST}) / ${numberSql(step)})::INTEGER AS bin, count(*) AS n
     FROM ${pairs} GROUP BY bin ORDER BY bin`,
  );
  const counts = new Map(rows.map(({ bin, n }) => [Number(bin), Number(n)]));
  const [first, last] = [Number(rows[0]?.bin ?? 0), Number(rows.at(-1)?.bin ?? 0)];
  return {
    from: first * step,
    step,
    pairs: Array.from({ length: last - first + 1 }, (_, index) => counts.get(first + index) ?? 0),
  };
}

/** Scored pairs by what the thresholds decide. */
export async function countOutcomes(
  session: LinkSession,
  pairs: string,
  { same, review = same }: Thresholds,
): Promise<Outcomes> {
  const [row] = await session.runner.all(
    `SELECT count(*) FILTER (match_weight >= ${numberSql(same)}) AS same, count(*) AS n,
       count(*) FILTER (match_weight >= ${numberSql(review)} AND match_weight < ${numberSql(same)}) AS review
     FROM ${pairs}`,
  );
  const outcomes = { same: Number(row?.same), review: Number(row?.review) };
  return { ...outcomes, apart: Number(row?.n) - outcomes.same - outcomes.review };
}

/** Scored pairs by the rule that found them first. */
export async function scoredByRule(
  session: LinkSession,
  model: Model,
  pairs: string,
): Promise<readonly RuleFigures[]> {
  const rows = await session.runner.all(
    `SELECT match_key AS rule, count(*) AS n FROM ${pairs} GROUP BY rule`,
  );
  const counts = new Map(rows.map(({ rule, n }) => [Number(rule), Number(n)]));
  return model.blockingRules.map(({ sql }, index) => ({ sql, newPairs: counts.get(index) ?? 0 }));
}
