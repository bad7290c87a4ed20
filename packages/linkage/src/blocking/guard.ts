import type { BlockingRule, LinkType, Model } from '../model/model.ts';
import type { SqlRunner } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { BLOCK_PAIRS, type BlockingLimits, checkBudget, TOTAL_PAIRS } from './check-budget.ts';
import type { BlockCount, GuardedRules } from './prepared-rules.ts';
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
    return { ...asGiven, pairs: session.possiblePairs };
  }
  const key = JSON.stringify([linkType, rules, limits]);
  const { runner, records, work } = session;
  let budget = work.counted.get(key);
  if (budget === undefined) {
    const pairs = await withinLimits(session, linkType, rules, limits);
    budget =
      pairs === undefined
        ? await checkBudget(runner, { records, linkType, rules, ...limits })
        : { ...asGiven, pairs, notes: [] };
    work.counted.set(key, budget);
  }
  for (const note of budget.notes) onNote?.(note);
  return budget;
}

/**
 * Pairs of rules of which the records have been given their numbers, counted by these: a few times cheaper than by the values. Undefined where
 * that was not done, and where something is to be refused or divided.
 */
async function withinLimits(
  { runner, work }: LinkSession,
  linkType: LinkType,
  rules: readonly BlockingRule[],
  { blockPairs = BLOCK_PAIRS, totalPairs = TOTAL_PAIRS }: BlockingLimits,
): Promise<number | undefined> {
  const { keyed } = work;
  if (keyed === undefined || keyed.of !== JSON.stringify(rules)) return undefined;
  const { records, keys, blocks } = keyed.work;
  if (keys.length < rules.length) return undefined;
  const counted = linkType === 'link_only' ? await acrossInputs(runner, records, keys) : blocks;
  const pairs = counted.reduce((sum, one) => sum + one.pairs, 0);
  return counted.every(({ largest }) => largest <= blockPairs) && pairs <= totalPairs ? pairs : undefined;
}

/** The same of pairs of two inputs. */
async function acrossInputs(
  runner: SqlRunner,
  records: string,
  keys: readonly string[],
): Promise<readonly BlockCount[]> {
  const blocks = keys.map(
    (key, place) => `SELECT ${place} AS place, (sum(n) * sum(n) - sum(n * n)) / 2 AS pairs FROM (
      SELECT ${key} AS value, count(*) AS n FROM ${records} WHERE ${key} > 0 GROUP BY ${key}, source_no) GROUP BY value`,
  );
  const rows = await runner.all(
    `SELECT max(pairs) AS largest, sum(pairs) AS pairs FROM (${blocks.join('\nUNION ALL\n')}) GROUP BY place`,
  );
  return rows.map(({ largest, pairs }) => ({ largest: Number(largest), pairs: Number(pairs) }));
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
