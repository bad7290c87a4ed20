import type { Engine } from '../../engine/engine.ts';
import { canonicalPairs, type PairList } from '../graph/pair-list.ts';
import { type NodeOrder, type NodesInput, readNodes, readPairs, readPlaces } from '../graph/read-graph.ts';
import { allRids, labelsByRid, ridsOf, writeColumns } from '../graph/write-columns.ts';
import { type Threshold, thresholdWeight } from '../thresholds.ts';
import { adjacencyOf, bridgesOf } from './bridges.ts';
import { clusterMetrics } from './cluster-metrics.ts';

export interface GraphMetricsOptions extends NodesInput {
  /** What follows FROM: `rid_l`, `rid_r`, `match_weight`. */
  readonly pairs: string;
  /** What follows FROM: `rid`, `cluster` (rid of one of its records), as `clusterPairs` writes it. */
  readonly clusters: string;
  /** Least weight of an edge. */
  readonly threshold: Threshold;
  /** As given to `clusterPairs`; −15 and 20 by default. */
  readonly floor?: number;
  readonly cap?: number;
  /** Beginning of the names of the tables: `<into>_nodes`, `<into>_edges`, `<into>_clusters`. */
  readonly into: string;
}

export interface GraphMetricsTables {
  /** `rid`, `cluster`, `degree` (edges within its cluster), `centrality` (share of its cluster that it has an edge to). */
  readonly nodes: string;
  /** `rid_l`, `rid_r`, `match_weight`, `is_bridge` (1 or 0): edges within clusters, in ascending order. */
  readonly edges: string;
  /**
   * `cluster`, `size`, `edges`, `density`, `bridges`, `weakest_edge` (NULL without edges), `min_mean_weight` (of the
   * record that belongs least; NULL for a single record): see `ClusterMetrics`.
   */
  readonly clusters: string;
}

/** Figures of records, links and clusters, as three tables. A bridge is a link that alone holds its cluster together. */
export async function graphMetrics(
  engine: Engine,
  options: GraphMetricsOptions,
): Promise<GraphMetricsTables> {
  const threshold = thresholdWeight(options.threshold);
  const order = await readNodes(engine, options);
  const labels = await readLabels(engine, options.clusters, order);
  const all = canonicalPairs(await readPairs(engine, options.pairs, order), order.count);
  const scored = within(
    all,
    (pair) => labels[all.left[pair] as number] === labels[all.right[pair] as number],
  );
  const isEdge = Uint8Array.from(scored.weight, (weight) => (weight >= threshold ? 1 : 0));
  const edges = within(scored, (pair) => isEdge[pair] === 1);
  const adjacency = adjacencyOf(edges, order.count);
  const bridges = bridgesOf(adjacency, edges.left.length);
  const { floor = -15, cap = 20 } = options;
  const metrics = clusterMetrics(labels, scored, isEdge, spread(bridges, isEdge), { floor, cap });
  const tables = {
    nodes: `${options.into}_nodes`,
    edges: `${options.into}_edges`,
    clusters: `${options.into}_clusters`,
  };
  await writeNodes(engine, tables.nodes, labels, adjacency.starts, order);
  await writeColumns(engine, tables.edges, {
    rid_l: ridsOf(edges.left, order),
    rid_r: ridsOf(edges.right, order),
    match_weight: edges.weight,
    is_bridge: Int32Array.from(bridges),
  });
  await writeColumns(engine, tables.clusters, {
    cluster: ridsOf(metrics.label, order),
    size: metrics.size,
    edges: metrics.edges,
    density: metrics.density,
    bridges: metrics.bridges,
    weakest_edge: metrics.weakestEdge,
    min_mean_weight: metrics.minMeanWeight,
  });
  await engine.run(`UPDATE ${tables.clusters} SET weakest_edge = nullif(weakest_edge, 'NaN'::DOUBLE),
    min_mean_weight = nullif(min_mean_weight, 'NaN'::DOUBLE)`);
  return tables;
}

/** Label of every place: the smallest place of its cluster. */
async function readLabels(engine: Engine, clusters: string, order: NodeOrder): Promise<Int32Array> {
  const { left, right } = await readPlaces(engine, `SELECT rid, cluster FROM ${clusters}`, order);
  const named = new Int32Array(order.count).fill(-1);
  for (let row = 0; row < left.length; row++) named[left[row] as number] = right[row] as number;
  const smallest = new Int32Array(order.count).fill(-1);
  return named.map((name, place) => {
    // A record that no cluster names stands alone.
    if (name < 0) return place;
    if ((smallest[name] as number) < 0) smallest[name] = place;
    return smallest[name] as number;
  });
}

function within(pairs: PairList, kept: (pair: number) => boolean): PairList {
  const numbers = new Int32Array(pairs.left.length);
  let count = 0;
  for (let pair = 0; pair < pairs.left.length; pair++) if (kept(pair)) numbers[count++] = pair;
  const some = numbers.subarray(0, count);
  return {
    left: some.map((pair) => pairs.left[pair] as number),
    right: some.map((pair) => pairs.right[pair] as number),
    weight: Float64Array.from(some, (pair) => pairs.weight[pair] as number),
  };
}

/** What is known of the edges, by scored pair. */
function spread(ofEdges: Uint8Array, isEdge: Uint8Array): Uint8Array {
  let edge = 0;
  return isEdge.map((yes) => (yes === 1 ? (ofEdges[edge++] as number) : 0));
}

async function writeNodes(
  engine: Engine,
  table: string,
  labels: Int32Array,
  starts: Int32Array,
  order: NodeOrder,
): Promise<void> {
  const size = new Int32Array(order.count);
  for (const label of labels) size[label] = (size[label] as number) + 1;
  const degree = new Int32Array(order.count);
  const centrality = new Float64Array(order.count);
  for (let rid = 1; rid <= order.count; rid++) {
    const place = order.placeOf[rid] as number;
    const others = (size[labels[place] as number] as number) - 1;
    degree[rid - 1] = (starts[place + 1] as number) - (starts[place] as number);
    centrality[rid - 1] = others === 0 ? 0 : (degree[rid - 1] as number) / others;
  }
  await writeColumns(engine, table, {
    rid: allRids(order.count),
    cluster: labelsByRid(labels, order),
    degree,
    centrality,
  });
}
