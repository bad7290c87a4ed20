import type { LinkageStep } from '../../runner.ts';

/** Tables of a run of stable ids, by what they hold. */
export interface StableIdTables {
  readonly previous: string;
  readonly current: string;
  readonly retired: string;
  readonly firsts: string;
  /** Records that clusters share with old ids, then with retired ones. */
  readonly shares: string;
  readonly kept: string;
  readonly restored: string;
  readonly fresh: string;
  readonly names: string;
  readonly membership: string;
  readonly journal: string;
  readonly nextRetired: string;
}

/**
 * Of the pairs (cluster, old id) that are left: those where each shares most with the other, by number of records, then
 * smallest id, then smallest first record. Repeated until nothing is left, it takes the pairs in that order, whatever
 * shares most first, so that a cluster whose best id goes to another still gets its next one.
 */
function grantStep(name: string, { shares, firsts }: StableIdTables, granted: string): LinkageStep {
  return {
    name,
    reads: [shares, firsts, granted],
    writes: [granted],
    sql: `INSERT INTO ${granted}
      SELECT cluster, id FROM (
        SELECT cluster, id, row_number() OVER (PARTITION BY cluster ORDER BY shared DESC, id) AS of_cluster,
          row_number() OVER (PARTITION BY id ORDER BY shared DESC, first_record) AS of_id
        FROM ${shares} JOIN ${firsts} USING (cluster)
        WHERE cluster NOT IN (SELECT cluster FROM ${granted}) AND id NOT IN (SELECT id FROM ${granted}))
      WHERE of_cluster = 1 AND of_id = 1`,
  };
}

function shareStep(
  name: string,
  { current, shares }: StableIdTables,
  { granted, from, where }: { readonly granted: string; readonly from: string; readonly where: string },
  reads: readonly string[],
): LinkageStep {
  return {
    name,
    reads: [current, from, ...reads],
    writes: [shares, granted],
    sql: `CREATE OR REPLACE TABLE ${shares} AS
        SELECT c.cluster, p.cluster_id AS id, count(*) AS shared
        FROM ${from} p JOIN ${current} c USING (record_id) ${where} GROUP BY ALL;
      CREATE OR REPLACE TABLE ${granted} AS SELECT cluster, id FROM ${shares} LIMIT 0`,
  };
}

/** Steps that grant ids: one that prepares, one that is repeated until it grants nothing more. */
export interface GrantSteps {
  readonly prepare: readonly LinkageStep[];
  readonly repeat: LinkageStep;
  readonly granted: string;
}

/** Ids that clusters keep. */
export function keepIdSteps(tables: StableIdTables): GrantSteps {
  const { previous, current, firsts, kept } = tables;
  const first: LinkageStep = {
    name: 'clusters_first_records',
    reads: [current],
    writes: [firsts],
    sql: `CREATE OR REPLACE TABLE ${firsts} AS
      SELECT cluster, min(record_id) AS first_record FROM ${current} GROUP BY cluster`,
  };
  const share = shareStep('ids_shared', tables, { granted: kept, from: previous, where: '' }, []);
  return { prepare: [first, share], repeat: grantStep('ids_kept', tables, kept), granted: kept };
}

/** Retired ids that clusters without one get back. */
export function restoreIdSteps(tables: StableIdTables): GrantSteps {
  const { retired, kept, restored } = tables;
  const where = `WHERE c.cluster NOT IN (SELECT cluster FROM ${kept})`;
  const from = { granted: restored, from: retired, where };
  const share = shareStep('retired_ids_shared', tables, from, [kept]);
  return { prepare: [share], repeat: grantStep('ids_restored', tables, restored), granted: restored };
}

/** Clusters that have no id yet. */
export function freshSteps({ firsts, kept, restored, fresh }: StableIdTables): readonly LinkageStep[] {
  return [
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

/** Ids that clusters had and none has now, with the records that had them last, and where an alias leads. */
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
