import { levelAskedFor, qualifyingAwards } from '../awards.ts';
import { evidenceOf } from '../order.ts';
import type { Check } from './check.ts';

/** No award reaches the level asked for. An award told twice counts once: both records show it. */
export const checkNoQualifyingDiploma: Check = ({ facts, lastCycle, terms }) => {
  const held = qualifyingAwards(facts.awards, levelAskedFor(lastCycle, terms.parameters), terms);
  return { passed: held.length === 0, evidence: evidenceOf(held) };
};
