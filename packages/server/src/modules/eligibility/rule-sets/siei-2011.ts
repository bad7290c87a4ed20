import type { RuleSet } from '../rule-set.ts';

/**
 * A, « décrocheur réglementaire » : 16 or more, in a cycle that leads to level 3 or 4 since last year's start of term,
 * enrolled nowhere now, without the diploma of that cycle.
 * Source: circulaire 2011-028 of 9 February 2011; D.313-59 of the code de l'éducation; upper age: CNIL 2010-446.
 */
export const SIEI_2011: RuleSet = {
  id: 'siei-2011',
  version: '1',
  label: 'Sortis sans le diplôme du cycle suivi (circulaire 2011-028)',
  validFrom: '2011-02-09',
  validUntil: null,
  parameters: {
    minAge: 16,
    ageLimit: 26,
    lookbackSchoolYears: 1,
    cfaWithoutContractMaxDays: 180,
    missionLocaleContactDays: 150,
    cycle: 'qualifying',
    capBep: 'cycle_only',
  },
  checks: ['age', 'alive', 'enrolled_in_window', 'cycle', 'not_enrolled', 'no_qualifying_diploma'],
};
