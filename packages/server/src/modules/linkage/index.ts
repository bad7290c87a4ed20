export type {
  DeathDecision,
  DecisionInput,
  LitigeDecision,
  RecogniseDeaths,
  RecognisedNumber,
  RecogniseNumbers,
} from './decisions/decision.ts';
export { type ExplainedLink, explainLinks } from './explain-links.ts';
export { FETCHED_MEMBERS, type FetchedMembers, openFetchedMembers } from './fetched-members.ts';
export {
  PREVIOUS_TABLES,
  type PreviousLinkage,
  type PreviousTable,
  type UnsureRecords,
} from './incremental/previous-linkage.ts';
export type { TableDifference } from './incremental/whole-results.ts';
export type { LinkagePeriod } from './input.ts';
export { type KeptTellings, keptTellings } from './kept-tellings.ts';
export {
  COMPARED_TABLES,
  dropDifferences,
  type LinkageOptions,
  linkageSteps,
  linkRecords,
} from './link-records.ts';
export { linkageVersion } from './linkage-version.ts';
export { linksOfPersonsSql } from './links-of-persons.ts';
export type { HeldModel } from './look-alikes/held-model.ts';
export { createLinkageTablesSql, LINKAGE_TABLES } from './tables.ts';
export { birthPlaceSql } from './tellings.ts';
