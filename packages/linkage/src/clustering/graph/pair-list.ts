/** Pairs by column. Records are known by their place, from 0; weights are match weights (log2), possibly infinite. */
export interface PairList {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly weight: Float64Array;
}

/** Indices of `keys` (0 to `keyCount` − 1) in ascending order of key, those of one key in their former order. Linear. */
export function countingOrder(keys: Int32Array, keyCount: number, former?: Int32Array): Int32Array {
  const next = new Int32Array(keyCount + 1);
  for (const key of keys) next[key + 1] = (next[key + 1] as number) + 1;
  for (let key = 0; key < keyCount; key++) next[key + 1] = (next[key + 1] as number) + (next[key] as number);
  const order = new Int32Array(keys.length);
  for (let place = 0; place < keys.length; place++) {
    const index = former === undefined ? place : (former[place] as number);
    const key = keys[index] as number;
    const at = next[key] as number;
    order[at] = index;
    next[key] = at + 1;
  }
  return order;
}

/** Where the run of each key begins in a sorted column: `starts[key]` to `starts[key + 1]`. */
export function runStarts(keys: Int32Array, keyCount: number): Int32Array {
  const starts = new Int32Array(keyCount + 1);
  for (const key of keys) starts[key + 1] = (starts[key + 1] as number) + 1;
  for (let key = 0; key < keyCount; key++) {
    starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  }
  return starts;
}

/**
 * The pairs in ascending order of left, then right, each once with the highest of its weights: however they came, the
 * same list comes out.
 */
export function sortedPairs(pairs: PairList, leftCount: number, rightCount: number): PairList {
  const byRight = countingOrder(pairs.right, rightCount);
  const order = countingOrder(pairs.left, leftCount, byRight);
  const left = new Int32Array(order.length);
  const right = new Int32Array(order.length);
  const weight = new Float64Array(order.length);
  let kept = 0;
  for (const index of order) {
    const [l, r, w] = [
      pairs.left[index] as number,
      pairs.right[index] as number,
      pairs.weight[index] as number,
    ];
    if (kept > 0 && left[kept - 1] === l && right[kept - 1] === r) {
      weight[kept - 1] = Math.max(weight[kept - 1] as number, w);
      continue;
    }
    left[kept] = l;
    right[kept] = r;
    weight[kept] = w;
    kept++;
  }
  return { left: left.subarray(0, kept), right: right.subarray(0, kept), weight: weight.subarray(0, kept) };
}

/** Pairs of one set of records, the smaller place left, then as `sortedPairs`. */
export function canonicalPairs(pairs: PairList, nodeCount: number): PairList {
  const left = pairs.left.map((l, index) => Math.min(l, pairs.right[index] as number));
  const right = pairs.right.map((r, index) => Math.max(r, pairs.left[index] as number));
  return sortedPairs({ left, right, weight: pairs.weight }, nodeCount, nodeCount);
}
