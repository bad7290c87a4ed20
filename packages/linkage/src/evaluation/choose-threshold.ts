import { type Interval, percentileInterval } from './intervals.ts';
import type { JudgedPairs } from './judged-pairs.ts';
import { fMeasure } from './measures.ts';
import { drawEntities, resampler } from './resample.ts';
import { seededRandom } from './seeded-random.ts';
import { bestPoint, type LinkCounts, type ThresholdCriterion } from './thresholds.ts';
import type { TruthCurve, TruthPoint } from './truth-curve.ts';

export interface BootstrapOptions {
  /** Times that entities are drawn again, at least 1; 200 by default. */
  readonly replicates?: number;
  readonly seed?: number;
  /** Of the intervals, 0 to 1; 0.95 by default. */
  readonly confidence?: number;
}

/** A threshold chosen on labels, with how sure it is. */
export interface ChosenThreshold {
  readonly criterion: ThresholdCriterion;
  readonly point: TruthPoint;
  /** Where the threshold itself falls when entities are drawn again. */
  readonly weight: Interval;
  /** Of the measures at the chosen threshold. */
  readonly precision: Interval;
  readonly recall: Interval;
  readonly f1: Interval;
  /**
   * How much better F1 looks than it is, because the threshold was chosen on the pairs that it is measured on
   * (bootstrap estimate of optimism, Efron 1983).
   */
  readonly f1Optimism: number;
}

interface Draw {
  readonly counts: LinkCounts;
  readonly weight: number;
  readonly optimism: number;
}

/**
 * The thresholds that meet each criterion best, with intervals by bootstrap: entities are drawn with replacement, for the
 * pairs of one entity stand or fall together, and drawing pairs would give intervals that are too narrow. A criterion that
 * no threshold meets is left out. The same seed gives the same intervals.
 */
export function chooseThresholds(
  curve: TruthCurve,
  judged: JudgedPairs,
  criteria: readonly ThresholdCriterion[],
  options: BootstrapOptions = {},
): readonly ChosenThreshold[] {
  const { replicates = 200, seed = 1, confidence = 0.95 } = options;
  if (!(replicates >= 1)) throw new RangeError('draw entities at least once');
  const chosen = criteria.flatMap((criterion) => {
    const point = bestPoint(curve.points, criterion);
    return point === undefined ? [] : [{ criterion, point, draws: [] as Draw[] }];
  });
  const draw = resampler(judged, curve.unscored === 'left_out');
  const original = draw();
  const random = seededRandom(seed);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const sample = draw(drawEntities(judged.matchesOf.length, random));
    for (const { criterion, point, draws } of chosen) {
      const weight = sample.best(criterion) ?? Number.NaN;
      const optimism = fMeasure(sample.at(weight), 1) - fMeasure(original.at(weight), 1);
      draws.push({ counts: sample.at(point.weight), weight, optimism });
    }
  }
  return chosen.map(({ criterion, point, draws }) => ({
    criterion,
    point,
    ...intervalsOf(draws, confidence),
  }));
}

function intervalsOf(
  draws: readonly Draw[],
  confidence: number,
): Omit<ChosenThreshold, 'criterion' | 'point'> {
  const interval = (of: (counts: LinkCounts) => number): Interval =>
    percentileInterval(
      draws.map(({ counts }) => of(counts)),
      confidence,
    );
  const met = draws.filter(({ weight }) => !Number.isNaN(weight));
  return {
    weight: percentileInterval(
      // A draw on which nothing met the criterion has no threshold; when none has, it is as unsure as can be.
      met.length === 0
        ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
        : met.map(({ weight }) => weight),
      confidence,
    ),
    precision: interval(({ truePositives: tp, falsePositives: fp }) => (tp + fp === 0 ? 1 : tp / (tp + fp))),
    recall: interval(({ truePositives: tp, falseNegatives: fn }) => (tp + fn === 0 ? 1 : tp / (tp + fn))),
    f1: interval((counts) => fMeasure(counts, 1)),
    f1Optimism: met.reduce((sum, { optimism }) => sum + optimism, 0) / Math.max(1, met.length),
  };
}
