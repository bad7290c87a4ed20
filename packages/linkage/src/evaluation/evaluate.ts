import type { Model } from '../model/model.ts';
import type { LinkSession } from '../session.ts';
import { type BlockingRecall, blockingRecall } from './blocking-recall.ts';
import { type BootstrapOptions, type ChosenThreshold, chooseThresholds } from './choose-threshold.ts';
import { clusterAgreement } from './cluster-agreement.ts';
import { countByWeight } from './count-truth.ts';
import { type ErrorPattern, errorPatterns } from './error-patterns.ts';
import { type GroupReport, ratesByGroup } from './group-rates.ts';
import { readJudgedPairs } from './judged-pairs.ts';
import type { Labels } from './labels.ts';
import type { ClusterAgreement } from './overlaps.ts';
import { prepareTruth } from './prepare-truth.ts';
import { type ThresholdCriterion, USUAL_CRITERIA } from './thresholds.ts';
import {
  pointAtThreshold,
  type TruthCurve,
  type TruthPoint,
  truthCurve,
  type UnscoredMatches,
} from './truth-curve.ts';

export interface EvaluationRequest {
  readonly labels: Labels;
  /** Table of `scorePairs`. */
  readonly pairs: string;
  /** Table (rid, cluster); judged only against labels of clusters. */
  readonly clusters?: string;
  /** Least weight that links; 0 by default. */
  readonly threshold?: number;
  readonly criteria?: readonly ThresholdCriterion[];
  readonly unscored?: UnscoredMatches;
  readonly bootstrap?: BootstrapOptions;
  /** Columns of the records by which missed and wrong links are told apart. */
  readonly groups?: readonly string[];
  readonly minimumGroup?: number;
  /** Columns to quote in examples of errors: personal values. None by default. */
  readonly values?: readonly string[];
}

export interface Evaluation {
  readonly kind: Labels['kind'];
  readonly curve: TruthCurve;
  /** At the threshold of the request: chosen beforehand, hence the honest figure. */
  readonly atThreshold: TruthPoint;
  /** Chosen on the labels, hence optimistic; each says by how much. */
  readonly chosen: readonly ChosenThreshold[];
  readonly blocking: BlockingRecall;
  readonly clusters?: ClusterAgreement;
  readonly errors: readonly ErrorPattern[];
  readonly groups: readonly GroupReport[];
}

/** Everything that labels can tell of scored pairs and, if given, of clusters. Throws LabelError for labels of no use. */
export async function evaluateLinkage(
  session: LinkSession,
  model: Model,
  request: EvaluationRequest,
): Promise<Evaluation> {
  const { pairs, threshold = 0, values = [], minimumGroup } = request;
  const truth = await prepareTruth(session, model, request.labels);
  const curve = truthCurve(await countByWeight(session, truth, pairs), truth, request.unscored);
  const judged = await readJudgedPairs(session, truth, pairs);
  const groups: GroupReport[] = [];
  for (const column of request.groups ?? []) {
    const minimum = minimumGroup === undefined ? {} : { minimumRecords: minimumGroup };
    groups.push(await ratesByGroup(session, truth, { column, pairs, threshold, ...minimum }));
  }
  return {
    kind: truth.kind,
    curve,
    atThreshold: pointAtThreshold(curve, threshold),
    chosen: chooseThresholds(curve, judged, request.criteria ?? USUAL_CRITERIA, request.bootstrap),
    blocking: await blockingRecall(session, model, truth),
    ...(truth.kind === 'clusters' && request.clusters !== undefined
      ? { clusters: await clusterAgreement(session, truth, request.clusters) }
      : {}),
    errors: await errorPatterns(session, model, truth, { pairs, threshold, values }),
    groups,
  };
}
