export { type AssessmentOptions, assessPersons } from './assess-persons.ts';
export { eligibilityVersion } from './eligibility-version.ts';
export { assessPerson, type PersonAssessment } from './person/assess-person.ts';
export type { CheckResult, Verdict } from './person/checks/check.ts';
export type {
  AccompanimentFact,
  AwardFact,
  ContractFact,
  PersonFacts,
  RecordFact,
  SpellFact,
} from './person/facts.ts';
export type { Identity } from './person/identity.ts';
export { mayHoldOver, type PreviousAssessment } from './previous-assessment.ts';
export type { RuleParameters, RuleSet } from './rule-set.ts';
export { findRuleSet, listRuleSets } from './rule-sets/registry.ts';
export { assessmentSteps } from './steps.ts';
export { CHECKS_VIEW_SQL, checksSql, createEligibilityTablesSql, ELIGIBILITY_TABLES } from './tables.ts';
export { type Terms, termsOf } from './terms.ts';
