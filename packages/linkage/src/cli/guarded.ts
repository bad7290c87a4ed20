import { checkBudget } from '../blocking/check-budget.ts';
import type { Model } from '../model/model.ts';
import type { LinkSession } from '../session.ts';
import type { Run } from './run.ts';

/**
 * The model with rules that are safe to run: a block that is too large, or too many pairs in all, is refused by
 * BlockingBudgetError before anything runs; a rule of several alternatives becomes several rules.
 */
export async function guarded(run: Run, { records }: LinkSession, model: Model): Promise<Model> {
  if (model.blockingRules.length === 0) return model;
  const { linkType, blockingRules: rules } = model;
  const budget = await checkBudget(run.engine, { records, linkType, rules });
  for (const note of budget.notes) run.tell(note);
  // What nothing was done to stays as it was written.
  return budget.rules.length === rules.length ? model : { ...model, blockingRules: budget.rules };
}
