import { noConstraints } from '../clustering/constraints/constraints.ts';
import { mustLinkGroups } from '../clustering/constraints/must-links.ts';
import { readConstraints } from '../clustering/constraints/read-constraints.ts';
import { heldConstraints } from '../clustering/constraints/record-constraints.ts';
import { decidedPairs } from '../clustering/decisions/decision-relation.ts';
import { type NodeOrder, readPlaces } from '../clustering/graph/read-graph.ts';
import type { Engine } from '../engine/engine.ts';
import { readCount } from '../runner.ts';
import { type IndexManifest, type IndexTables, recordKey } from './index-format.ts';
import type { Partitioner, PartitionGraph } from './partition.ts';

/** What is read of an index that need not be finished. */
export interface ClusterSource {
  readonly engine: Engine;
  readonly tables: IndexTables;
  readonly manifest: IndexManifest;
  readonly partitioner: Partitioner;
}

/**
 * The graph of some records of an index: `nodes` is what follows FROM, with `rid` and `place` (INTEGER, from 0, dense).
 * Edges and decisions to other records are left out.
 */
export async function readClusterGraph(source: ClusterSource, nodes: string): Promise<PartitionGraph> {
  const { engine, tables } = source;
  const [rids = new Int32Array(0)] = await engine.readColumns(`SELECT rid FROM ${nodes} ORDER BY place`);
  const [left, right, weight] = await engine.readColumns(
    `SELECT least(l.place, r.place), greatest(l.place, r.place), e.match_weight FROM ${tables.edges} e
     JOIN ${nodes} l ON l.rid = e.rid_l JOIN ${nodes} r ON r.rid = e.rid_r
     ORDER BY 1, 2`,
  );
  const nodeCount = rids.length;
  return {
    nodeCount,
    // Columns without rows have no type of their own.
    rids: Int32Array.from(rids),
    left: Int32Array.from(left ?? []),
    right: Int32Array.from(right ?? []),
    weight: Float64Array.from(weight ?? []),
    ...(await readApartAndTogether(source, nodes, nodeCount)),
  };
}

async function readApartAndTogether(
  { engine, tables, manifest, partitioner }: ClusterSource,
  nodes: string,
  nodeCount: number,
): Promise<Pick<PartitionGraph, 'groups' | 'constraints'>> {
  const wanted = partitioner.constraints;
  if (wanted === undefined) {
    return { groups: mustLinkGroups(NONE, NONE, nodeCount), constraints: noConstraints(nodeCount) };
  }
  const order = ownOrder(nodeCount);
  // Records known by their place, as the readers of constraints want them: numbers from 1.
  const records = `(SELECT r.* REPLACE (n.place + 1 AS rid), ${recordKey(manifest, 'r')} AS record
    FROM ${nodes} n JOIN ${tables.records} r ON r.rid = n.rid)`;
  const held = await heldConstraints(engine, records, manifest.model.sourceColumn, wanted);
  if ((await readCount(engine, `SELECT count(*) AS n FROM ${tables.decisions}`)) === 0) {
    return {
      groups: mustLinkGroups(NONE, NONE, nodeCount),
      constraints: await readConstraints(engine, held, order),
    };
  }
  const cannotLink = decidedPairs(tables.decisions, records, 'cannot_link');
  const mustLink = decidedPairs(tables.decisions, records, 'must_link');
  const must = await readPlaces(engine, `SELECT rid_l, rid_r FROM ${mustLink}`, order);
  return {
    groups: mustLinkGroups(must.left, must.right, nodeCount),
    constraints: await readConstraints(engine, { ...held, cannotLink }, order),
  };
}

const NONE = new Int32Array(0);

function ownOrder(count: number): NodeOrder {
  return {
    count,
    ridOf: Int32Array.from({ length: count }, (_, place) => place + 1),
    placeOf: Int32Array.from({ length: count + 1 }, (_, rid) => rid - 1),
  };
}
