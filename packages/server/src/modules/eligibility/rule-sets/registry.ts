import type { RuleSet } from '../rule-set.ts';
import { NO_DIPLOMA } from './no-diploma.ts';
import { OBLIGATION_16_18 } from './obligation-16-18.ts';
import { SIEI_2011 } from './siei-2011.ts';

const RULE_SETS: readonly RuleSet[] = [SIEI_2011, NO_DIPLOMA, OBLIGATION_16_18];

/** Every rule set that a campaign may ask for, in the order in which they are told to people. */
export function listRuleSets(): readonly RuleSet[] {
  return RULE_SETS;
}

/** The rule set of that id (`siei-2011`, `no-diploma`, `obligation-16-18`), or undefined. */
export function findRuleSet(id: string): RuleSet | undefined {
  return RULE_SETS.find((ruleSet) => ruleSet.id === id);
}
