import type { Constraints } from '../clustering/constraints/constraints.ts';
import type { RecordConstraints } from '../clustering/constraints/record-constraints.ts';
import { connectedComponents as componentsOfPairs } from '../clustering/graph/components.ts';
import type { PairList } from '../clustering/graph/pair-list.ts';
import { UnionFind } from '../clustering/graph/union-find.ts';

/**
 * Records of one or more whole components and the edges among them. Nodes are numbered from 0 in the order of source and
 * id, which no delta changes; edges come sorted by (left, right), left < right, each with its match weight (log2).
 */
export interface PartitionGraph extends PairList {
  readonly nodeCount: number;
  /** For each node the smallest of those that people decided it is together with. */
  readonly groups: Int32Array;
  /** What must be apart: what the partitioner asked for, and what people decided. */
  readonly constraints: Constraints;
  /** Number of each record in the index. */
  readonly rids: Int32Array;
}

/** How a partitioner of this package was made, so that an index can be opened without saying it again. */
export type PartitionerSettings =
  | { readonly method: 'components'; readonly threshold: number }
  | ({
      readonly method: 'average_linkage';
      readonly threshold: number;
      readonly floor: number;
      readonly cap: number;
    } & RecordConstraints);

/**
 * Cuts the graph of edges into clusters. To be the same incrementally as at once, it must look at nothing but the graph
 * (ties broken by node number), and treat each connected component as if it were alone.
 */
export interface Partitioner {
  /** Name with its settings, as `components>=2`: kept with the index, which refuses to be continued by another. */
  readonly name: string;
  readonly settings?: PartitionerSettings;
  /** Least weight of an edge that can join two records; any by default. Components are those of such edges. */
  readonly joinFrom?: number;
  /** Least weight of the edges that it wants to see, where the index does not say otherwise. */
  readonly keepFrom?: number;
  /** It looks at constraints and decisions; those of the records that it wants. Absent: it looks at none. */
  readonly constraints?: RecordConstraints;
  /** One label for each node; nodes of one cluster share it. It never joins what no edge joins, however indirectly. */
  partition(graph: PartitionGraph): Int32Array;
}

/** Connected components by edges of at least this weight (log2, inclusive); 0: more likely than not. */
export function connectedComponents(threshold = 0): Partitioner {
  return {
    name: `components>=${threshold}`,
    settings: { method: 'components', threshold },
    joinFrom: threshold,
    partition: (graph) => componentsOfPairs(graph, graph.nodeCount, threshold),
  };
}

/** Label of each node: the smallest node of its component, by edges of `joinFrom` or more and by decisions. */
export function labelComponents(
  { nodeCount, groups, left, right, weight }: PartitionGraph,
  joinFrom = Number.NEGATIVE_INFINITY,
): Int32Array {
  const sets = new UnionFind(nodeCount);
  for (let node = 0; node < nodeCount; node++) sets.union(groups[node] ?? node, node);
  for (let edge = 0; edge < left.length; edge++) {
    if ((weight[edge] ?? Number.NaN) >= joinFrom) sets.union(left[edge] ?? 0, right[edge] ?? 0);
  }
  return sets.labels();
}
