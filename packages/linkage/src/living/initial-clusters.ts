import type { Engine } from '../engine/engine.ts';
import type { IndexTables } from './index-format.ts';
import { firstMembers, labelComponents, type Partitioner } from './partition.ts';

/** A record is its own component and cluster until an edge says otherwise; numbers are those of first records. */
export async function createClusters(
  engine: Engine,
  tables: IndexTables,
  recordCount: number,
  partitioner: Partitioner,
): Promise<void> {
  const [left, right, weight] = await engine.readColumns(
    `SELECT rid_l - 1, rid_r - 1, match_weight FROM ${tables.edges} ORDER BY rid_l, rid_r`,
  );
  const graph = {
    nodeCount: recordCount,
    left: Int32Array.from(left ?? []),
    right: Int32Array.from(right ?? []),
    weight: Float64Array.from(weight ?? []),
  };
  const components = labelComponents(graph);
  const labels = firstMembers(partitioner.partition(graph));
  const linked = new Set([...graph.left, ...graph.right]);
  const nodes = Int32Array.from([...linked].sort((a, b) => a - b));
  const scratch = tables.scratch('labels');
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE ${scratch} (rid INTEGER, component INTEGER, cluster INTEGER)`,
  );
  await engine.appendColumns(scratch, [
    nodes.map((node) => node + 1),
    nodes.map((node) => (components[node] ?? node) + 1),
    nodes.map((node) => (labels[node] ?? node) + 1),
  ]);
  await engine.run(`CREATE OR REPLACE TABLE ${tables.clusters} AS
      SELECT r.rid, coalesce(s.component, r.rid) AS component, coalesce(s.cluster, r.rid) AS cluster
      FROM ${tables.records} r LEFT JOIN ${scratch} s ON s.rid = r.rid ORDER BY r.rid;
    DROP TABLE ${scratch}`);
}
