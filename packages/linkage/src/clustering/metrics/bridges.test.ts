import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectedComponents } from '../graph/components.ts';
import { canonicalPairs, type PairList } from '../graph/pair-list.ts';
import { pairList, pairRows } from '../testing/pair-lists.ts';
import { adjacencyOf, bridgesOf } from './bridges.ts';

const COUNT = 14;

function componentCount(pairs: PairList): number {
  return new Set(connectedComponents(pairs, COUNT, Number.NEGATIVE_INFINITY)).size;
}

test('a bridge is a pair without which there is one component more', () => {
  let bridges = 0;
  fc.assert(
    fc.property(pairRows(COUNT, 24), (rows) => {
      const pairs = canonicalPairs(pairList(rows), COUNT);
      const found = bridgesOf(adjacencyOf(pairs, COUNT), pairs.left.length);
      const all = componentCount(pairs);
      for (let pair = 0; pair < pairs.left.length; pair++) {
        const others = [...pairs.left.keys()].filter((other) => other !== pair);
        const without = pairList(
          others.map((other) => [pairs.left[other] ?? 0, pairs.right[other] ?? 0, 0] as const),
        );
        expect(found[pair]).toBe(componentCount(without) > all ? 1 : 0);
        bridges += found[pair] ?? 0;
      }
    }),
    { seed: 51, numRuns: 400 },
  );
  expect(bridges).toBeGreaterThan(500);
});

test('a path of a hundred thousand records is all bridges, and its ring has none', () => {
  const length = 100_000;
  const path = Array.from({ length: length - 1 }, (_, place) => [place, place + 1, 1] as const);
  const ring = [...path, [0, length - 1, 1] as const];
  const count = (rows: readonly (readonly [number, number, number])[]): number =>
    bridgesOf(adjacencyOf(pairList(rows), length), rows.length).reduce((sum, each) => sum + each, 0);
  expect(count(path)).toBe(length - 1);
  expect(count(ring)).toBe(0);
});
