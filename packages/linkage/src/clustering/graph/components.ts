import type { PairList } from './pair-list.ts';
import { UnionFind } from './union-find.ts';

/** Connected components of the pairs that weigh `threshold` or more: for each place the smallest of its component. */
export function connectedComponents(pairs: PairList, nodeCount: number, threshold: number): Int32Array {
  return componentsAtThresholds(pairs, nodeCount, [threshold])[0] ?? new Int32Array(0);
}

/**
 * Components at several thresholds in one pass over the pairs: from the highest on, each threshold adds its pairs to
 * the sets of the one before. Results are in the order of `thresholds`.
 */
export function componentsAtThresholds(
  pairs: PairList,
  nodeCount: number,
  thresholds: readonly number[],
): readonly Int32Array[] {
  const falling = [...thresholds.keys()].sort(
    (a, b) => (thresholds[b] as number) - (thresholds[a] as number),
  );
  const lines = Float64Array.from(falling, (index) => thresholds[index] as number);
  const { order, starts } = pairsByLine(pairs.weight, lines);
  const sets = new UnionFind(nodeCount);
  const results: Int32Array[] = thresholds.map(() => new Int32Array(0));
  for (const [line, index] of falling.entries()) {
    for (let at = starts[line] as number; at < (starts[line + 1] as number); at++) {
      const pair = order[at] as number;
      sets.union(pairs.left[pair] as number, pairs.right[pair] as number);
    }
    results[index] = sets.labels();
  }
  return results;
}

/** Pairs grouped by the first of the falling lines that they reach; those that reach none are left out. */
function pairsByLine(
  weight: Float64Array,
  lines: Float64Array,
): { readonly order: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(lines.length + 1);
  const lineOf = (value: number): number => {
    for (let line = 0; line < lines.length; line++) if (value >= (lines[line] as number)) return line;
    return lines.length;
  };
  for (const value of weight) {
    const line = lineOf(value);
    if (line < lines.length) starts[line + 1] = (starts[line + 1] as number) + 1;
  }
  for (let line = 0; line < lines.length; line++) {
    starts[line + 1] = (starts[line + 1] as number) + (starts[line] as number);
  }
  const next = starts.slice();
  const order = new Int32Array(starts[lines.length] as number);
  for (let pair = 0; pair < weight.length; pair++) {
    const line = lineOf(weight[pair] as number);
    if (line === lines.length) continue;
    const at = next[line] as number;
    order[at] = pair;
    next[line] = at + 1;
  }
  return { order, starts };
}
