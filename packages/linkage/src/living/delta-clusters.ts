import { readClusterGraph } from './cluster-graph.ts';
import { type ClusterChanges, nameClusters } from './cluster-ids.ts';
import { recordsDecidedSql } from './index-decisions.ts';
import { orderSql, recordKey } from './index-format.ts';
import type { LinkIndex } from './open-index.ts';
import { labelComponents } from './partition.ts';

export interface DeltaClusters extends ClusterChanges {
  /** Records whose component was cut anew. */
  readonly records: number;
  /** Clusters before that lost or gained a record, or might have. */
  readonly touched: number;
}

/**
 * Cuts anew the components that the delta touched, and no other: those that records left, and those that a new edge or a
 * decision reaches. Clusters keep their numbers as `keepClusterIds` says.
 */
export async function replaceClusters(
  index: LinkIndex,
  delta: number,
  nextCluster: number,
): Promise<DeltaClusters> {
  const { engine, tables, partitioner } = index;
  const [gone, touched, nodes] = [tables.scratch('gone'), tables.scratch('touched'), tables.scratch('nodes')];
  await touchComponents(index);
  const graph = await readClusterGraph(index, nodes);
  const labels = partitioner.partition(graph);
  // A component is named by one of its records: numbers of records are never given twice.
  const components = labelComponents(graph, partitioner.joinFrom).map((first) => graph.rids[first] ?? 0);
  await labelNodes(index, [graph.rids, components, labels]);
  const [counts] =
    await engine.all(`SELECT (SELECT count(*) FROM ${nodes}) AS records, count(DISTINCT cluster) AS touched
    FROM (SELECT cluster FROM ${nodes} WHERE cluster <> 0
      UNION ALL SELECT cluster FROM ${tables.clusters} WHERE rid IN (SELECT rid FROM ${gone}))`);
  const changes = await nameClusters(index, delta, nextCluster);
  await writeClusters(index);
  await engine.run(`DROP TABLE ${touched}; DROP TABLE ${nodes}; DROP TABLE ${tables.scratch('named')}`);
  return { ...changes, records: Number(counts?.records), touched: Number(counts?.touched) };
}

/**
 * `touched`: components; `nodes`: their records and the new ones, with their key, their old cluster (0: none), and their
 * place in the order of records.
 */
async function touchComponents({ engine, tables, manifest, partitioner }: LinkIndex): Promise<void> {
  const [gone, rows, edges] = [tables.scratch('gone'), tables.scratch('rows'), tables.scratch('edges')];
  const [touched, nodes] = [tables.scratch('touched'), tables.scratch('nodes')];
  const { joinFrom } = partitioner;
  const joining = joinFrom === undefined ? edges : `${edges} WHERE match_weight >= ${joinFrom}`;
  const reached = [
    `SELECT rid FROM ${gone}`,
    `SELECT rid_l FROM (SELECT * FROM ${joining})`,
    `SELECT rid_r FROM (SELECT * FROM ${joining})`,
  ];
  const key = recordKey(manifest, 'r');
  const [decided] = await engine.all(`SELECT (SELECT count(*) FROM ${tables.decisions})
    + (SELECT count(*) FROM ${tables.scratch('decided')}) AS n`);
  if (Number(decided?.n) > 0) {
    const changed = `SELECT ${key} FROM ${rows} r`;
    reached.push(
      `SELECT r.rid FROM ${tables.records} r WHERE ${key} IN (${recordsDecidedSql({ tables }, changed)})`,
    );
  }
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${touched} AS
      SELECT DISTINCT component FROM ${tables.clusters} WHERE rid IN (${reached.join(' UNION ')});
    CREATE OR REPLACE TEMP TABLE ${nodes} AS
      SELECT m.rid, m.cluster, ${key} AS record,
        (row_number() OVER (ORDER BY ${orderSql(manifest, 'r')}) - 1)::INTEGER AS place
      FROM (
        SELECT c.rid, c.cluster FROM ${tables.clusters} c
        WHERE c.component IN (SELECT component FROM ${touched}) AND c.rid NOT IN (SELECT rid FROM ${gone})
        UNION ALL
        SELECT n.rid, coalesce(c.cluster, 0) FROM ${rows} n LEFT JOIN ${tables.clusters} c ON c.rid = n.old_rid
      ) m JOIN ${tables.records} r ON r.rid = m.rid`);
}

/** Adds `component` and `label` to the nodes. */
async function labelNodes(
  { engine, tables }: LinkIndex,
  columns: readonly [Int32Array, Int32Array, Int32Array],
): Promise<void> {
  const [nodes, labels] = [tables.scratch('nodes'), tables.scratch('labels')];
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${labels} (rid INTEGER, component INTEGER, label INTEGER)`);
  await engine.appendColumns(labels, columns);
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${nodes} AS
      SELECT n.*, s.component, s.label FROM ${nodes} n JOIN ${labels} s ON s.rid = n.rid;
    DROP TABLE ${labels}`);
}

async function writeClusters({ engine, tables }: LinkIndex): Promise<void> {
  const named = `(SELECT n.rid, n.component, m.cluster_id::INTEGER AS cluster
    FROM ${tables.scratch('nodes')} n JOIN ${tables.scratch('named')} m ON m.record_id = n.record)`;
  await engine.run(`DELETE FROM ${tables.clusters} WHERE rid IN (SELECT rid FROM ${tables.scratch('gone')});
    UPDATE ${tables.clusters} c SET component = s.component, cluster = s.cluster FROM ${named} s
      WHERE s.rid = c.rid AND (s.component <> c.component OR s.cluster <> c.cluster);
    INSERT INTO ${tables.clusters} SELECT s.rid, s.component, s.cluster FROM ${named} s
      WHERE s.rid IN (SELECT rid FROM ${tables.scratch('rows')}) ORDER BY s.rid`);
}
