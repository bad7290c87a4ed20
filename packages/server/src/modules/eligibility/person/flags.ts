import { PERSON_FLAGS, type PersonFlag } from '@raccroche/contract';
import type { PersonAtDate } from './person-at-date.ts';
import { qualifies } from './window.ts';

/** What has to be known besides the checks, in the order of the vocabulary. `department_from_school` is for the lists to say. */
export function flagsOf(person: PersonAtDate): PersonFlag[] {
  const { facts, identity, windowItems, contradicted } = person;
  const raised: Readonly<Record<PersonFlag, boolean>> = {
    death_to_check: facts.deathToCheck,
    litige: facts.litige,
    not_in_class: windowItems.some(({ notInClass }) => notInClass),
    cycle_unknown: isCycleUnknown(person),
    department_from_school: false,
    abandon_undated: windowItems.some(({ abandonUndated }) => abandonUndated),
    contradictory_sources: contradicted || identity.disputed,
  };
  return PERSON_FLAGS.filter((flag) => raised[flag]);
}

/** The last cycle has no known code, or the cycle asked for is only there thanks to an unknown one. */
function isCycleUnknown({ lastStay, windowItems, terms: { parameters } }: PersonAtDate): boolean {
  if (lastStay?.cycle.cycle === 'unknown') return true;
  if (parameters.cycle === 'any' || windowItems.some(({ cycle }) => qualifies(cycle))) return false;
  return windowItems.some(({ cycle }) => cycle.cycle === 'unknown');
}
