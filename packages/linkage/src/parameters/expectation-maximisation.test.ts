import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maximiseExpectation } from './expectation-maximisation.ts';
import type { PatternCount } from './pattern-counts.ts';

const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const shares = fc
  .tuple(share, share, share)
  .map((values) => values.map((value) => value / values.reduce((sum, one) => sum + one, 0)));
const comparison = fc.record({ m: shares, u: shares });
const gamma = fc.integer({ min: -1, max: 2 });
const counted: fc.Arbitrary<readonly PatternCount[]> = fc.array(
  fc.record({ gammas: fc.tuple(gamma, gamma, gamma), pairs: fc.integer({ min: 1, max: 10_000 }) }),
  { minLength: 1, maxLength: 40 },
);

describe('expectation–maximisation', () => {
  it('never ends less likely than it was, blocked or not, smoothed or not', () => {
    fc.assert(
      fc.property(
        counted,
        fc.tuple(comparison, comparison, comparison),
        fc.double({ min: 1e-6, max: 0.9, noNaN: true }),
        fc.constantFrom(1, 50),
        fc.constantFrom(0, 0.5),
        fc.boolean(),
        (counts, comparisons, prior, unseen, smoothing, fixU) => {
          const pairs = counts.reduce((sum, count) => sum + count.pairs, 0);
          const { logLikelihood } = maximiseExpectation(
            counts,
            { prior, comparisons },
            {
              trained: [0, 1, 2],
              totalPairs: pairs * unseen,
              smoothing: fixU ? smoothing : 0,
              fixU,
              maxIterations: 30,
            },
          );
          for (const [round, value] of logLikelihood.entries()) {
            const before = logLikelihood[round - 1] ?? Number.NEGATIVE_INFINITY;
            expect(value).toBeGreaterThanOrEqual(before - Math.abs(value) * 1e-12);
          }
        },
      ),
      { seed: 13, numRuns: 300 },
    );
  });

  it('finds the parameters that counts were made with', () => {
    const m = [0.1, 0.2, 0.7];
    const u = [0.9, 0.07, 0.03];
    const counts: PatternCount[] = [];
    for (const a of [0, 1, 2]) {
      for (const b of [0, 1, 2]) {
        for (const c of [0, 1, 2]) {
          const of = (p: readonly number[]): number => (p[a] ?? 0) * (p[b] ?? 0) * (p[c] ?? 0);
          counts.push({ gammas: [a, b, c], pairs: 1e6 * (0.02 * of(m) + 0.98 * of(u)) });
        }
      }
    }
    const start = { m: [0.3, 0.3, 0.4], u };
    const found = maximiseExpectation(
      counts,
      { prior: 0.2, comparisons: [start, start, start] },
      { trained: [0, 1, 2], maxIterations: 2000, convergence: 1e-10 },
    );
    expect(found.prior).toBeCloseTo(0.02, 5);
    for (const one of found.comparisons) {
      for (const [index, value] of m.entries()) expect(one.m[index]).toBeCloseTo(value, 4);
    }
  });
});
