export { addMonths } from './calendar.ts';
export { FAILURE_LABELS } from './failure-labels.ts';
export type { FailureMode } from './failure-modes.ts';
export { academyName, DEPARTMENT_CODES } from './france/departments.ts';
export type { SenderMode } from './france/establishments.ts';
export { countPeople } from './france/territory.ts';
export { boundsHoldFor, isWithin, type Marginal } from './marginals/targets.ts';
export { NAME_GROUP_LABELS } from './names/name-group-labels.ts';
export { SENDER_LABELS, type SenderCode } from './senders/sender-labels.ts';
export {
  type Cohort,
  cohortOf,
  type DaysWithin,
  type Delay,
  type DelayFigures,
  delaysOf,
  figuresOf,
  type Listing,
  WITHIN_DAYS,
} from './truth/delays.ts';
export { readDropOuts } from './truth/drop-outs.ts';
export { TRUTH_RULE_SETS, type TruthRuleSet } from './truth/judge.ts';
export { type NumberedCampaign, type NumberFigures, numberFigures } from './truth/numbers.ts';
export { SITUATIONS, type SituationCode } from './truth/situations.ts';
export { listedColumn, TRUTH_COLUMNS, TRUTH_TABLES, type TruthTable } from './truth/truth-files.ts';
export { readTruthSettings, type TruthSettings } from './truth/truth-settings.ts';
export { type France, readMarginals, writeFrance } from './write-france.ts';
export { type Month, writeMonths } from './write-months.ts';
