import type { BlockingRule, Model } from '../model/model.ts';
import type { LinkSession } from '../session.ts';
import { type BlockingLimits, checkBudget, TOTAL_PAIRS } from './check-budget.ts';
import { BlockingBudgetError } from './rule-error.ts';

/**
 * What everything that follows blocking rules checks beforehand: limits (those of `checkBudget` by default), or `off`,
 * for rules that are known to be harmless: they then run as they are written.
 */
export type BlockingGuard = GuardLimits | 'off';

export interface GuardLimits extends BlockingLimits {
  /** Told what was done to the rules, a line each, without any value. */
  readonly onNote?: (note: string) => void;
}

/** Rules that are safe to run; for each, the place of the rule given that it comes from. */
export interface GuardedRules {
  readonly rules: readonly BlockingRule[];
  readonly origins: readonly number[];
}

/**
 * The rules of a model as they can be run: alternatives (OR) become hash joins of their own, and what would give too many
 * pairs is refused, or divided where the limits say so. Throws BlockingBudgetError, whose fields name rule, values of the
 * block and counts, and BlockingRuleError for a rule without an equality.
 */
export async function guardRules(
  session: LinkSession,
  { linkType, blockingRules: rules }: Pick<Model, 'linkType' | 'blockingRules'>,
  guard: BlockingGuard = {},
): Promise<GuardedRules> {
  const asGiven = { rules, origins: rules.map((_, index) => index) };
  if (guard === 'off') return asGiven;
  const { onNote, ...limits } = guard;
  if (rules.length === 0) {
    refuseAllPairs(session.possiblePairs, limits.totalPairs);
    return asGiven;
  }
  const key = JSON.stringify([linkType, rules, limits]);
  const { runner, records, counted } = session;
  const budget = counted.get(key) ?? (await checkBudget(runner, { records, linkType, rules, ...limits }));
  counted.set(key, budget);
  for (const note of budget.notes) onNote?.(note);
  return budget;
}

function refuseAllPairs(pairs: number, allowed = TOTAL_PAIRS): void {
  if (pairs <= allowed) return;
  throw new BlockingBudgetError(
    `without blocking rules all ${pairs} pairs would be compared, ${allowed} allowed: give rules (suggestBlockingRules makes some)`,
    { code: 'too_many_pairs', pairs, allowed },
  );
}

/** SQL of the place of the rule given, over the number of the rule that ran. */
export function originSql({ origins }: GuardedRules): string {
  if (origins.every((origin, index) => origin === index)) return 'match_key';
  return `([${origins.join(', ')}][match_key + 1])::UTINYINT`;
}
