import type { ExactLinkageSummary } from '@raccroche/linkage';
import type { DeathSummary } from './deaths/link-deaths.ts';
import type { DecisionSummary } from './decisions/apply-decisions.ts';
import type { TableDifference } from './incremental/whole-results.ts';
import type { LookAlikeSummary } from './look-alikes/link-look-alikes.ts';

/** Counts of the first stage are those of the records that it looked at. */
export interface LinkageSummary extends ExactLinkageSummary {
  /** Whether whoever nothing touches was taken over of the earlier campaign. */
  readonly carried: boolean;
  /** Then, of the large tables, what of them is otherwise than there. */
  readonly differences: readonly TableDifference[];
  readonly decisions: DecisionSummary;
  readonly lookAlikes: LookAlikeSummary;
  readonly deaths: DeathSummary;
}
