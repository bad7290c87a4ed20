import { UnionFind } from '../clustering/graph/union-find.ts';

/**
 * Records of one or more whole components and the edges among them. Nodes are numbered from 0 in the order of source and
 * id, which no delta changes; edges come sorted by (left, right), left < right.
 */
export interface PartitionGraph {
  readonly nodeCount: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Match weight of each edge, log2. */
  readonly weight: Float64Array;
}

/**
 * Cuts the graph of edges into clusters. To be the same incrementally as at once, it must look at nothing but the graph
 * (ties broken by node number), and treat each connected component as if it were alone.
 */
export interface Partitioner {
  /** Name with its settings, as `components>=2`: kept with the index, which refuses to be continued by another. */
  readonly name: string;
  /** One label for each node; nodes of one cluster share it. It never joins what no edge joins, however indirectly. */
  partition(graph: PartitionGraph): Int32Array;
}

/** Connected components by edges of at least this weight (log2, inclusive); 0: more likely than not. */
export function connectedComponents(threshold = 0): Partitioner {
  return {
    name: `components>=${threshold}`,
    partition: (graph) => labelComponents(graph, threshold),
  };
}

/** Label of each node: the smallest node of its component. Edges below the threshold do not count. */
export function labelComponents(
  { nodeCount, left, right, weight }: PartitionGraph,
  threshold = Number.NEGATIVE_INFINITY,
): Int32Array {
  const sets = new UnionFind(nodeCount);
  for (let edge = 0; edge < left.length; edge++) {
    if ((weight[edge] ?? Number.NaN) >= threshold) sets.union(left[edge] ?? 0, right[edge] ?? 0);
  }
  return sets.labels();
}

/** Labels as the place of the first node of each. */
export function firstMembers(labels: Int32Array): Int32Array {
  const first = new Map<number, number>();
  return labels.map((label, node) => {
    const known = first.get(label);
    if (known !== undefined) return known;
    first.set(label, node);
    return node;
  });
}
