import type { RuleSet } from '../rule-set.ts';

/**
 * C, duty of training until majority: 16 or 17, in training no more and in none of the situations that fulfil it,
 * with or without a diploma.
 * Source: L.114-1, R.114-2 and R.114-4 of the code de l'éducation (loi 2019-791, from 1 September 2020).
 */
export const OBLIGATION_16_18: RuleSet = {
  id: 'obligation-16-18',
  version: '1',
  label: 'Obligation de formation des 16-18 ans (article L.114-1)',
  validFrom: '2020-09-01',
  validUntil: null,
  parameters: {
    minAge: 16,
    ageLimit: 18,
    lookbackSchoolYears: 1,
    cfaWithoutContractMaxDays: 180,
    missionLocaleContactDays: 150,
    cycle: 'any',
    // Says nothing here: diplomas are not a check of this rule set.
    capBep: 'any',
  },
  checks: ['age', 'alive', 'enrolled_in_window', 'cycle', 'not_enrolled', 'obligation_unmet'],
};
