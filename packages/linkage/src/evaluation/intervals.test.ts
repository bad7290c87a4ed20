import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceInterval, normalQuantile, wilsonInterval } from './intervals.ts';

describe('normalQuantile', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489],
    [0.9999, 3.71901648545568],
    [0.001, -3.090232306167813],
  ])('of %s', (probability, quantile) => {
    expect(normalQuantile(probability)).toBeCloseTo(quantile, 7);
  });
});

describe('wilsonInterval', () => {
  it.each([
    // Newcombe 1998a, table I.
    [81, 263, 0.95, 0.2553, 0.3662],
    [15, 148, 0.95, 0.0624, 0.1605],
    [0, 20, 0.95, 0, 0.1611],
    [1, 29, 0.95, 0.0061, 0.1718],
  ])('%s of %s', (count, of, confidence, low, high) => {
    const interval = wilsonInterval(count, of, confidence);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});

describe('differenceInterval', () => {
  it.each([
    // Newcombe 1998b, table II, method 10.
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%s/%s less %s/%s', (a, m, b, n, low, high) => {
    const interval = differenceInterval({ count: a, of: m }, { count: b, of: n });
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('holds the difference, turns round with it, and widens with the confidence', () => {
    const share = fc
      .nat({ max: 60 })
      .chain((of) => fc.record({ of: fc.constant(of + 1), count: fc.nat({ max: of + 1 }) }));
    fc.assert(
      fc.property(share, share, (one, other) => {
        const { low, high } = differenceInterval(one, other);
        const difference = one.count / one.of - other.count / other.of;
        expect(low).toBeLessThanOrEqual(difference + 1e-12);
        expect(high).toBeGreaterThanOrEqual(difference - 1e-12);
        const back = differenceInterval(other, one);
        expect(back.low).toBeCloseTo(-high, 12);
        expect(back.high).toBeCloseTo(-low, 12);
        const surer = differenceInterval(one, other, 0.999);
        expect(surer.low).toBeLessThanOrEqual(low);
        expect(surer.high).toBeGreaterThanOrEqual(high);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('of nothing says nothing', () => {
    expect(differenceInterval({ count: 0, of: 0 }, { count: 1, of: 2 })).toEqual({ low: -1, high: 1 });
  });
});
