/** From scored pairs to clusters, once or as a living index. */

// Clusters, assignment, ids and decisions

export {
  assignManyToOne,
  assignOneToOne,
  type ManyToOneOptions,
  type OneToOneOptions,
  type OneToOneSummary,
} from '../clustering/assignment/assign-pairs.ts';
export {
  CLUSTER_METHODS,
  type ClusterMethod,
  type ClusterOptions,
  type ClusterSummary,
  clusterPairs,
} from '../clustering/cluster-pairs.ts';
export { type ComponentTableOptions, clusterAtThresholds } from '../clustering/component-tables.ts';
export { type ConstraintConflict, ConstraintConflictError } from '../clustering/constraints/must-links.ts';
export type { ConstraintTables } from '../clustering/constraints/read-constraints.ts';
export type { RecordConstraints } from '../clustering/constraints/record-constraints.ts';
export { constraintTables, type SessionConstraints } from '../clustering/constraints/session-constraints.ts';
export type { DecisionRelation } from '../clustering/decisions/decision-relation.ts';
export {
  type Decision,
  DecisionError,
  type DecisionOptions,
  type ResolvedDecisions,
  resolveDecisions,
  VERDICTS,
  type Verdict,
} from '../clustering/decisions/decisions.ts';
export {
  REVIEW_REASONS,
  type ReviewOptions,
  type ReviewReason,
  reviewPairs,
} from '../clustering/decisions/review-pairs.ts';
export { GraphInputError, type NodesInput } from '../clustering/graph/read-graph.ts';
export {
  JOURNAL_KINDS,
  type JournalEvent,
  type JournalKind,
  type Membership,
  readJournal,
  replayJournal,
  reverseJournal,
} from '../clustering/identity/journal.ts';
export {
  keepClusterIds,
  type NewIds,
  StableIdError,
  type StableIdOptions,
  type StableIdSummary,
} from '../clustering/identity/stable-ids.ts';
export {
  type GraphMetricsOptions,
  type GraphMetricsTables,
  graphMetrics,
} from '../clustering/metrics/graph-metrics.ts';
export {
  OUTCOMES,
  type Outcome,
  type OutcomeThresholds,
  outcomeOf,
  outcomeSql,
  outcomeWeights,
  type Threshold,
  thresholdWeight,
} from '../clustering/thresholds.ts';

// Living index

export { applyDelta, type DeltaOptions, type DeltaReport } from '../living/apply-delta.ts';
export { type AverageLinkageOptions, averageLinkage } from '../living/average-linkage.ts';
export { type CreateIndexOptions, createIndex } from '../living/create-index.ts';
export type { Delta, DeltaRows } from '../living/delta-records.ts';
export { type ExplanationStep, explainPair, type PairExplanation } from '../living/explain-pair.ts';
export {
  type FindOptions,
  type FindResult,
  type FoundRecord,
  find,
  findMany,
  type UnreadColumnsNotice,
} from '../living/find.ts';
export { IndexError } from '../living/index-format.ts';
export { type LinkIndex, type OpenIndexOptions, openIndex } from '../living/open-index.ts';
export {
  connectedComponents,
  type Partitioner,
  type PartitionerSettings,
  type PartitionGraph,
} from '../living/partition.ts';
export type { QueryRecord } from '../living/query-record.ts';
