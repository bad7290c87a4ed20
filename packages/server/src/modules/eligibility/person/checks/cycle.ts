import { evidenceOf } from '../order.ts';
import { mayQualify } from '../window.ts';
import type { Check } from './check.ts';

/** In the window W, a cycle that the rule set is about. */
export const checkCycle: Check = ({ windowItems, terms: { parameters } }) => {
  const meant = windowItems.filter(({ cycle }) => parameters.cycle === 'any' || mayQualify(cycle));
  return { passed: meant.length > 0, evidence: evidenceOf(meant) };
};
