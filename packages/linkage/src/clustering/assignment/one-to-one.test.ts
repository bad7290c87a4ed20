import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PairList, sortedPairs } from '../graph/pair-list.ts';
import { pairList } from '../testing/pair-lists.ts';
import { bestRights } from './many-to-one.ts';
import { exactAssignment, greedyAssignment } from './one-to-one.ts';

const SIDE = 6;

const lists = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: SIDE - 1 }),
      fc.integer({ min: 0, max: SIDE }),
      fc.integer({ min: -4, max: 16 }).map((half) => half / 2),
    ),
    { maxLength: 16, size: 'max' },
  )
  .map((rows) => sortedPairs(pairList(rows), SIDE, SIDE + 1));

/** Greatest sum of weights above the threshold, and most pairs that reach it, by trying everything. */
function tryAll(
  pairs: PairList,
  threshold: number,
  from = 0,
  left = 0,
  right = 0,
): readonly [number, number] {
  let best: readonly [number, number] = [0, 0];
  for (let pair = from; pair < pairs.weight.length; pair++) {
    const [l, r, w] = [1 << (pairs.left[pair] ?? 0), 1 << (pairs.right[pair] ?? 0), pairs.weight[pair] ?? 0];
    if (w < threshold || (left & l) !== 0 || (right & r) !== 0) continue;
    const [sum, count] = tryAll(pairs, threshold, pair + 1, left | l, right | r);
    const here: readonly [number, number] = [sum + w - threshold, count + 1];
    if (here[0] > best[0] || (here[0] === best[0] && here[1] > best[1])) best = here;
  }
  return best;
}

function figures(pairs: PairList, chosen: Int32Array, threshold: number): readonly [number, number] {
  const sum = chosen.reduce((total, pair) => total + (pairs.weight[pair] ?? 0) - threshold, 0);
  expect(new Set(chosen.map((pair) => pairs.left[pair] ?? 0)).size).toBe(chosen.length);
  expect(new Set(chosen.map((pair) => pairs.right[pair] ?? 0)).size).toBe(chosen.length);
  expect(chosen.every((pair) => (pairs.weight[pair] ?? 0) >= threshold)).toBe(true);
  return [sum, chosen.length];
}

test('exact: nothing weighs more', () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: -2, max: 3 }), (pairs, threshold) => {
      const { chosen, greedyComponents } = exactAssignment(pairs, SIDE, SIDE + 1, threshold, SIDE);
      expect(greedyComponents).toBe(0);
      expect(figures(pairs, chosen, threshold)).toEqual(tryAll(pairs, threshold));
    }),
    { seed: 31, numRuns: 600 },
  );
});

test('greedy: whatever was not taken meets something at least as heavy', () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: -2, max: 3 }), (pairs, threshold) => {
      const chosen = greedyAssignment(pairs, SIDE, SIDE + 1, threshold);
      figures(pairs, chosen, threshold);
      for (let pair = 0; pair < pairs.weight.length; pair++) {
        if ((pairs.weight[pair] ?? 0) < threshold || chosen.includes(pair)) continue;
        const met = [...chosen].filter(
          (other) => pairs.left[other] === pairs.left[pair] || pairs.right[other] === pairs.right[pair],
        );
        const heaviest = Math.max(...met.map((other) => pairs.weight[other] ?? 0));
        expect(heaviest).toBeGreaterThanOrEqual(pairs.weight[pair] ?? 0);
      }
    }),
    { seed: 32, numRuns: 600 },
  );
});

test('components that are too large are assigned greedily, and counted', () => {
  fc.assert(
    fc.property(lists, (pairs) => {
      const { chosen } = exactAssignment(pairs, SIDE, SIDE + 1, 0, 0);
      expect(chosen).toEqual(greedyAssignment(pairs, SIDE, SIDE + 1, 0));
    }),
    { seed: 33, numRuns: 300 },
  );
  const square = pairList([
    [0, 0, 9],
    [0, 1, 8],
    [1, 0, 8],
    [1, 1, 1],
  ]);
  expect(exactAssignment(square, 2, 2, 0, 1)).toEqual({ chosen: Int32Array.of(0, 3), greedyComponents: 1 });
  expect(exactAssignment(square, 2, 2, 0, 2)).toEqual({ chosen: Int32Array.of(1, 2), greedyComponents: 0 });
});

test('best rights with their margins', () => {
  const infinite = Number.POSITIVE_INFINITY;
  const pairs = pairList([
    [0, 0, 5],
    [0, 1, 7],
    [0, 2, 7],
    [1, 4, 3],
    [2, 1, infinite],
    [2, 2, infinite],
    [3, 0, -9],
    [5, 1, 2],
    [5, 2, -8],
  ]);
  expect(bestRights(pairs, SIDE, 0)).toEqual({
    chosen: Int32Array.of(1, 3, 4, 7),
    second: Int32Array.of(2, -1, 2, 2),
    margin: Float64Array.of(0, Number.NaN, 0, 10),
  });
});
