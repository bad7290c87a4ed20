export { addMonths } from './calendar.ts';
export { DEPARTMENT_CODES } from './france/departments.ts';
export type { SenderMode } from './france/establishments.ts';
export { countPeople } from './france/territory.ts';
export { isWithin, type Marginal } from './marginals/targets.ts';
export { compareWithTruth, type ListedEntry, type TruthComparison } from './truth/compare-with-truth.ts';
export {
  type Cohort,
  cohortOf,
  type Delay,
  type DelayFigures,
  delaysOf,
  figuresOf,
  type Listing,
} from './truth/delays.ts';
export { readDropOuts } from './truth/drop-outs.ts';
export { type NumberedCampaign, type NumberFigures, numberFigures } from './truth/numbers.ts';
export { SITUATIONS, type SituationCode } from './truth/situations.ts';
export { readTruth, rowKey } from './truth/truth-files.ts';
export { type France, readMarginals, writeFrance } from './write-france.ts';
export { type Month, writeMonths } from './write-months.ts';
