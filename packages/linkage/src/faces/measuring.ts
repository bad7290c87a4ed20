/** What a linkage is worth, and the page that shows it. */

// Measures

export type { BootstrapOptions, ChosenThreshold } from '../evaluation/choose-threshold.ts';
export {
  type PairToReview,
  planReview,
  type ReviewBand,
  type ReviewPlan,
  type ReviewRequest,
} from '../evaluation/clerical-plan.ts';
export { type Evaluation, type EvaluationRequest, evaluateLinkage } from '../evaluation/evaluate.ts';
export {
  type CountedShare,
  differenceInterval,
  type Interval,
  wilsonInterval,
} from '../evaluation/intervals.ts';
export { type ClusterLabels, LabelError, type Labels } from '../evaluation/labels.ts';
export {
  type Agreement,
  agreementOfOverlaps,
  type ClusterAgreement,
  type Overlap,
} from '../evaluation/overlaps.ts';
export {
  type EstimatedFigure,
  type EstimateOptions,
  estimateFromReview,
  type ReviewAnswer,
  type ReviewEstimate,
} from '../evaluation/review-estimate.ts';
export {
  type StratifiedDifference,
  type Stratum,
  stratifiedDifference,
} from '../evaluation/stratified-difference.ts';
export { type ThresholdCriterion, USUAL_CRITERIA } from '../evaluation/thresholds.ts';
export type { TruthCurve, TruthPoint, UnscoredMatches } from '../evaluation/truth-curve.ts';
export { type UnlinkablePoint, unlinkableShare, unlinkables } from '../evaluation/unlinkables.ts';

// Report

export { type ClusterRequest, gatherClusters } from '../report/gather-clusters.ts';
export { type PairKey, pairsNearThreshold, picturePairs } from '../report/gather-pairs.ts';
export { countOutcomes, scoredByRule, weightHistogram } from '../report/gather-run.ts';
export { linkageReport } from '../report/report.ts';
export type {
  ClusterFigures,
  ClusterPicture,
  Contribution,
  EstimatedLevels,
  Outcomes,
  PairPicture,
  ParameterEstimate,
  ReportInput,
  ReportWarning,
  RuleFigures,
  RunFigures,
  Thresholds,
  WeightHistogram,
} from '../report/report-input.ts';
export type { Language } from '../report/words.ts';

// Pages of one's own, drawn by the same hand

export { COLOURS, niceScale } from '../report/chart-style.ts';
export { legend, type ReportContext, reportContext, type Section } from '../report/context.ts';
export { type Html, type HtmlValue, html } from '../report/html.ts';
export { type Page, pageHtml } from '../report/page.ts';
export { type ChartRow, type RowScale, rowChart } from '../report/row-chart.ts';
export { type Chart, chartHtml, PAGE_WIDTHS, TILE_WIDTHS } from '../report/svg-chart.ts';
export { type Column, tableBehind, tableHtml } from '../report/table.ts';
