import type { LinkageStep } from '../../runner.ts';

/** Tables of a run of stable ids, by what they hold. */
export interface StableIdTables {
  readonly previous: string;
  readonly current: string;
  readonly retired: string;
  readonly firsts: string;
  readonly kept: string;
  readonly restored: string;
  readonly fresh: string;
  readonly names: string;
  readonly membership: string;
  readonly journal: string;
  readonly nextRetired: string;
}

/**
 * Of the pairs (cluster, old id) with the number of records they share: each cluster claims the old id with which it
 * shares most (ties: smallest id), each old id goes to the claimant that shares most (ties: smallest first record).
 */
function grantSql(shares: string, firsts: string): string {
  return `SELECT cluster, id FROM (SELECT cluster, id, shared FROM (${shares})
      QUALIFY row_number() OVER (PARTITION BY cluster ORDER BY shared DESC, id) = 1)
    JOIN ${firsts} USING (cluster)
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY shared DESC, first_record) = 1`;
}

/** Ids that clusters keep or get back. */
export function keepIdSteps(tables: StableIdTables): readonly LinkageStep[] {
  const { previous, current, retired, firsts, kept, restored, fresh } = tables;
  return [
    {
      name: 'clusters_first_records',
      reads: [current],
      writes: [firsts],
      sql: `CREATE OR REPLACE TABLE ${firsts} AS
        SELECT cluster, min(record_id) AS first_record FROM ${current} GROUP BY cluster`,
    },
    {
      name: 'ids_kept',
      reads: [previous, current, firsts],
      writes: [kept],
      sql: `CREATE OR REPLACE TABLE ${kept} AS ${grantSql(
        `SELECT c.cluster, p.cluster_id AS id, count(*) AS shared
         FROM ${previous} p JOIN ${current} c USING (record_id) GROUP BY ALL`,
        firsts,
      )}`,
    },
    {
      name: 'ids_restored',
      reads: [retired, current, firsts, kept],
      writes: [restored],
      sql: `CREATE OR REPLACE TABLE ${restored} AS ${grantSql(
        `SELECT c.cluster, r.cluster_id AS id, count(*) AS shared
         FROM ${retired} r JOIN ${current} c USING (record_id)
         WHERE c.cluster NOT IN (SELECT cluster FROM ${kept}) GROUP BY ALL`,
        firsts,
      )}`,
    },
    {
      name: 'clusters_without_id',
      reads: [firsts, kept, restored],
      writes: [fresh],
      sql: `CREATE OR REPLACE TABLE ${fresh} AS
        SELECT (row_number() OVER (ORDER BY first_record) - 1)::INTEGER AS place, cluster, first_record FROM ${firsts}
        WHERE cluster NOT IN (SELECT cluster FROM ${kept} UNION ALL SELECT cluster FROM ${restored})
        ORDER BY place`,
    },
  ];
}

/** Once `names` (place, id) names the clusters without id: who is where now, and what moved. */
export function membershipSteps(tables: StableIdTables): readonly LinkageStep[] {
  const { previous, current, kept, restored, fresh, names, membership, journal } = tables;
  return [
    {
      name: 'membership',
      reads: [current, kept, restored, fresh, names],
      writes: [membership],
      sql: `CREATE OR REPLACE TABLE ${membership} AS
        SELECT record_id, id AS cluster_id FROM ${current} JOIN (
          SELECT cluster, id FROM ${kept} UNION ALL SELECT cluster, id FROM ${restored}
          UNION ALL SELECT cluster, id FROM ${fresh} JOIN ${names} USING (place)) USING (cluster)
        ORDER BY record_id`,
    },
    {
      name: 'journal',
      reads: [previous, membership],
      writes: [journal],
      sql: journalSql(tables),
    },
  ];
}

function journalSql({ previous, membership, journal }: StableIdTables): string {
  return `CREATE OR REPLACE TABLE ${journal} AS
    WITH changed AS (
      SELECT record_id, p.cluster_id AS from_id, m.cluster_id AS to_id
      FROM ${previous} p FULL JOIN ${membership} m USING (record_id)
      WHERE p.cluster_id IS DISTINCT FROM m.cluster_id),
    before AS (SELECT DISTINCT cluster_id AS id FROM ${previous}),
    after AS (SELECT DISTINCT cluster_id AS id FROM ${membership}),
    gone AS (
      SELECT from_id AS id FROM changed WHERE from_id NOT IN (SELECT id FROM after)
      GROUP BY from_id HAVING count(DISTINCT to_id) = 1)
    SELECT dense_rank() OVER (ORDER BY from_id NULLS FIRST, to_id NULLS LAST)::INTEGER AS event,
      CASE WHEN from_id IS NULL THEN 'created' WHEN to_id IS NULL THEN 'removed'
        WHEN from_id IN (SELECT id FROM gone) THEN 'merged'
        WHEN to_id NOT IN (SELECT id FROM before) THEN 'split' ELSE 'moved' END AS kind,
      from_id, to_id, record_id
    FROM changed ORDER BY event, record_id`;
}

/** Ids that no cluster has any more, with the records that had them last, and where an alias leads. */
export function retiredSteps(tables: StableIdTables): readonly LinkageStep[] {
  const { previous, retired, membership, nextRetired } = tables;
  return [
    {
      name: 'ids_retired',
      reads: [previous, retired, membership],
      writes: [nextRetired],
      sql: `CREATE OR REPLACE TABLE ${nextRetired} AS
        WITH after AS (SELECT DISTINCT cluster_id AS id FROM ${membership}),
        former AS (
          SELECT record_id, cluster_id, NULL::VARCHAR AS known FROM ${previous}
          UNION ALL SELECT record_id, cluster_id, alias_of FROM ${retired}),
        dropped AS (SELECT * FROM former WHERE cluster_id NOT IN (SELECT id FROM after)),
        shares AS (
          SELECT d.cluster_id, m.cluster_id AS alias_of, count(*) AS shared
          FROM dropped d JOIN ${membership} m USING (record_id) GROUP BY ALL),
        now AS (
          SELECT cluster_id, alias_of FROM shares
          QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY shared DESC, alias_of) = 1)
        SELECT d.record_id, d.cluster_id,
          coalesce(own.alias_of, active.id, further.alias_of) AS alias_of
        FROM dropped d LEFT JOIN now own USING (cluster_id)
          LEFT JOIN after active ON active.id = d.known
          LEFT JOIN now further ON further.cluster_id = d.known
        ORDER BY d.cluster_id, d.record_id`,
    },
  ];
}
