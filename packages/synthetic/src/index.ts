export { FAILURE_MODES, type FailureMode } from './failure-modes.ts';
export { compareWithTruth, type ListedEntry, type TruthComparison } from './truth/compare-with-truth.ts';
export { TRUTH_RULE_SETS, type TruthRuleSet } from './truth/judge.ts';
export { SITUATIONS, type SituationCode } from './truth/situations.ts';
export { type Region, type RegionOptions, writeRegion } from './write-region.ts';
