import type { RuleSet } from '../../../eligibility/index.ts';

/** A rule set for tests of the lists: they tell it, they do not apply it. */
export const testRuleSet: RuleSet = {
  id: 'siei-2011',
  version: '1',
  label: 'Instruction de 2011',
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
  checks: ['age', 'alive'],
};
