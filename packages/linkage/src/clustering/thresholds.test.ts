import { describe, expect, test } from 'vitest';
import { type Outcome, outcomeOf, type Threshold, thresholdWeight } from './thresholds.ts';

describe('a threshold as a weight', () => {
  test.each<readonly [string, Threshold, number]>([
    ['a weight', { weight: -3.5 }, -3.5],
    ['an even chance', { probability: 0.5 }, 0],
    ['nine in ten', { probability: 0.9 }, Math.log2(9)],
    ['fifteen in sixteen', { probability: 15 / 16 }, Math.log2(15)],
    ['everything', { probability: 0 }, Number.NEGATIVE_INFINITY],
    ['certainty', { probability: 1 }, Number.POSITIVE_INFINITY],
  ])('%s', (_name, threshold, weight) => {
    const found = thresholdWeight(threshold);
    if (Number.isFinite(weight)) expect(found).toBeCloseTo(weight, 12);
    else expect(found).toBe(weight);
  });

  test.each<readonly [string, Threshold, new (message: string) => Error]>([
    ['both', { weight: 0, probability: 0.5 }, TypeError],
    ['none', {}, TypeError],
    ['a probability above 1', { probability: 95 }, RangeError],
    ['a probability just above 1', { probability: 1.1 }, RangeError],
    ['a probability below 0', { probability: -0.1 }, RangeError],
    ['no number', { weight: Number.NaN }, RangeError],
    ['no probability', { probability: Number.NaN }, RangeError],
  ])('%s is refused', (_name, threshold, error) => {
    expect(() => thresholdWeight(threshold)).toThrow(error);
  });
});

/** Cases of outcomes with the upper line at weight 4 and the lower at an even chance. */
const OUTCOME_CASES: readonly (readonly [string, number, Outcome])[] = [
  ['above', 4.1, 'same'],
  ['at the upper line', 4, 'same'],
  ['between', 3.9, 'review'],
  ['at the lower line', 0, 'review'],
  ['below', -0.1, 'apart'],
  ['infinite', Number.POSITIVE_INFINITY, 'same'],
  ['infinitely apart', Number.NEGATIVE_INFINITY, 'apart'],
];

describe('outcomes', () => {
  test.each(OUTCOME_CASES)('%s', (_name, weight, outcome) => {
    expect(outcomeOf(weight, { upper: { weight: 4 }, lower: { probability: 0.5 } })).toBe(outcome);
  });

  test('lines that cross are refused', () => {
    expect(() => outcomeOf(0, { upper: { weight: 0 }, lower: { weight: 1 } })).toThrow(RangeError);
  });
});
