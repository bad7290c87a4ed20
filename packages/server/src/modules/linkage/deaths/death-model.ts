import { defineModel, type Model } from '@raccroche/linkage';
import { IDENTITY_BLOCKING_RULES, IDENTITY_COMPARISONS } from '../look-alikes/siei-model.ts';

/**
 * Whom a death of the public file may be of: people of 16 to 29 in France, whether a campaign knows them or not. Whoever
 * died is each of them, all equally likely. Source: INSEE, population by age on 1 January 2025, rounded to one digit.
 */
const PEOPLE_OF_THE_AGES = 10_000_000;

/** Outcomes by match weight: from `upper` on, dead; from `lower` on (as likely as not), for a person to decide. */
export const DEATH_THRESHOLDS = { lower: 0, upper: 12 } as const;
/** By how much a death must resemble one person more than any other to be theirs. */
export const LEAST_MARGIN = 3;

/**
 * The model that compares people with deaths: what the campaign's own model learned of names, birth and sex. Neither homes
 * nor telephones: INSEE tells none. The prior does not depend on how many people the campaign knows, but for one that knows
 * more ways of writing people than there are people.
 */
export function deathModel(learned: Model, variants: number): Model {
  return defineModel({
    linkType: 'link_only',
    prior: Math.min(0.5 / variants, 1 / PEOPLE_OF_THE_AGES),
    derivations: learned.derivations,
    comparisons: learned.comparisons.filter(({ name }) => IDENTITY_COMPARISONS.has(name)),
    blockingRules: IDENTITY_BLOCKING_RULES,
    retainColumns: ['person_id'],
  });
}
