import fc from 'fast-check';
import type { TwinWorld } from './twin-clusters.ts';

/** Weights in quarters: sums are exact and ties happen all the time. Some are absurd. */
const weight = fc.oneof(
  { arbitrary: fc.integer({ min: -40, max: 60 }).map((quarters) => quarters / 4), weight: 30 },
  { arbitrary: fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 500), weight: 1 },
);

/** Worlds of 2 to `most` records in which weights tie, chains form and constraints collide. */
export function twinWorlds(most: number): fc.Arbitrary<TwinWorld> {
  return fc.integer({ min: 2, max: most }).chain((count) => {
    const record = fc.integer({ min: 0, max: count - 1 });
    const two = fc.tuple(record, record).filter(([a, b]) => a !== b);
    const held = fc.array(fc.subarray(['1', '2', '3'], { maxLength: 2 }), {
      minLength: count,
      maxLength: count,
    });
    const unknown = fc.constant(Array.from({ length: count }, () => []));
    return fc.record({
      count: fc.constant(count),
      pairs: fc.array(
        fc.tuple(two, weight).map(([[left, right], value]) => ({ left, right, weight: value })),
        { maxLength: 3 * count, size: 'max' },
      ),
      threshold: fc.integer({ min: -8, max: 24 }).map((quarters) => quarters / 4),
      floor: fc.constantFrom(-15, -4, -2.5),
      cap: fc.constantFrom(20, 8),
      cannotLink: fc.array(two, { maxLength: 2 }),
      mustLink: fc.array(two, { maxLength: 2 }),
      traits: fc.array(fc.oneof(unknown, held), { maxLength: 2 }),
      sources: fc.oneof(
        fc.constant(Array.from({ length: count }, () => '')),
        fc.array(fc.constantFrom('', '', 'a', 'b'), { minLength: count, maxLength: count }),
      ),
      mustLinkWins: fc.boolean(),
    });
  });
}
