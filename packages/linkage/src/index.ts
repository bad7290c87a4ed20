/** The face of the package: only what stands here is promised. */
export * from './faces/clustering.ts';
export * from './faces/comparing.ts';
export * from './faces/measuring.ts';

// Engine, inputs and outputs

export { asEngine, type Engine, type EngineOptions, type NumberColumn, openEngine } from './engine/engine.ts';
export { interruptible } from './engine/interruptible.ts';
export { noting } from './engine/noting.ts';
export { type BoundValue, ENGINE_THREADS, runStatements } from './engine/run-statements.ts';
export {
  csvInput,
  type FieldValue,
  parquetInput,
  type RowsOptions,
  relationInput,
  rowsInput,
  type TypedInput,
} from './io/inputs.ts';
export {
  OUTPUT_FORMATS,
  type OutputFormat,
  OutputFormatError,
  outputFormatOf,
  readRows,
  writeRows,
} from './io/outputs.ts';
export type { TermFrequencyTable } from './records/frequencies.ts';
export { type LinkInput, sessionRelations, termFrequencyColumns } from './records/record-tables.ts';
export type { LinkageStep, LinkageStepListener, SqlRunner } from './runner.ts';
export { InputError, type LinkSession, openSession, type SessionOptions } from './session.ts';

// Expressions: one tree, read as SQL and as a function

export { compileExpression, expressionSql, NoTwinError } from './expression/compile.ts';
export { compileDerivations } from './expression/derive.ts';
export {
  and,
  atLeast,
  atMost,
  call,
  column,
  different,
  type Expression,
  eachOf,
  equal,
  extracted,
  isNull,
  left,
  literal,
  not,
  type Operand,
  or,
  type Row,
  right,
  those,
  tryCast,
  type Value,
  withValue,
} from './expression/expression.ts';
export { parseSqlExpression, UnsafeSqlError } from './expression/parse-sql.ts';

// Models

export {
  type BlockingRule,
  type ColumnCheck,
  type Comparison,
  type ComparisonLevel,
  type Derivation,
  defineModel,
  ELSE,
  type InputColumns,
  LINK_TYPES,
  type LinkType,
  level,
  type Model,
  type ModelOptions,
  otherwise,
  type SourceParameters,
  type TermFrequencyAdjustment,
} from './model/model.ts';
export { isModelFile, MODEL_FORMAT, readModelFile, writeModelFile } from './model/model-file.ts';
export { ModelError, type ModelProblem, modelProblems } from './model/validate-model.ts';
export { SPLINK_SETTINGS, type SplinkModelFile, type SplinkSettings } from './splink/model-file.ts';
export {
  type PredictedPairsOptions,
  type PredictedPairsTarget,
  predictedPairsSql,
  writePredictedPairs,
} from './splink/predicted-pairs.ts';
export { readSplinkModel, type SplinkModel } from './splink/read-model.ts';
export { splinkModelText, writeSplinkModel } from './splink/write-model.ts';

// Blocking

export {
  type BlockingLimits,
  type Budget,
  type BudgetRequest,
  checkBudget,
} from './blocking/check-budget.ts';
export {
  type Block,
  type CountRequest,
  type CumulativeCount,
  countCandidatePairs,
  countRulePairs,
  type RuleCount,
} from './blocking/count-pairs.ts';
export type { BlockingGuard, GuardLimits } from './blocking/guard.ts';
export { BlockingBudgetError, BlockingRuleError } from './blocking/rule-error.ts';
export type { BlockSplit } from './blocking/split-block.ts';

// Profile and suggestions

export { type ColumnProfile, MEANINGS, type Meaning, type ValueCount } from './profile/column-profile.ts';
export { type ProfileOptions, profileColumns } from './profile/profile-columns.ts';
export {
  type SuggestBlockingOptions,
  type SuggestedBlocking,
  type SuggestedRule,
  suggestBlockingRules,
} from './suggest/suggest-blocking.ts';
export {
  type ColumnChoice,
  type SuggestedModel,
  SuggestionError,
  type SuggestModelOptions,
  suggestModel,
} from './suggest/suggest-model.ts';

// Parameters

export { type CalibrationBin, type CalibrationOptions, calibration } from './parameters/calibration.ts';
export { type Correlation, type CorrelationOptions, correlations } from './parameters/correlation.ts';
export {
  estimateMByRule,
  priorFromRules,
  type RuleTraining,
  type RuleTrainingOptions,
  TrainingError,
} from './parameters/estimate-m-by-rule.ts';
export { estimatePrior, type PriorEstimate, type PriorOptions } from './parameters/estimate-prior.ts';
export { estimateU, type UOptions } from './parameters/estimate-u.ts';
export { type Estimates, startEstimates } from './parameters/estimates.ts';
export {
  type ComparisonParameters,
  type EmOptions,
  type EmResult,
  type EmStart,
  maximiseExpectation,
} from './parameters/expectation-maximisation.ts';
export { type JoinOptions, joinComparisons } from './parameters/join-comparisons.ts';
export {
  estimateFromLabelColumn,
  estimateMFromPairs,
  type LabelOptions,
  type PairLabels,
} from './parameters/labels.ts';
export type { PatternCount } from './parameters/pattern-counts.ts';
export type { RepeatedEvidence } from './parameters/repeated-evidence.ts';
export { termFrequenciesSql } from './parameters/term-frequencies.ts';
export { type Training, type TrainOptions, trainModel } from './parameters/train.ts';
export { type SourceTrainingOptions, trainBySource } from './parameters/train-by-source.ts';
export { TRAINING_WARNINGS, type TrainingWarning, type TrainingWarningCode } from './parameters/warnings.ts';
export {
  refuseUntrained,
  UntrainedError,
  type UntrainedLevel,
  untrainedLevels,
} from './scoring/untrained.ts';

// Scores

export { EVIDENCE_TYPE, type EvidenceWords, evidenceSql } from './scoring/evidence-sql.ts';
export { patternFactors } from './scoring/pattern.ts';
export { type ScoreOptions, scorePairs } from './scoring/score-pairs.ts';
export { priorWeight, probabilityOf, weightOf } from './scoring/weights.ts';

// First stage: identifiers and exact names

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
