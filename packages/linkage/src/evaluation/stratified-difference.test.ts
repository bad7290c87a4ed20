import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';
import { type Stratum, stratifiedDifference } from './stratified-difference.ts';

const stratum = (a: number, n1: number, b: number, n0: number): Stratum => ({
  one: { count: a, of: n1 },
  other: { count: b, of: n0 },
});

describe('stratifiedDifference', () => {
  it('of one stratum is the plain difference, with the interval of two independent shares', () => {
    const { difference, interval } = stratifiedDifference([stratum(300, 1000, 500, 2000)]);
    expect(difference).toBeCloseTo(0.05, 12);
    const wald = 1.959964 * Math.sqrt((0.3 * 0.7) / 1000 + (0.25 * 0.75) / 2000);
    expect(interval.high - 0.05).toBeCloseTo(wald, 4);
    expect(0.05 - interval.low).toBeCloseTo(wald, 4);
  });

  it('does not see what only the strata make: Simpson', () => {
    // 10 % in one place and 40 % in the other, for both; the first lives in the second place.
    const { difference, interval } = stratifiedDifference([
      stratum(10, 100, 90, 900),
      stratum(360, 900, 40, 100),
    ]);
    expect(difference).toBeCloseTo(0, 12);
    expect(interval.low).toBeLessThan(0);
    expect(interval.high).toBeGreaterThan(0);
  });

  it('sees within strata what their sum hides', () => {
    const { interval } = stratifiedDifference([stratum(200, 1000, 10, 100), stratum(10, 20, 400, 1000)]);
    expect(interval.low).toBeGreaterThan(0);
  });

  it('where no stratum has both, tells nothing', () => {
    expect(stratifiedDifference([stratum(5, 10, 0, 0), stratum(0, 0, 5, 10)])).toEqual({
      difference: null,
      interval: { low: -1, high: 1 },
    });
  });

  it('turns round with its two sides, and widens with the confidence', () => {
    const share = fc
      .nat({ max: 60 })
      .chain((of) => fc.record({ of: fc.constant(of), count: fc.nat({ max: of }) }));
    const strata = fc.array(fc.record({ one: share, other: share }), { maxLength: 6 });
    fc.assert(
      fc.property(strata, (some) => {
        const there = stratifiedDifference(some);
        const back = stratifiedDifference(some.map(({ one, other }) => ({ one: other, other: one })));
        expect(-(back.difference ?? 0)).toBeCloseTo(there.difference ?? 0, 12);
        expect(-back.interval.high).toBeCloseTo(there.interval.low, 10);
        const surer = stratifiedDifference(some, 0.999).interval;
        expect(surer.low).toBeLessThanOrEqual(there.interval.low);
        expect(surer.high).toBeGreaterThanOrEqual(there.interval.high);
      }),
    );
  });

  it('holds the truth about as often as it says, over many small strata', () => {
    const random = seededRandom(7);
    const drawn = (of: number, share: number) => {
      let count = 0;
      for (let at = 0; at < of; at += 1) if (random.uniform() < share) count += 1;
      return { count, of };
    };
    let held = 0;
    const times = 1000;
    for (let time = 0; time < times; time += 1) {
      const strata = Array.from({ length: 40 }, (_, index) => {
        const share = 0.05 + (index % 5) * 0.1;
        return { one: drawn(3 + (index % 4), share + 0.05), other: drawn(12, share) };
      });
      const { low, high } = stratifiedDifference(strata).interval;
      if (low <= 0.05 && 0.05 <= high) held += 1;
    }
    // 95 %, give or take three standard errors.
    expect(held / times).toBeGreaterThan(0.929);
    expect(held / times).toBeLessThan(0.971);
  });
});
