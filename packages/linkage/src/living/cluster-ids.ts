import { keepClusterIds } from '../clustering/identity/stable-ids.ts';
import { readCount } from '../runner.ts';
import { recordKey } from './index-format.ts';
import type { LinkIndex } from './open-index.ts';

/** Changes that a delta makes to clusters, by count; see `DeltaReport`. */
export interface ClusterChanges {
  readonly created: number;
  readonly merged: number;
  readonly split: number;
  readonly ended: number;
  readonly nextCluster: number;
}

/**
 * Names the clusters of the scratch table `nodes` (record, cluster, label) as `keepClusterIds` does, and journals what
 * became of whom: fills the scratch table `named` (record_id, cluster_id). A changed record counts as a member of its old
 * cluster.
 */
export async function nameClusters(
  index: LinkIndex,
  delta: number,
  nextCluster: number,
): Promise<ClusterChanges> {
  const { engine, tables } = index;
  const own = (name: string): string => tables.scratch(`ids_${name}`);
  const [before, now, retired] = [own('before'), own('now'), own('retired_before')];
  await stageMembership(index, { before, now, retired });
  const output = {
    membership: tables.scratch('named'),
    journal: own('journal'),
    retired: own('retired_after'),
  };
  const { created } = await keepClusterIds(engine, {
    previous: before,
    retired,
    current: now,
    newIds: { text: '', start: nextCluster },
    output,
    prefix: tables.scratch('ids_own_'),
  });
  await engine.run(`INSERT INTO ${tables.journal}
      SELECT ${delta}, event, kind, from_id, to_id, record_id FROM ${output.journal} ORDER BY event, record_id;
    DELETE FROM ${tables.retired} WHERE cluster_id IN (SELECT cluster_id FROM ${retired});
    INSERT INTO ${tables.retired} SELECT record_id, cluster_id, alias_of FROM ${output.retired} ORDER BY ALL`);
  const changes = await countChanges(index, output, nextCluster);
  const done = [before, now, retired, output.journal, output.retired];
  await engine.run(done.map((table) => `DROP TABLE ${table}`).join('; '));
  return { ...changes, nextCluster: nextCluster + created };
}

/**
 * Who was where, who is together now, and the retired ids that this may concern. A retired id is told by all records that
 * had it last: the clusters where the others are now are named along, and stay as they are.
 */
async function stageMembership(
  { engine, tables, manifest }: LinkIndex,
  { before, now, retired }: Readonly<Record<'before' | 'now' | 'retired', string>>,
): Promise<void> {
  const [nodes, gone] = [tables.scratch('nodes'), tables.scratch('gone')];
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${before} AS
      SELECT record AS record_id, cluster::VARCHAR AS cluster_id FROM ${nodes} WHERE cluster <> 0
      UNION ALL SELECT g.record, c.cluster::VARCHAR FROM ${gone} g JOIN ${tables.clusters} c ON c.rid = g.rid
        WHERE g.deleted;
    CREATE OR REPLACE TEMP TABLE ${now} AS SELECT record AS record_id, label::VARCHAR AS cluster FROM ${nodes};
    CREATE OR REPLACE TEMP TABLE ${retired} AS SELECT * FROM ${tables.retired} WHERE cluster_id IN (
      SELECT cluster_id FROM ${tables.retired} WHERE alias_of IN (SELECT cluster_id FROM ${before})
        OR record_id IN (SELECT record_id FROM ${before} UNION ALL SELECT record_id FROM ${now}))`);
  if ((await readCount(engine, `SELECT count(*) AS n FROM ${retired}`)) === 0) return;
  const elsewhere = tables.scratch('ids_elsewhere');
  const key = recordKey(manifest, 'r');
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${elsewhere} AS
      SELECT ${key} AS record_id, c.cluster::VARCHAR AS cluster_id
      FROM ${tables.clusters} c JOIN ${tables.records} r ON r.rid = c.rid WHERE c.cluster IN (
        SELECT c.cluster FROM ${tables.clusters} c JOIN ${tables.records} r ON r.rid = c.rid
        WHERE ${key} IN (SELECT record_id FROM ${retired}))
      AND c.component NOT IN (SELECT component FROM ${tables.scratch('touched')});
    INSERT INTO ${before} SELECT * FROM ${elsewhere};
    INSERT INTO ${now} SELECT record_id, 'as ' || cluster_id FROM ${elsewhere};
    DROP TABLE ${elsewhere}`);
}

async function countChanges(
  { engine }: LinkIndex,
  { membership, journal }: Readonly<Record<'membership' | 'journal', string>>,
  nextCluster: number,
): Promise<Omit<ClusterChanges, 'nextCluster'>> {
  const [row] = await engine.all(`WITH known AS (SELECT * FROM ${journal})
    SELECT count(DISTINCT to_id) FILTER (kind = 'created' AND to_id::INTEGER >= ${nextCluster}
        AND to_id NOT IN (SELECT to_id FROM known WHERE kind IN ('split', 'merged', 'moved'))) AS created,
      count(DISTINCT from_id) FILTER (kind = 'merged') AS merged,
      count(DISTINCT to_id) FILTER (kind = 'split') AS split,
      count(DISTINCT from_id) FILTER (kind = 'removed' AND from_id NOT IN (SELECT cluster_id FROM ${membership})
        AND from_id NOT IN (SELECT from_id FROM known WHERE kind IN ('split', 'merged', 'moved'))) AS ended
    FROM known`);
  const count = (name: string): number => Number(row?.[name] ?? 0);
  return {
    created: count('created'),
    merged: count('merged'),
    split: count('split'),
    ended: count('ended'),
  };
}
