import { type ClusterSource, readClusterGraph } from './cluster-graph.ts';
import { labelComponents } from './partition.ts';

/** A record is its own component and cluster until an edge says otherwise; numbers are those of first records. */
export async function createClusters(source: ClusterSource): Promise<void> {
  const { engine, tables, partitioner } = source;
  const graph = await readClusterGraph(source, `(SELECT rid, rid - 1 AS place FROM ${tables.records})`);
  const { rids } = graph;
  const components = labelComponents(graph, partitioner.joinFrom);
  const clusters = firstMembers(partitioner.partition(graph));
  const ridOf = (place: number): number => rids[place] ?? 0;
  await engine.run(
    `CREATE OR REPLACE TABLE ${tables.clusters} (rid INTEGER, component INTEGER, cluster INTEGER)`,
  );
  await engine.appendColumns(tables.clusters, [rids, components.map(ridOf), clusters.map(ridOf)]);
}

/** Labels as the place of the first node of each. */
function firstMembers(labels: Int32Array): Int32Array {
  const first = new Map<number, number>();
  return labels.map((label, node) => {
    const known = first.get(label);
    if (known !== undefined) return known;
    first.set(label, node);
    return node;
  });
}
