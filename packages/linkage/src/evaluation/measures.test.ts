import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from './allocate.ts';
import { percentileInterval, wilsonInterval } from './intervals.ts';
import { measuresOf } from './measures.ts';
import { seededRandom } from './seeded-random.ts';
import { bestPoint, type ThresholdCriterion } from './thresholds.ts';
import { pointAtThreshold, truthCurve } from './truth-curve.ts';

const counts = (tp: number, fp: number, fn: number, tn: number) => ({
  truePositives: tp,
  falsePositives: fp,
  falseNegatives: fn,
  trueNegatives: tn,
});

describe('measures', () => {
  test.each([
    [
      'an ordinary table',
      counts(60, 20, 40, 880),
      { precision: 0.75, recall: 0.6, specificity: 880 / 900, f1: 120 / 180 },
    ],
    ['F2 leans to recall, F0.5 to precision', counts(60, 20, 40, 880), { f2: 300 / 480, fHalf: 75 / 105 }],
    ['nothing to find and nothing found', counts(0, 0, 0, 10), { precision: 1, recall: 1, f1: 1, mcc: 0 }],
    ['nothing found', counts(0, 0, 4, 10), { precision: 1, recall: 0, f1: 0, mcc: 0 }],
    ['all right', counts(4, 0, 0, 10), { precision: 1, recall: 1, f1: 1, mcc: 1 }],
    ['all wrong', counts(0, 10, 4, 0), { f1: 0, mcc: -1 }],
  ])('%s', (_, table, wanted) => {
    for (const [name, value] of Object.entries(wanted)) {
      expect(measuresOf(table)[name as keyof typeof wanted], name).toBeCloseTo(value as number, 12);
    }
  });

  test('MCC of billions of pairs does not overflow', () => {
    expect(measuresOf(counts(3e6, 1e4, 2e4, 4.5e12)).mcc).toBeCloseTo(0.99502, 4);
  });
});

test('areas of a curve worked by hand', () => {
  const curve = truthCurve(
    [
      { weight: 1, matches: 1, others: 1 },
      { weight: 5, matches: 2, others: 0 },
    ],
    { matches: 4, others: 6 },
  );
  // 2/4 at precision 1, then 1/4 at precision 3/4; one match is never scored.
  expect(curve.areaPrecisionRecall).toBeCloseTo(0.5 + 0.25 * 0.75, 12);
  expect(curve.unscoredMatches).toBe(1);
  expect(pointAtThreshold(curve, 6)).toMatchObject(counts(0, 0, 4, 6));
  const weightsAlone = truthCurve(
    [{ weight: 1, matches: 3, others: 1 }],
    { matches: 4, others: 6 },
    'left_out',
  );
  expect(weightsAlone.points.at(-1)).toMatchObject(counts(3, 1, 0, 0));
});

describe('the best threshold', () => {
  const curve = truthCurve(
    [
      { weight: 9, matches: 50, others: 0 },
      { weight: 6, matches: 30, others: 1 },
      { weight: 3, matches: 10, others: 9 },
      { weight: 0, matches: 8, others: 60 },
    ],
    { matches: 100, others: 900 },
  );
  test.each<readonly [string, ThresholdCriterion, number | undefined]>([
    ['for F1', { kind: 'f', beta: 1 }, 3],
    ['for F0.5: wrong links count more', { kind: 'f', beta: 0.5 }, 6],
    ['for a precision of 98 %: the most recall', { kind: 'precision', atLeast: 0.98 }, 6],
    ['for a precision that all reach', { kind: 'precision', atLeast: 0.5 }, 0],
    ['for a precision of 1', { kind: 'precision', atLeast: 1 }, 9],
    ['when a wrong link is dear', { kind: 'cost', falsePositive: 100, falseNegative: 1 }, 9],
    ['when a missed link is dear', { kind: 'cost', falsePositive: 1, falseNegative: 100 }, 0],
  ])('%s', (_, criterion, weight) => {
    expect(bestPoint(curve.points, criterion)?.weight).toBe(weight);
  });

  test('is not there when nothing meets the criterion', () => {
    const poor = truthCurve([{ weight: 1, matches: 1, others: 1 }], { matches: 1, others: 1 });
    expect(bestPoint(poor.points, { kind: 'precision', atLeast: 0.9 })).toBeUndefined();
  });
});

describe('intervals', () => {
  test.each([
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [5, 10, 0.2366, 0.7634],
    [0, 0, 0, 1],
  ])('Wilson of %i in %i', (successes, total, low, high) => {
    expect(wilsonInterval(successes, total).low).toBeCloseTo(low, 4);
    expect(wilsonInterval(successes, total).high).toBeCloseTo(high, 4);
  });

  test('percentiles are interpolated, and pass over what is not a number', () => {
    expect(percentileInterval([4, Number.NaN, 0, 2, 1, 3], 0.5)).toEqual({ low: 1, high: 3 });
    expect(percentileInterval([4, 0, 2, 1, 3], 0.75)).toEqual({ low: 0.5, high: 3.5 });
    expect(percentileInterval([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY], 0.9).low).toBe(-Infinity);
    expect(() => percentileInterval([], 0.9)).toThrow(RangeError);
  });
});

test('allocation keeps minima and capacities, and gives out all there is', () => {
  const band = fc.record({ importance: fc.double({ min: 0, max: 50, noNaN: true }), holds: fc.nat(40) });
  fc.assert(
    fc.property(fc.nat(200), fc.array(band, { maxLength: 8 }), fc.nat(5), (size, bands, minimum) => {
      const holds = bands.map((one) => one.holds);
      const given = allocate(
        size,
        bands.map((one) => one.importance),
        holds,
        minimum,
      );
      const least = holds.map((most) => Math.min(minimum, most));
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
      for (const [index, count] of given.entries()) {
        expect(Number.isInteger(count)).toBe(true);
        expect(count).toBeGreaterThanOrEqual(least[index] ?? 0);
        expect(count).toBeLessThanOrEqual(holds[index] ?? 0);
      }
      expect(sum(given)).toBe(Math.max(sum(least), Math.min(size, sum(holds))));
    }),
    { seed: 7, numRuns: 300 },
  );
  expect(allocate(100, [3, 1], [1000, 1000], 0)).toEqual([75, 25]);
});

describe('the seeded generator', () => {
  test('gives the same numbers for a seed, others for another', () => {
    const first = (seed: number) => Array.from({ length: 5 }, seededRandom(seed).uniform);
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  test.each([
    [0.3, 5],
    [2, 2],
    [40, 1],
  ])('draws beta(%d, %d) with its mean and variance', (a, b) => {
    const random = seededRandom(12);
    const drawn = Array.from({ length: 20_000 }, () => random.beta(a, b));
    const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
    const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length;
    expect(mean).toBeCloseTo(a / (a + b), 2);
    expect(variance).toBeCloseTo((a * b) / ((a + b) ** 2 * (a + b + 1)), 3);
  });
});
