import { KNOWN_SITUATIONS, type KnownSituation, type MissionLocaleKnowledge } from '@raccroche/contract';
import { daysBetween } from '../../../kernel/civil-date.ts';
import type { Terms } from '../terms.ts';
import type { AccompanimentFact } from './facts.ts';

/** Begun, not over, and told as active. Without a start it is taken as begun. */
export function isActiveAt({ startedOn, endedOn, status }: AccompanimentFact, { asOf }: Terms): boolean {
  return (
    status === 'actif' && (startedOn === null || startedOn <= asOf) && (endedOn === null || endedOn >= asOf)
  );
}

/** Situations of accompaniments active at the reference date, in the order of the vocabulary. */
export function knownSituationsOf(
  accompaniments: readonly AccompanimentFact[],
  terms: Terms,
): KnownSituation[] {
  const active = new Set(
    accompaniments
      .filter((accompaniment) => isActiveAt(accompaniment, terms))
      .map(({ structureType }) => structureType),
  );
  return KNOWN_SITUATIONS.filter((situation) => active.has(situation));
}

/** A mission locale's file that is active, with a last contact (else its start) recent enough. */
export function isFollowedByMissionLocale(accompaniment: AccompanimentFact, terms: Terms): boolean {
  if (accompaniment.structureType !== 'mission_locale' || !isActiveAt(accompaniment, terms)) return false;
  const contact = accompaniment.lastContactOn ?? accompaniment.startedOn;
  return contact !== null && daysBetween(contact, terms.asOf) <= terms.parameters.missionLocaleContactDays;
}

/** A file that begins after the reference date is not known yet. */
export function missionLocaleKnowledgeOf(
  accompaniments: readonly AccompanimentFact[],
  terms: Terms,
): MissionLocaleKnowledge {
  if (accompaniments.some((accompaniment) => isFollowedByMissionLocale(accompaniment, terms)))
    return 'active';
  const known = accompaniments.some(
    ({ structureType, startedOn }) =>
      structureType === 'mission_locale' && (startedOn === null || startedOn <= terms.asOf),
  );
  return known ? 'known' : 'unknown';
}
