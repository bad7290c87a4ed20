import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PairRow, pairList, pairRows } from '../testing/pair-lists.ts';
import { componentsAtThresholds, connectedComponents } from './components.ts';
import { canonicalPairs } from './pair-list.ts';

/** Labels by spreading the smallest until nothing changes. */
function slowComponents(rows: readonly PairRow[], count: number, threshold: number): number[] {
  const labels = Array.from({ length: count }, (_, place) => place);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [left, right, weight] of rows) {
      const [a, b] = [labels[left] ?? 0, labels[right] ?? 0];
      if (weight < threshold || a === b) continue;
      labels[left] = labels[right] = Math.min(a, b);
      changed = true;
    }
  }
  return labels;
}

test('components at several thresholds, in any order, are those of each alone', () => {
  fc.assert(
    fc.property(
      pairRows(25, 60),
      fc.array(fc.integer({ min: -8, max: 14 }), { maxLength: 4 }),
      (rows, thresholds) => {
        const found = componentsAtThresholds(pairList(rows), 25, thresholds);
        expect(found.map((labels) => [...labels])).toEqual(
          thresholds.map((threshold) => slowComponents(rows, 25, threshold)),
        );
      },
    ),
    { seed: 11, numRuns: 500 },
  );
});

test('infinite thresholds take everything, or only what is certain', () => {
  const pairs = pairList([
    [0, 1, Number.NEGATIVE_INFINITY],
    [2, 3, Number.POSITIVE_INFINITY],
  ]);
  expect([...connectedComponents(pairs, 4, Number.NEGATIVE_INFINITY)]).toEqual([0, 0, 2, 2]);
  expect([...connectedComponents(pairs, 4, Number.POSITIVE_INFINITY)]).toEqual([0, 1, 2, 2]);
});

test('a canonical list does not depend on how pairs came', () => {
  fc.assert(
    fc.property(pairRows(9, 30), (rows) => {
      const best = new Map<string, number>();
      for (const [a, b, weight] of rows) {
        const key = `${Math.min(a, b)},${Math.max(a, b)}`;
        best.set(key, Math.max(weight, best.get(key) ?? Number.NEGATIVE_INFINITY));
      }
      const { left, right, weight } = canonicalPairs(pairList(rows), 9);
      const keys = [...left].map((place, pair) => `${place},${right[pair]}`);
      expect(keys).toEqual([...best.keys()].sort());
      expect([...weight]).toEqual(keys.map((key) => best.get(key)));
    }),
    { seed: 12, numRuns: 500 },
  );
});
