import { describe, expect, test } from 'vitest';
import type { ReviewBand } from './clerical-plan.ts';
import { estimateFromReview, type ReviewAnswer } from './review-estimate.ts';
import { seededRandom } from './seeded-random.ts';

const band = (
  number: number,
  linked: boolean,
  pairs: number,
  expectedShare: number,
  sample: number,
): ReviewBand => ({
  number,
  from: number,
  to: number + 1,
  linked,
  pairs,
  expectedShare,
  sample,
});

const BANDS = [
  band(0, false, 5000, 0.001, 20),
  band(1, false, 300, 0.2, 60),
  band(2, true, 400, 0.85, 60),
  band(3, true, 900, 0.999, 20),
];

const answers = (of: number, matches: number, count: number): ReviewAnswer[] =>
  Array.from({ length: count }, (_, index) => ({ band: of, same: index < matches }));

test('each labelled pair stands for the pairs of its band', () => {
  const estimate = estimateFromReview(BANDS, [
    ...answers(0, 0, 20),
    ...answers(1, 12, 60),
    ...answers(2, 48, 60),
    ...answers(3, 20, 20),
  ]);
  // 300·12/60 + 400·48/60 + 900
  expect(estimate.matches.value).toBe(60 + 320 + 900);
  expect(estimate.precision.value).toBeCloseTo(1220 / 1300, 12);
  expect(estimate.recall.value).toBeCloseTo(1220 / 1280, 12);
  expect(estimate.f1.value).toBeCloseTo(2440 / 2580, 12);
});

test('a band with pairs and no answer is told', () => {
  expect(() => estimateFromReview(BANDS, answers(0, 0, 5))).toThrow(
    /no pair was labelled between the weights 1 and 2/,
  );
});

test('labelling everything leaves no doubt', () => {
  const small = [band(0, false, 4, 0.1, 4), band(1, true, 6, 0.9, 6)];
  const { precision, recall } = estimateFromReview(small, [...answers(0, 1, 4), ...answers(1, 5, 6)]);
  expect(precision.interval).toEqual({ low: 5 / 6, high: 5 / 6 });
  expect(recall.interval).toEqual({ low: 5 / 6, high: 5 / 6 });
});

describe('intervals at 95 % hold the truth about as often as they say, though the model is too sure', () => {
  test.each([
    ['model', 0.9, 0.9],
    // A half of a pair in 5,000 is many matches: recall is told too low rather than too high.
    ['nothing', 0.9, 0.8],
  ] as const)('prior: %s', (prior, leastPrecision, leastRecall) => {
    const shares = [0.002, 0.3, 0.8, 0.99];
    const matches = BANDS.map(({ pairs }, index) => Math.round(pairs * (shares[index] ?? 0)));
    const [m0 = 0, m1 = 0, m2 = 0, m3 = 0] = matches;
    const precision = (m2 + m3) / 1300;
    const recall = (m2 + m3) / (m0 + m1 + m2 + m3);
    const random = seededRandom(3);
    let [inPrecision, inRecall] = [0, 0];
    const times = 200;
    for (let time = 0; time < times; time++) {
      const drawn = BANDS.flatMap(({ number, pairs, sample }, index) =>
        answers(
          number,
          drawMatches(pairs, matches[index] ?? 0, sample, () => random.uniform()),
          sample,
        ),
      );
      const estimate = estimateFromReview(BANDS, drawn, { seed: time, draws: 400, prior });
      const holds = ({ low, high }: { low: number; high: number }, truth: number): boolean =>
        low <= truth && truth <= high;
      inPrecision += holds(estimate.precision.interval, precision) ? 1 : 0;
      inRecall += holds(estimate.recall.interval, recall) ? 1 : 0;
    }
    expect(inPrecision / times).toBeGreaterThan(leastPrecision);
    expect(inRecall / times).toBeGreaterThan(leastRecall);
  });
});

/** Matches among `sample` pairs drawn without replacement. */
function drawMatches(pairs: number, matches: number, sample: number, uniform: () => number): number {
  let [left, found] = [matches, 0];
  for (let drawn = 0; drawn < sample; drawn++) {
    if (uniform() * (pairs - drawn) >= left) continue;
    found++;
    left--;
  }
  return found;
}
