export { type ClusterOptions, type ClusterSummary, clusterPairs } from './clustering/cluster-pairs.ts';
export { asEngine, type Engine, type EngineOptions, openEngine } from './engine/engine.ts';
export {
  type ExactLinkageSummary,
  exactLinkageSteps,
  LinkageInputError,
  linkExact,
} from './exact/link-exact.ts';
export {
  type ExactLinkageInput,
  type ExactLinkageOutput,
  type ExactLinkageSpec,
  LINK_RULES,
  LITIGE_REASONS,
  type LinkRule,
  type LitigeReason,
} from './exact/spec.ts';
export {
  and,
  atLeast,
  atMost,
  call,
  column,
  type Expression,
  equal,
  isNull,
  left,
  not,
  or,
  right,
} from './expression/expression.ts';
export { areFirstNamesCompatible, compatibleFirstNamesSql } from './first-names.ts';
export { exactLevel, nullLevel } from './levels/levels.ts';
export { type Comparison, defineModel, level, type Model, otherwise } from './model/model.ts';
export { normalizedNameSql, normalizeName } from './normalize-name.ts';
export { type Training, type TrainOptions, trainModel } from './parameters/train.ts';
export type { LinkageStep, LinkageStepListener, SqlRunner } from './runner.ts';
export { EVIDENCE_TYPE, type EvidenceWords, evidenceSql } from './scoring/evidence-sql.ts';
export { patternFactors } from './scoring/pattern.ts';
export { type ScoreOptions, scorePairs } from './scoring/score-pairs.ts';
export { type LinkSession, openSession, type SessionOptions } from './session.ts';
