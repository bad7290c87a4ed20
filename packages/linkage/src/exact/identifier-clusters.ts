import type { LinkageStep } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/**
 * A chain of links can join two records that contradict each other (A–B by one identifier, B–C by another). A component
 * in which recent records hold two values of one type is cut: only links between records with the same value of
 * that type, or both without, remain.
 */
export function contradictionSteps({ work }: ExactTables): readonly LinkageStep[] {
  return [
    {
      name: 'contradictory_components',
      reads: [work.labels, work.identifiers],
      writes: [work.contradictions],
      sql: `CREATE OR REPLACE TABLE ${work.contradictions} AS
        SELECT a.root, i.type
        FROM ${work.labels} a JOIN ${work.identifiers} i ON i.id = a.id
        WHERE i.recent GROUP BY a.root, i.type HAVING min(i.value) <> max(i.value)`,
    },
    {
      // All pairs of a block with one signature are allowed here: a veto between two of them would be on a
      // contradictory type, hence in the signature. So a star is exact again.
      name: 'stars_after_the_cut',
      reads: [work.contradictions, work.labels, work.identifiers, work.members],
      writes: [work.cut_links],
      sql: `CREATE OR REPLACE TABLE ${work.cut_links} AS
        WITH roots AS (SELECT DISTINCT root FROM ${work.contradictions}),
        held AS (
          SELECT a.id, list({'type': i.type, 'value': i.value} ORDER BY i.type) AS signature
          FROM ${work.labels} a JOIN ${work.contradictions} c ON c.root = a.root
          JOIN ${work.identifiers} i ON i.id = a.id AND i.type = c.type GROUP BY a.id),
        parts AS (
          SELECT m.block, m.side, m.id, a.root, coalesce(h.signature, []) AS signature
          FROM ${work.members} m JOIN ${work.labels} a ON a.id = m.id JOIN roots ON roots.root = a.root
          LEFT JOIN held h ON h.id = m.id),
        hubs AS (
          SELECT block, root, signature, min(id) FILTER (WHERE side = 0) AS hub
          FROM parts GROUP BY block, root, signature)
        SELECT p.block, h.hub AS l, p.id AS r
        FROM parts p JOIN hubs h ON h.block = p.block AND h.root = p.root AND h.signature = p.signature
        WHERE h.hub <> p.id`,
    },
  ];
}

/** The cluster of each record: its component, or what the cut left of it. */
export function clusterSteps({ work }: ExactTables): readonly LinkageStep[] {
  return [
    {
      name: 'identifier_clusters',
      reads: [work.nodes, work.labels, work.cut_labels, work.contradictions],
      writes: [work.clusters],
      sql: `CREATE OR REPLACE TABLE ${work.clusters} AS
        WITH roots AS (SELECT DISTINCT root FROM ${work.contradictions})
        SELECT n.id, CASE WHEN roots.root IS NULL THEN coalesce(a.root, n.id) ELSE coalesce(c.root, n.id) END AS cluster
        FROM ${work.nodes} n LEFT JOIN ${work.labels} a ON a.id = n.id
        LEFT JOIN roots ON roots.root = a.root LEFT JOIN ${work.cut_labels} c ON c.id = n.id`,
    },
    {
      name: 'links_that_remain',
      reads: [work.labels, work.contradictions, work.cut_links],
      writes: [work.links],
      sql: `DELETE FROM ${work.links} WHERE l IN (
          SELECT id FROM ${work.labels} WHERE root IN (SELECT root FROM ${work.contradictions}));
        INSERT INTO ${work.links} SELECT block, l, r FROM ${work.cut_links}`,
    },
  ];
}
