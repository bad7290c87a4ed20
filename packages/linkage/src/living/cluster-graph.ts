import { mustLinkGroups } from '../clustering/constraints/must-links.ts';
import { readConstraints } from '../clustering/constraints/read-constraints.ts';
import { type NodeOrder, readPlaces } from '../clustering/graph/read-graph.ts';
import type { Engine } from '../engine/engine.ts';
import { quoteName, quoteText } from '../expression/sql-text.ts';
import { type IndexManifest, type IndexTables, recordKeySql, typeOfColumn } from './index-format.ts';
import type { Partitioner, PartitionGraph, RecordConstraints } from './partition.ts';

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
  source: ClusterSource,
  nodes: string,
  nodeCount: number,
): Promise<Pick<PartitionGraph, 'groups' | 'constraints'>> {
  const { engine, partitioner } = source;
  const wanted = partitioner.constraints;
  const order = ownOrder(nodeCount);
  const none = new Int32Array(0);
  const must =
    wanted === undefined
      ? { left: none, right: none }
      : await readPlaces(engine, `SELECT rid_l, rid_r FROM ${decidedSql(source, nodes, 'must_link')}`, order);
  const tables =
    wanted === undefined
      ? {}
      : {
          cannotLink: decidedSql(source, nodes, 'cannot_link'),
          ...heldSql(source, nodes, wanted),
        };
  return {
    groups: mustLinkGroups(must.left, must.right, nodeCount),
    constraints: await readConstraints(engine, tables, order),
  };
}

/** Records known by their place, as the readers of constraints want them: numbers from 1. */
function ownOrder(count: number): NodeOrder {
  return {
    count,
    ridOf: Int32Array.from({ length: count }, (_, place) => place + 1),
    placeOf: Int32Array.from({ length: count + 1 }, (_, rid) => rid - 1),
  };
}

function decidedSql({ tables, manifest }: ClusterSource, nodes: string, verdict: string): string {
  const numbered = `(SELECT ${recordKeySql(manifest, 'r')} AS record, n.place + 1 AS rid
    FROM ${nodes} n JOIN ${tables.records} r ON r.rid = n.rid)`;
  return `(SELECT l.rid AS rid_l, r.rid AS rid_r FROM ${tables.decisions} d
    JOIN ${numbered} l ON l.record = d.record_l JOIN ${numbered} r ON r.record = d.record_r
    WHERE d.verdict = ${quoteText(verdict)})`;
}

function heldSql(
  { tables, manifest }: ClusterSource,
  nodes: string,
  { traits = [], exclusive = [] }: RecordConstraints,
): { readonly traits?: string; readonly exclusive?: string } {
  const from = `FROM ${nodes} n JOIN ${tables.records} r ON r.rid = n.rid`;
  const held = traits.map((name) => {
    const list = typeOfColumn(manifest, name)?.endsWith('[]') === true;
    const value = `r.${quoteName(name)}`;
    return `SELECT n.place + 1 AS rid, ${quoteText(name)} AS trait, ${list ? `unnest(${value})` : value}::VARCHAR AS value ${from}`;
  });
  const source = `r.${quoteName(manifest.model.sourceColumn)}`;
  return {
    ...(held.length === 0 ? {} : { traits: `(${held.join(' UNION ALL ')})` }),
    ...(exclusive.length === 0
      ? {}
      : {
          exclusive: `(SELECT n.place + 1 AS rid, ${source} AS source ${from}
            WHERE ${source} IN (${exclusive.map(quoteText).join(', ')}))`,
        }),
  };
}
