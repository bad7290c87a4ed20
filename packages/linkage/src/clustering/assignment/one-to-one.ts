import { countingOrder, type PairList, runStarts } from '../graph/pair-list.ts';
import { UnionFind } from '../graph/union-find.ts';
import { fallingOrder } from '../single-best.ts';
import { bestAssignment } from './exact-assignment.ts';

export const ASSIGNMENT_METHODS = ['greedy', 'exact'] as const;
export type AssignmentMethod = (typeof ASSIGNMENT_METHODS)[number];

/** Heavier than any weight of evidence: what people decided comes first. */
const MOST = 1e6;
const UNITS = 2 ** 20;

/** Each left and right record at most once, heaviest pairs first, ties in the order of the list. Returns pair numbers. */
export function greedyAssignment(
  pairs: PairList,
  leftCount: number,
  rightCount: number,
  threshold: number,
): Int32Array {
  const order = fallingOrder(pairs, threshold);
  return takeFree(pairs, order, new Uint8Array(leftCount), new Uint8Array(rightCount)).sort();
}

function takeFree(pairs: PairList, order: Int32Array, left: Uint8Array, right: Uint8Array): Int32Array {
  return order.filter((pair) => {
    const [l, r] = [pairs.left[pair] as number, pairs.right[pair] as number];
    if (left[l] === 1 || right[r] === 1) return false;
    left[l] = 1;
    right[r] = 1;
    return true;
  });
}

export interface ExactAssignment {
  /** Numbers of the pairs, ascending. */
  readonly chosen: Int32Array;
  /** Components too large to be solved exactly, which were assigned greedily. */
  readonly greedyComponents: number;
}

/**
 * The one-to-one pairs whose weights above the threshold add up to most, and among equals the most pairs; exact for each
 * component whose smaller side has `largest` records at most, greedy for the others. Weights count to 2^−20.
 */
export function exactAssignment(
  pairs: PairList,
  leftCount: number,
  rightCount: number,
  threshold: number,
  largest: number,
): ExactAssignment {
  const reached = fallingOrder(pairs, threshold).sort();
  const sets = new UnionFind(leftCount + rightCount);
  for (const pair of reached)
    sets.union(pairs.left[pair] as number, leftCount + (pairs.right[pair] as number));
  const roots = reached.map((pair) => sets.find(pairs.left[pair] as number));
  const order = countingOrder(roots, leftCount + rightCount);
  const starts = runStarts(roots, leftCount + rightCount);
  const chosen: number[] = [];
  let greedyComponents = 0;
  for (let root = 0; root + 1 < starts.length; root++) {
    const [start, end] = [starts[root] as number, starts[root + 1] as number];
    if (end === start) continue;
    const own = order.subarray(start, end).map((index) => reached[index] as number);
    if (own.length === 1) chosen.push(own[0] as number);
    else if (!solveExactly(pairs, own, threshold, largest, chosen)) {
      greedyComponents++;
      const heaviest = own.slice().sort((a, b) => {
        const [x, y] = [pairs.weight[a] as number, pairs.weight[b] as number];
        return x === y ? a - b : y > x ? 1 : -1;
      });
      chosen.push(...takeFree(pairs, heaviest, new Uint8Array(leftCount), new Uint8Array(rightCount)));
    }
  }
  return { chosen: Int32Array.from(chosen).sort(), greedyComponents };
}

function solveExactly(
  pairs: PairList,
  own: Int32Array,
  threshold: number,
  largest: number,
  chosen: number[],
): boolean {
  const lefts = numbered(own.map((pair) => pairs.left[pair] as number));
  const rights = numbered(own.map((pair) => pairs.right[pair] as number));
  if (Math.min(lefts.size, rights.size) > largest) return false;
  const flipped = lefts.size > rights.size;
  const [rows, columns] = flipped ? [rights, lefts] : [lefts, rights];
  const profit = new Float64Array(rows.size * columns.size);
  const pairAt = new Int32Array(profit.length).fill(-1);
  for (const pair of own) {
    const [l, r] = [pairs.left[pair] as number, pairs.right[pair] as number];
    const cell = (rows.get(flipped ? r : l) ?? 0) * columns.size + (columns.get(flipped ? l : r) ?? 0);
    const above = Math.min(MOST, pairs.weight[pair] as number) - Math.max(-MOST, Math.min(MOST, threshold));
    // One unit more than it weighs: of equal sums the one with more pairs wins, and 0 stays for no pair.
    profit[cell] = Math.round(above * UNITS) + 1;
    pairAt[cell] = pair;
  }
  for (const [row, column] of bestAssignment(profit, rows.size, columns.size).entries()) {
    if (column >= 0) chosen.push(pairAt[row * columns.size + column] as number);
  }
  return true;
}

/** Numbers from 0, in ascending order of what they stand for. */
function numbered(values: Int32Array): ReadonlyMap<number, number> {
  return new Map([...new Set(values)].sort((a, b) => a - b).map((value, index) => [value, index]));
}
