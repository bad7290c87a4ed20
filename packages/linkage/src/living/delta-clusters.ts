import { quoteText } from '../expression/sql-text.ts';
import { orderSql } from './index-format.ts';
import type { LinkIndex } from './open-index.ts';
import { firstMembers, labelComponents, type PartitionGraph } from './partition.ts';
import { type JournalEntry, type StableIds, stableIds } from './stable-ids.ts';

export interface DeltaClusters {
  /** Records whose component was cut anew. */
  readonly records: number;
  /** Clusters before that lost or gained a record, or might have. */
  readonly touched: number;
  readonly journal: readonly JournalEntry[];
  readonly nextCluster: number;
}

/**
 * Cuts anew the components that the delta touched, and no other: those that records left, and those that a new edge
 * reaches. Clusters keep their numbers as `stableIds` says; a changed record counts as a member of its old cluster.
 */
export async function replaceClusters(index: LinkIndex, nextCluster: number): Promise<DeltaClusters> {
  const { engine, tables } = index;
  const [gone, touched, nodes] = [tables.scratch('gone'), tables.scratch('touched'), tables.scratch('nodes')];
  await engine.run(touchedSql(index));
  const [rids = new Int32Array(), before = new Int32Array()] = (await engine.readColumns(
    `SELECT rid, cluster FROM ${nodes} ORDER BY place`,
  )) as readonly Int32Array[];
  const graph = await readGraph(index, rids.length);
  const components = labelComponents(graph);
  const vanished = (
    await engine.all(
      `SELECT DISTINCT cluster FROM ${tables.clusters} WHERE rid IN (SELECT rid FROM ${gone}) ORDER BY cluster`,
    )
  ).map(({ cluster }) => Number(cluster));
  const ids = stableIds(firstMembers(index.partitioner.partition(graph)), before, vanished, nextCluster);
  await writeLabels(index, rids, components, ids);
  await engine.run(`DROP TABLE ${touched}; DROP TABLE ${nodes}`);
  const clustersBefore = new Set([...before, ...vanished].filter((cluster) => cluster !== 0));
  return {
    records: rids.length,
    touched: clustersBefore.size,
    journal: ids.journal,
    nextCluster: ids.nextCluster,
  };
}

/** `touched`: components; `nodes`: their records and the new ones, with their old cluster (0: none), numbered in order. */
function touchedSql({ tables, manifest }: LinkIndex): string {
  const [gone, rows, edges] = [tables.scratch('gone'), tables.scratch('rows'), tables.scratch('edges')];
  const [touched, nodes] = [tables.scratch('touched'), tables.scratch('nodes')];
  return `CREATE OR REPLACE TEMP TABLE ${touched} AS SELECT DISTINCT component FROM ${tables.clusters} WHERE rid IN (
      SELECT rid FROM ${gone} UNION SELECT rid_l FROM ${edges} UNION SELECT rid_r FROM ${edges});
    CREATE OR REPLACE TEMP TABLE ${nodes} AS
      SELECT m.rid, m.cluster, (row_number() OVER (ORDER BY ${orderSql(manifest, 'r')}) - 1)::INTEGER AS place
      FROM (
        SELECT c.rid, c.cluster FROM ${tables.clusters} c
        WHERE c.component IN (SELECT component FROM ${touched}) AND c.rid NOT IN (SELECT rid FROM ${gone})
        UNION ALL
        SELECT n.rid, coalesce(c.cluster, 0) FROM ${rows} n LEFT JOIN ${tables.clusters} c ON c.rid = n.old_rid
      ) m JOIN ${tables.records} r ON r.rid = m.rid`;
}

async function readGraph({ engine, tables }: LinkIndex, nodeCount: number): Promise<PartitionGraph> {
  const nodes = tables.scratch('nodes');
  const [left, right, weight] = await engine.readColumns(
    `SELECT least(l.place, r.place), greatest(l.place, r.place), e.match_weight FROM ${tables.edges} e
     JOIN ${nodes} l ON l.rid = e.rid_l JOIN ${nodes} r ON r.rid = e.rid_r
     ORDER BY 1, 2`,
  );
  return {
    nodeCount,
    left: Int32Array.from(left ?? []),
    right: Int32Array.from(right ?? []),
    weight: Float64Array.from(weight ?? []),
  };
}

async function writeLabels(
  { engine, tables }: LinkIndex,
  rids: Int32Array,
  components: Int32Array,
  ids: StableIds,
): Promise<void> {
  const [gone, labels] = [tables.scratch('gone'), tables.scratch('labels')];
  // A component is named by one of its records: numbers of records are never given twice.
  const named = components.map((first) => rids[first] ?? 0);
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE ${labels} (rid INTEGER, component INTEGER, cluster INTEGER)`,
  );
  await engine.appendColumns(labels, [rids, named, ids.clusters]);
  await engine.run(`DELETE FROM ${tables.clusters} WHERE rid IN (SELECT rid FROM ${gone});
    UPDATE ${tables.clusters} c SET component = s.component, cluster = s.cluster FROM ${labels} s
      WHERE s.rid = c.rid AND (s.component <> c.component OR s.cluster <> c.cluster);
    INSERT INTO ${tables.clusters} SELECT s.rid, s.component, s.cluster FROM ${labels} s
      WHERE s.rid IN (SELECT rid FROM ${tables.scratch('rows')}) ORDER BY s.rid;
    DROP TABLE ${labels}`);
}

/** Adds a delta's entries to the journal. */
export async function writeJournal(
  { engine, tables }: LinkIndex,
  delta: number,
  journal: readonly JournalEntry[],
): Promise<void> {
  // In parts: one statement holds only so much text.
  for (let from = 0; from < journal.length; from += 1_000) {
    const rows = journal
      .slice(from, from + 1_000)
      .map((one) => `(${delta}, ${quoteText(one.event)}, ${one.cluster}, ${one.other}, ${one.records})`);
    await engine.run(`INSERT INTO ${tables.journal} VALUES ${rows.join(', ')}`);
  }
}
