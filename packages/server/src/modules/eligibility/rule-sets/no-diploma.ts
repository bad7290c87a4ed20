import type { RuleSet } from '../rule-set.ts';

/**
 * B, « sortant sans diplôme » : left any cycle with no diploma of level 3 or more (none, or the brevet only).
 * Source: L.313-7 as in force on 1 September 2020; the reading of the DEPP.
 */
export const NO_DIPLOMA: RuleSet = {
  id: 'no-diploma',
  version: '1',
  label: 'Sortis sans aucun diplôme de niveau 3 ou plus',
  validFrom: '2020-09-01',
  validUntil: null,
  parameters: {
    minAge: 16,
    ageLimit: 26,
    lookbackSchoolYears: 1,
    cfaWithoutContractMaxDays: 180,
    missionLocaleContactDays: 150,
    cycle: 'any',
    capBep: 'any',
  },
  checks: ['age', 'alive', 'enrolled_in_window', 'cycle', 'not_enrolled', 'no_qualifying_diploma'],
};
