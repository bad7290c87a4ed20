import type { PairList } from '../graph/pair-list.ts';

/** Neighbours of every place, both ways, with the number of the pair. */
export interface Adjacency {
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
  readonly pairs: Int32Array;
}

/** Neighbours by place, over all pairs given. */
export function adjacencyOf({ left, right }: PairList, nodeCount: number): Adjacency {
  const starts = new Int32Array(nodeCount + 1);
  for (const side of [left, right]) {
    for (const place of side) starts[place + 1] = (starts[place + 1] as number) + 1;
  }
  for (let place = 0; place < nodeCount; place++) {
    starts[place + 1] = (starts[place + 1] as number) + (starts[place] as number);
  }
  const next = starts.slice();
  const neighbours = new Int32Array(2 * left.length);
  const pairs = new Int32Array(2 * left.length);
  const put = (place: number, neighbour: number, pair: number): void => {
    const at = next[place] as number;
    neighbours[at] = neighbour;
    pairs[at] = pair;
    next[place] = at + 1;
  };
  for (let pair = 0; pair < left.length; pair++) {
    put(left[pair] as number, right[pair] as number, pair);
    put(right[pair] as number, left[pair] as number, pair);
  }
  return { starts, neighbours, pairs };
}

/**
 * 1 for each pair whose removal would cut its component in two. Linear, by a depth-first walk that keeps the earliest
 * place that can be reached back to (lowlink). Pairs must be there once each. Source: Tarjan 1974.
 */
export function bridgesOf({ starts, neighbours, pairs }: Adjacency, pairCount: number): Uint8Array {
  const nodeCount = starts.length - 1;
  const bridges = new Uint8Array(pairCount);
  const seen = new Int32Array(nodeCount);
  const low = new Int32Array(nodeCount);
  const next = starts.slice();
  const path = new Int32Array(nodeCount);
  const cameBy = new Int32Array(nodeCount).fill(-1);
  let clock = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (seen[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    low[root] = seen[root] = ++clock;
    while (depth >= 0) {
      const at = path[depth] as number;
      const edge = next[at] as number;
      if (edge < (starts[at + 1] as number)) {
        next[at] = edge + 1;
        const other = neighbours[edge] as number;
        if (pairs[edge] === cameBy[at]) continue;
        if (seen[other] === 0) {
          cameBy[other] = pairs[edge] as number;
          low[other] = seen[other] = ++clock;
          path[++depth] = other;
        } else low[at] = Math.min(low[at] as number, seen[other] as number);
      } else if (--depth >= 0) {
        const parent = path[depth] as number;
        low[parent] = Math.min(low[parent] as number, low[at] as number);
        if ((low[at] as number) > (seen[parent] as number)) bridges[cameBy[at] as number] = 1;
      }
    }
  }
  return bridges;
}
