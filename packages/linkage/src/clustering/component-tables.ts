import type { Engine } from '../engine/engine.ts';
import { componentsAtThresholds } from './graph/components.ts';
import { type NodesInput, readNodes, readPairs } from './graph/read-graph.ts';
import { allRids, labelsByRid, writeColumns } from './graph/write-columns.ts';
import { type Threshold, thresholdWeight } from './thresholds.ts';

export interface ComponentTableOptions extends NodesInput {
  /** What follows FROM: `rid_l`, `rid_r`, `match_weight`. */
  readonly pairs: string;
  /** Thresholds by the name of their column. */
  readonly thresholds: Readonly<Record<string, Threshold>>;
  /** Table to make: `rid`, and for each threshold the smallest rid of the record's component, INTEGER. */
  readonly into: string;
}

/** Connected components at several thresholds at once, as a table; returns the number of components by column. */
export async function clusterAtThresholds(
  engine: Engine,
  options: ComponentTableOptions,
): Promise<Readonly<Record<string, number>>> {
  const names = Object.keys(options.thresholds);
  const weights = Object.values(options.thresholds).map(thresholdWeight);
  const order = await readNodes(engine, options);
  const pairs = await readPairs(engine, options.pairs, order);
  const found = componentsAtThresholds(pairs, order.count, weights);
  const columns = names.map((name, index) => [name, found[index] ?? new Int32Array(0)] as const);
  await writeColumns(engine, options.into, {
    rid: allRids(order.count),
    ...Object.fromEntries(columns.map(([name, labels]) => [name, labelsByRid(labels, order)])),
  });
  return Object.fromEntries(columns.map(([name, labels]) => [name, countClusters(labels)]));
}

/** Number of clusters: of places that are their own label. */
export function countClusters(labels: Int32Array): number {
  let count = 0;
  for (let place = 0; place < labels.length; place++) if (labels[place] === place) count++;
  return count;
}
