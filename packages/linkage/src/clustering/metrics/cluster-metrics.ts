import type { PairList } from '../graph/pair-list.ts';

/** Figures of every cluster, one entry for each, in ascending order of label. */
export interface ClusterMetrics {
  /** Smallest place of the cluster. */
  readonly label: Int32Array;
  readonly size: Int32Array;
  /** Pairs within it that reach the threshold. */
  readonly edges: Int32Array;
  /** Edges by possible pairs, 0 to 1; 1 for a single record. */
  readonly density: Float64Array;
  readonly bridges: Int32Array;
  /** Least weight of an edge; NaN without edges. */
  readonly weakestEdge: Float64Array;
  /**
   * Of all its records, the least mean weight with the others, unscored pairs counting as the floor: how little the
   * record that belongs least belongs. NaN for a single record.
   */
  readonly minMeanWeight: Float64Array;
}

/**
 * `labels`: for each place the smallest of its cluster. `scored`: all pairs within clusters, each once; `isEdge` and
 * `isBridge` have one entry for each. Weights count between the floor and the cap, as they do when clusters are made.
 */
export function clusterMetrics(
  labels: Int32Array,
  scored: PairList,
  isEdge: Uint8Array,
  isBridge: Uint8Array,
  { floor, cap }: { readonly floor: number; readonly cap: number },
): ClusterMetrics {
  const label = labels.filter((own, place) => own === place);
  const numberOf = new Int32Array(labels.length);
  for (let number = 0; number < label.length; number++) numberOf[label[number] as number] = number;
  const clusterOf = labels.map((own) => numberOf[own] as number);
  const size = new Int32Array(label.length);
  for (const cluster of clusterOf) size[cluster] = (size[cluster] as number) + 1;
  const edges = new Int32Array(label.length);
  const bridges = new Int32Array(label.length);
  const weakestEdge = new Float64Array(label.length).fill(Number.NaN);
  const excess = new Float64Array(labels.length);
  for (let pair = 0; pair < scored.weight.length; pair++) {
    const [left, right] = [scored.left[pair] as number, scored.right[pair] as number];
    const weight = scored.weight[pair] as number;
    const above = Math.min(cap, Math.max(floor, weight)) - floor;
    excess[left] = (excess[left] as number) + above;
    excess[right] = (excess[right] as number) + above;
    if (isEdge[pair] !== 1) continue;
    const cluster = clusterOf[left] as number;
    edges[cluster] = (edges[cluster] as number) + 1;
    bridges[cluster] = (bridges[cluster] as number) + (isBridge[pair] as number);
    const known = weakestEdge[cluster] as number;
    weakestEdge[cluster] = Number.isNaN(known) ? weight : Math.min(known, weight);
  }
  const minMeanWeight = new Float64Array(label.length).fill(Number.NaN);
  for (let place = 0; place < labels.length; place++) {
    const cluster = clusterOf[place] as number;
    const others = (size[cluster] as number) - 1;
    if (others === 0) continue;
    const mean = floor + (excess[place] as number) / others;
    const known = minMeanWeight[cluster] as number;
    minMeanWeight[cluster] = Number.isNaN(known) ? mean : Math.min(known, mean);
  }
  const density = Float64Array.from(size, (records, cluster) =>
    records === 1 ? 1 : (2 * (edges[cluster] as number)) / (records * (records - 1)),
  );
  return { label, size, edges, density, bridges, weakestEdge, minMeanWeight };
}
