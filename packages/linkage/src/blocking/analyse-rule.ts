import { and, type Expression } from '../expression/expression.ts';
import { parseSqlExpression } from '../expression/parse-sql.ts';
import type { BlockingRule } from '../model/model.ts';
import type { SqlRunner } from '../runner.ts';
import { BlockingRuleError } from './rule-error.ts';
import { ofRecord, pairSql, sideOf } from './sides.ts';

/** Both sides of an equality, over `x_l` and over `x_r`: what a hash join joins by. */
export interface BlockingKey {
  readonly left: Expression;
  readonly right: Expression;
  /** Both sides are the same expression of their record. */
  readonly symmetric: boolean;
}

/** One way in which a rule finds a pair: all keys equal, and the filters true. */
export interface RuleBranch {
  readonly keys: readonly BlockingKey[];
  /** Conditions on the left record only, on the right record only, and on both together. */
  readonly leftFilters: readonly Expression[];
  readonly rightFilters: readonly Expression[];
  readonly residual: readonly Expression[];
  /** The branch as a rule of its own, over `l.` and `r.`. */
  readonly sql: string;
}

export interface AnalysedRule {
  readonly rule: BlockingRule;
  /** Branches of an OR that stands above the equalities; mostly one. */
  readonly branches: readonly RuleBranch[];
}

/** More alternatives than this is no rule any more. */
const MOST_BRANCHES = 16;

/**
 * Takes a rule apart: equalities between the two records, which a hash join joins by, and what remains as a filter.
 * Alternatives (OR) without a common equality become branches, each joined by its own. Throws BlockingRuleError for a
 * rule, or a branch, without any equality, UnsafeSqlError for what is no condition on two records.
 */
export async function analyseRule(runner: SqlRunner, rule: BlockingRule): Promise<AnalysedRule> {
  const condition = await parseSqlExpression(runner, rule.sql);
  if (sideOf(condition) === 'unknown') {
    throw new BlockingRuleError(
      'no_side',
      rule,
      `columns of a blocking rule are named by l. or r.: ${rule.sql}`,
    );
  }
  const branches = alternatives(rule, terms(condition)).map((parts) => branchOf(parts));
  return {
    rule,
    branches: branches.length === 1 ? branches.map((one) => ({ ...one, sql: rule.sql })) : branches,
  };
}

/** Terms of a conjunction, however nested. */
function terms(condition: Expression): readonly Expression[] {
  return condition.kind === 'call' && condition.name === 'and' ? condition.args.flatMap(terms) : [condition];
}

function alternatives(rule: BlockingRule, parts: readonly Expression[]): readonly (readonly Expression[])[] {
  if (parts.some((part) => keyOf(part) !== undefined)) return [parts];
  const choice = parts.find(isChoice);
  if (choice === undefined) {
    throw new BlockingRuleError(
      'no_equality',
      rule,
      `a blocking rule needs an equality between l. and r., or it looks at every pair: ${rule.sql}`,
    );
  }
  const others = parts.filter((part) => part !== choice);
  const branches = choice.args.flatMap((option) => alternatives(rule, [...terms(option), ...others]));
  if (branches.length > MOST_BRANCHES) {
    throw new BlockingRuleError(
      'too_many_alternatives',
      rule,
      `${branches.length} alternatives in one blocking rule, ${MOST_BRANCHES} at most: write several rules: ${rule.sql}`,
    );
  }
  return branches;
}

type Choice = Extract<Expression, { readonly kind: 'call' }>;

/** An OR of conditions on both records: one on a single record is a filter. */
function isChoice(part: Expression): part is Choice {
  return part.kind === 'call' && part.name === 'or' && sideOf(part) === 'both';
}

function keyOf(part: Expression): BlockingKey | undefined {
  if (part.kind !== 'call' || part.name !== '=') return undefined;
  const [a, b] = part.args;
  if (a === undefined || b === undefined) return undefined;
  const [left, right] = sideOf(a) === 'r' ? [b, a] : [a, b];
  if (sideOf(left) !== 'l' || sideOf(right) !== 'r') return undefined;
  return { left, right, symmetric: JSON.stringify(ofRecord(left)) === JSON.stringify(ofRecord(right)) };
}

function branchOf(parts: readonly Expression[]): RuleBranch {
  const keys: BlockingKey[] = [];
  const filters: Record<'l' | 'r' | 'both', Expression[]> = { l: [], r: [], both: [] };
  for (const part of parts) {
    const key = keyOf(part);
    const side = sideOf(part);
    if (key !== undefined) keys.push(key);
    else filters[side === 'l' || side === 'r' ? side : 'both'].push(part);
  }
  const { l: leftFilters, r: rightFilters, both: residual } = filters;
  return { keys, leftFilters, rightFilters, residual, sql: pairSql(and(...parts)) };
}

/** A rule that runs, and the place of the rule that it comes from. */
export interface RunnableRule {
  readonly rule: BlockingRule;
  readonly origin: number;
}

/**
 * Rules that run as hash joins: those given, an OR above the equalities being split into a rule for each alternative.
 * Together they find the same pairs. Throws BlockingRuleError for a rule that cannot be split.
 */
export async function splitAlternatives(
  runner: SqlRunner,
  rules: readonly BlockingRule[],
): Promise<readonly RunnableRule[]> {
  const split: RunnableRule[] = [];
  for (const [origin, rule] of rules.entries()) {
    const { branches } = await analyseRule(runner, rule);
    split.push(...branches.map(({ sql }) => ({ rule: { ...rule, sql }, origin })));
  }
  return split;
}
