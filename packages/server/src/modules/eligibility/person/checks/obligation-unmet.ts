import { SITUATIONS_THAT_FULFIL } from '../../referentials/situations-that-fulfil.ts';
import { isActiveAt, isFollowedByMissionLocale } from '../accompaniments.ts';
import { evidenceOf } from '../order.ts';
import type { Check } from './check.ts';

/** None of the situations that fulfil the duty of training; a mission locale's file only when it is followed. */
export const checkObligationUnmet: Check = ({ facts, terms }) => {
  const fulfilling = facts.accompaniments.filter(
    (accompaniment) =>
      (SITUATIONS_THAT_FULFIL.some((known) => known === accompaniment.structureType) &&
        isActiveAt(accompaniment, terms)) ||
      isFollowedByMissionLocale(accompaniment, terms),
  );
  return { passed: fulfilling.length === 0, evidence: evidenceOf(fulfilling) };
};
