import { probabilityOf, weightOf } from '../scoring/weights.ts';
import type { ReviewBand } from './clerical-plan.ts';
import { type Interval, percentileInterval } from './intervals.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** What a person said of a pair of the plan. */
export interface ReviewAnswer {
  readonly band: number;
  readonly same: boolean;
}

export interface EstimatedFigure {
  readonly value: number;
  readonly interval: Interval;
}

export interface ReviewEstimate {
  /** Matches among the scored pairs, linked or not. */
  readonly matches: EstimatedFigure;
  readonly precision: EstimatedFigure;
  /** Among the scored pairs: what blocking missed is not in it. */
  readonly recall: EstimatedFigure;
  readonly f1: EstimatedFigure;
  readonly answers: number;
}

export interface EstimateOptions {
  /** Of the intervals; 0.95 by default. */
  readonly confidence?: number;
  readonly seed?: number;
  /** Draws for the intervals; 4000 by default. */
  readonly draws?: number;
  /**
   * What is believed of a band before it is labelled, worth one pair: `model` takes the share that the model expects,
   * moved towards a half (default), `nothing` takes a half (then a large band without matches leaves recall very unsure).
   */
  readonly prior?: 'model' | 'nothing';
}

/**
 * Precision, recall and F1 of the threshold of a plan, from its labelled pairs. Values are the stratified estimate of
 * Horvitz and Thompson: each labelled pair stands for N/n pairs of its band. Intervals draw what the pairs not labelled of
 * each band may be (beta, finite population). Throws a RangeError when a band with pairs has no answer.
 */
export function estimateFromReview(
  bands: readonly ReviewBand[],
  answers: readonly ReviewAnswer[],
  options: EstimateOptions = {},
): ReviewEstimate {
  const { confidence = 0.95, seed = 1, draws = 4000, prior = 'model' } = options;
  const counted = bands.map((band) => {
    const own = answers.filter((answer) => answer.band === band.number);
    if (own.length === 0 && band.pairs > 0) {
      throw new RangeError(`no pair was labelled between the weights ${band.from} and ${band.to}`);
    }
    return { ...band, labelled: own.length, matches: own.filter(({ same }) => same).length };
  });
  const value = figures(counted, ({ pairs, labelled, matches }) =>
    labelled === 0 ? 0 : (pairs * matches) / labelled,
  );
  const random = seededRandom(seed);
  const drawn = Array.from({ length: draws }, () =>
    figures(counted, (band) =>
      drawMatches(band, prior === 'model' ? believedShare(band.expectedShare) : 0.5, random),
    ),
  );
  const figure = (name: keyof Figures): EstimatedFigure => ({
    value: value[name],
    interval: percentileInterval(
      drawn.map((one) => one[name]),
      confidence,
    ),
  });
  return {
    matches: figure('matches'),
    precision: figure('precision'),
    recall: figure('recall'),
    f1: figure('f1'),
    answers: answers.length,
  };
}

interface CountedBand extends ReviewBand {
  readonly labelled: number;
  readonly matches: number;
}

interface Figures {
  readonly matches: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

function figures(bands: readonly CountedBand[], matchesIn: (band: CountedBand) => number): Figures {
  let [links, matches, right] = [0, 0, 0];
  for (const band of bands) {
    const own = matchesIn(band);
    matches += own;
    if (!band.linked) continue;
    links += band.pairs;
    right += own;
  }
  return {
    matches,
    precision: links === 0 ? 1 : right / links,
    recall: matches === 0 ? 1 : right / matches,
    f1: links + matches === 0 ? 1 : (2 * right) / (links + matches),
  };
}

/** Models are often surer than right: a weight is believed to a half. */
const TRUST = 0.5;

function believedShare(share: number): number {
  return probabilityOf(TRUST * weightOf(share));
}

/** Least prior share on either side: a beta needs both. */
const LEAST_SHARE = 1e-9;

function drawMatches(band: CountedBand, expected: number, random: SeededRandom): number {
  const share = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, expected));
  const { labelled, matches, pairs } = band;
  return matches + (pairs - labelled) * random.beta(matches + share, labelled - matches + 1 - share);
}
