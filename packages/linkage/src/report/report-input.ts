import type { Evaluation } from '../evaluation/evaluate.ts';
import type { UnlinkablePoint } from '../evaluation/unlinkables.ts';
import type { Model } from '../model/model.ts';
import type { ComparisonParameters } from '../parameters/expectation-maximisation.ts';
import type { Language } from './words.ts';

/** What a report shows. Only the model is needed; a section whose figures are absent is left out. */
export interface ReportInput {
  /** Of the page; English by default. */
  readonly language?: Language;
  readonly title?: string;
  readonly model: Model;
  readonly run?: RunFigures;
  /** Match weights that decide; see `outcomes`. */
  readonly thresholds?: Thresholds;
  readonly outcomes?: Outcomes;
  /** Estimates of m and u to hold against each other: sessions of training, or runs on other data. */
  readonly estimates?: readonly ParameterEstimate[];
  readonly histogram?: WeightHistogram;
  readonly blocking?: readonly RuleFigures[];
  readonly unlinkables?: readonly UnlinkablePoint[];
  readonly evaluation?: Evaluation;
  readonly clusters?: ClusterFigures;
  /** Pairs explained, with the values of their records: personal data. The page then says so. */
  readonly pairs?: readonly PairPicture[];
  readonly warnings?: readonly ReportWarning[];
}

export interface RunFigures {
  readonly records: number;
  readonly possiblePairs: number;
  readonly candidatePairs?: number;
  readonly scoredPairs?: number;
}

/** A weight of `same` or more is the same entity; from `review` (inclusive) to `same` somebody decides; below, apart. */
export interface Thresholds {
  readonly same: number;
  /** `same` by default: nothing to review. */
  readonly review?: number;
}

/** Scored pairs by what is decided of them. */
export interface Outcomes {
  readonly same: number;
  readonly review: number;
  readonly apart: number;
}

export interface ParameterEstimate {
  readonly name: string;
  readonly prior?: number;
  /** In the model's order; by γ from 0. */
  readonly comparisons: readonly ComparisonParameters[];
}

/** `pairs[i]` pairs weigh from `from + i · step` to `from + (i + 1) · step`, the end excluded. */
export interface WeightHistogram {
  readonly from: number;
  readonly step: number;
  readonly pairs: readonly number[];
}

export interface RuleFigures {
  /** The rule as the model writes it. */
  readonly sql: string;
  /** Pairs that the rule finds; absent when they were not counted. */
  readonly pairs?: number;
  /** Pairs that it finds first: no earlier rule does. */
  readonly newPairs: number;
  /** Largest first. `key` is a value of the records: give it only where personal values may be shown. */
  readonly largestBlocks?: readonly {
    readonly key?: string;
    readonly records: number;
    readonly pairs: number;
  }[];
}

export interface ClusterFigures {
  readonly sizes: readonly { readonly size: number; readonly clusters: number }[];
  /** Small clusters to draw. */
  readonly shown: readonly ClusterPicture[];
}

export interface ClusterPicture {
  readonly name: string;
  /** Ids of the records. */
  readonly nodes: readonly string[];
  /** By places in `nodes`. */
  readonly edges: readonly { readonly from: number; readonly to: number; readonly weight: number }[];
}

export interface PairPicture {
  readonly idL: string;
  readonly idR: string;
  readonly sourceL?: string;
  readonly sourceR?: string;
  readonly weight: number;
  /** Weight before anything is compared. */
  readonly priorWeight: number;
  readonly contributions: readonly Contribution[];
  /** Values of both records, null where missing. */
  readonly values: readonly {
    readonly column: string;
    readonly left: string | null;
    readonly right: string | null;
  }[];
}

/** What one comparison adds to the weight of a pair. */
export interface Contribution {
  readonly comparison: string;
  /** −1 for missing values. */
  readonly gamma: number;
  readonly label: string;
  readonly weight: number;
  /** Part due to how common the values are; added to `weight`. */
  readonly termFrequency: number;
}

/** Something to mend. The message should say what to do, and quote no personal value. */
export interface ReportWarning {
  readonly where?: string;
  readonly message: string;
}
