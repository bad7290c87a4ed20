import { type PlanFile, readPlanFile } from '../evaluation/plan-file.ts';
import type { ReviewAnswer } from '../evaluation/review-estimate.ts';
import { PAIR_COLUMN, readReviewAnswers, SCORE_COLUMN } from '../evaluation/review-sheet.ts';
import { type Run, readText, relationOf } from './run.ts';
import { UsageError } from './usage-error.ts';

/** What people said of the pairs of a sheet; without a plan the sheet stands as it is, and no answer is placed. */
export async function readAnswers(
  run: Run,
  sheet: string,
  planFile: string | undefined,
): Promise<{ readonly plan?: PlanFile; readonly answers: readonly ReviewAnswer[] }> {
  const relation = relationOf(sheet);
  const columns = await run.engine.all(`DESCRIBE SELECT * FROM ${relation}`);
  const needed = [SCORE_COLUMN, ...(planFile === undefined ? [] : [PAIR_COLUMN])];
  const missing = needed.filter((name) => columns.every((one) => one.column_name !== name));
  if (missing.length > 0)
    throw new UsageError(`${sheet} has no column ${missing.join(', ')}: give a sheet of the command plan`);
  if (planFile === undefined) return { answers: [] };
  const plan = readPlanFile(readText(planFile));
  return { plan, answers: await readReviewAnswers(run.engine, relation, plan) };
}
