import { evidenceOf } from '../order.ts';
import type { PersonAtDate } from '../person-at-date.ts';
import type { Standing } from '../stays.ts';
import type { Check } from './check.ts';

/** In training no more. Passed: shown by the last stay; failed: by what gives the state. */
export const checkNotEnrolled: Check = (person) => {
  const { situation, lastStay } = person;
  const rows = situation.notEnrolled ? (lastStay ? [lastStay] : []) : rowsOfState(person);
  return { passed: situation.notEnrolled, evidence: evidenceOf(rows) };
};

function rowsOfState({ situation, deaths, stays, employment }: PersonAtDate) {
  const having = (standing: Standing) => stays.filter((stay) => stay.standing === standing);
  switch (situation.state) {
    case 'deceased':
      return deaths;
    case 'enrolled':
      return having('in_training');
    case 'apprentice':
      return employment.contracts.filter(({ covers }) => covers);
    case 'cfa_without_contract':
      return having('without_contract');
    case 'not_enrolled':
      return [];
  }
}
