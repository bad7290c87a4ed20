import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { quantileRanks } from './quantile-interval.ts';

describe('between which ranks a quantile lies', () => {
  it.each([
    // Median of ten: the 2nd and the 9th, 97.9 %; of twenty: the 6th and the 15th, 95.9 %; of a hundred: the 40th and the 61st.
    [10, 0.5, 2, 9],
    [20, 0.5, 6, 15],
    [100, 0.5, 40, 61],
    // Five values say nothing sure of their median, nor twenty of what one in ten exceeds.
    [5, 0.5, 0, 6],
    [20, 0.9, 15, 21],
    [0, 0.5, 0, 1],
  ])('of %i values, that of %d: from %i to %i', (count, share, low, high) => {
    expect(quantileRanks(count, share)).toEqual({ low, high });
  });

  it('holds 95 times in 100, of values that resemble no bell', () => {
    const random = new Random('quantiles');
    const [count, share, tries] = [60, 0.9, 4000];
    const { low, high } = quantileRanks(count, share);
    // Exponential: nine in ten are under the logarithm of ten.
    const truth = Math.log(10);
    let held = 0;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const values = Array.from({ length: count }, () => -Math.log(1 - random.next())).sort((a, b) => a - b);
      const from = values[low - 1] ?? 0;
      const to = values[high - 1] ?? Number.POSITIVE_INFINITY;
      if (from <= truth && truth <= to) held += 1;
    }
    expect(held / tries).toBeGreaterThan(0.94);
    expect(held / tries).toBeLessThan(0.995);
  });

  it('is as narrow as the square root of their number', () => {
    const width = (count: number) => {
      const { low, high } = quantileRanks(count, 0.5);
      return (high - low) / count;
    };
    expect(width(400) / width(10_000)).toBeCloseTo(5, 0);
  });
});
