import type { PersonState } from '@raccroche/contract';
import { type CivilDate, daysBetween } from '../../../kernel/civil-date.ts';
import type { Terms } from '../terms.ts';
import type { Employment } from './contracts.ts';
import type { Standing, Stay } from './stays.ts';

export interface Situation {
  readonly state: PersonState;
  /** In a CFA without contract; null in every other state. */
  readonly daysWithoutContract: number | null;
  /** "Rupturant à suivre": within the limit, still in training, not listed. */
  readonly toFollow: boolean;
  /** Beyond the limit: the stays without contract count as ended. True whatever the state. */
  readonly ruptured: boolean;
  /** State not_enrolled, or in a CFA without contract beyond the limit. */
  readonly notEnrolled: boolean;
}

/** The state at the reference date: the first that applies, in the order of the vocabulary. */
export function situationOf(
  deceased: boolean,
  stays: readonly Stay[],
  employment: Employment,
  { asOf, parameters }: Terms,
): Situation {
  const days = daysWithoutContract(stays, employment, asOf);
  const ruptured = days !== null && days > parameters.cfaWithoutContractMaxDays;
  const state = stateOf(deceased, stays, employment);
  const withoutContract = state === 'cfa_without_contract';
  return {
    state,
    daysWithoutContract: withoutContract ? days : null,
    toFollow: withoutContract && !ruptured,
    ruptured,
    notEnrolled: state === 'not_enrolled' || (withoutContract && ruptured),
  };
}

function stateOf(deceased: boolean, stays: readonly Stay[], employment: Employment): PersonState {
  const some = (standing: Standing) => stays.some((stay) => stay.standing === standing);
  if (deceased) return 'deceased';
  if (some('in_training')) return 'enrolled';
  if (employment.covered) return 'apprentice';
  if (some('without_contract')) return 'cfa_without_contract';
  return 'not_enrolled';
}

/**
 * Days since the last break or end of a contract; never had one: since the first day in the CFA,
 * the latest when there are several. null when in no CFA without contract.
 */
function daysWithoutContract(stays: readonly Stay[], employment: Employment, asOf: CivilDate): number | null {
  const firstDays = stays
    .filter(({ standing }) => standing === 'without_contract')
    .map(({ firstDay }) => firstDay)
    .sort();
  const latest = firstDays.at(-1);
  return latest === undefined ? null : daysBetween(employment.lastStop ?? latest, asOf);
}
