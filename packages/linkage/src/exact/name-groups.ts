import type { LinkageStep } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/**
 * Groups: the clusters that have a record with one name, first name and birth date. A group merges when no two of its
 * clusters clash on a trait (identifiers of one type, place of birth, exclusive place: both known, not the same);
 * otherwise somebody else has the same name and date, and nobody of the group is merged by it.
 */
export function nameGroupSteps(tables: ExactTables): readonly LinkageStep[] {
  return [...groupSteps(tables), traitStep(tables), ...mergeSteps(tables)];
}

function groupSteps({ work }: ExactTables): readonly LinkageStep[] {
  return [
    {
      name: 'names_of_clusters',
      reads: [work.names, work.nodes, work.clusters],
      writes: [work.named],
      sql: `CREATE OR REPLACE TABLE ${work.named} AS
        SELECT s.name, n.first_name, n.birth_date, c.cluster, min(s.id) AS rep
        FROM ${work.names} s JOIN ${work.nodes} n ON n.id = s.id JOIN ${work.clusters} c ON c.id = s.id
        WHERE n.first_name IS NOT NULL AND n.birth_date IS NOT NULL
        GROUP BY s.name, n.first_name, n.birth_date, c.cluster`,
    },
    {
      name: 'name_group_members',
      reads: [work.named],
      writes: [work.groups, work.group_members, work.named],
      sql: `CREATE OR REPLACE TABLE ${work.groups} AS
        SELECT (row_number() OVER ())::INTEGER AS grp, name, first_name, birth_date FROM ${work.named}
        GROUP BY name, first_name, birth_date HAVING count(*) > 1;
        CREATE OR REPLACE TABLE ${work.group_members} AS
        SELECT grp, cluster, rep FROM ${work.named} JOIN ${work.groups} USING (name, first_name, birth_date);
        DROP TABLE ${work.named}`,
    },
  ];
}

/** What the records of a cluster say together; a trait of which nothing is known has no row. */
function traitStep({ work }: ExactTables): LinkageStep {
  return {
    name: 'cluster_traits',
    reads: [work.group_members, work.clusters, work.identifiers, work.nodes, work.exclusives],
    writes: [work.traits],
    sql: `CREATE OR REPLACE TABLE ${work.traits} AS
      WITH concerned AS (SELECT DISTINCT cluster FROM ${work.group_members}),
      records AS (SELECT c.id, c.cluster FROM ${work.clusters} c JOIN concerned USING (cluster)),
      said AS (
        SELECT r.cluster, 'identifier:' || i.type AS trait, i.value
        FROM records r JOIN ${work.identifiers} i ON i.id = r.id
        UNION ALL
        SELECT r.cluster, 'place', n.place FROM records r JOIN ${work.nodes} n ON n.id = r.id
        WHERE n.place IS NOT NULL
        UNION ALL
        SELECT r.cluster, 'exclusive', e.place FROM records r JOIN ${work.exclusives} e ON e.id = r.id),
      -- Of nearly every trait one thing is known: lists are gathered of the others alone.
      spans AS (SELECT cluster, trait, min(value) AS first, max(value) AS last FROM said GROUP BY cluster, trait)
      SELECT cluster, trait, [first] AS known FROM spans WHERE first = last
      UNION ALL
      SELECT cluster, trait, list_sort(list(DISTINCT value)) FROM said
      SEMI JOIN (FROM spans WHERE first <> last) s USING (cluster, trait) GROUP BY cluster, trait`,
  };
}

function mergeSteps({ work }: ExactTables): readonly LinkageStep[] {
  return [
    {
      name: 'group_clashes',
      reads: [work.group_members, work.traits],
      writes: [work.clashes],
      sql: `CREATE OR REPLACE TABLE ${work.clashes} AS
        SELECT m.grp, t.trait FROM ${work.group_members} m JOIN ${work.traits} t ON t.cluster = m.cluster
        GROUP BY m.grp, t.trait HAVING count(DISTINCT t.known) > 1`,
    },
    {
      name: 'stars_of_groups',
      reads: [work.group_members, work.clashes],
      writes: [work.group_links],
      sql: `CREATE OR REPLACE TABLE ${work.group_links} AS
        WITH hubs AS (
          SELECT grp, min(cluster) AS hub FROM ${work.group_members}
          WHERE grp NOT IN (SELECT grp FROM ${work.clashes}) GROUP BY grp)
        SELECT m.grp, h.hub AS l, m.cluster AS r
        FROM ${work.group_members} m JOIN hubs h ON h.grp = m.grp WHERE m.cluster <> h.hub`,
    },
  ];
}

/**
 * Through several names a chain of merges can join clusters that clash. Such a component is cut as the one of
 * identifiers: only merges between clusters that know the same of the clashing traits, or both nothing, remain.
 */
export function nameContradictionSteps({ work }: ExactTables): readonly LinkageStep[] {
  return [
    {
      name: 'contradictory_merges',
      reads: [work.group_labels, work.traits],
      writes: [work.group_contradictions],
      sql: `CREATE OR REPLACE TABLE ${work.group_contradictions} AS
        SELECT a.root, t.trait FROM ${work.group_labels} a JOIN ${work.traits} t ON t.cluster = a.id
        GROUP BY a.root, t.trait HAVING count(DISTINCT t.known) > 1`,
    },
    {
      name: 'merges_that_remain',
      reads: [work.group_members, work.group_labels, work.clashes, work.group_contradictions, work.traits],
      writes: [work.name_links],
      sql: `CREATE OR REPLACE TABLE ${work.name_links} AS
        WITH held AS (
          SELECT a.id AS cluster, list({'trait': t.trait, 'known': t.known} ORDER BY t.trait) AS signature
          FROM ${work.group_labels} a JOIN ${work.group_contradictions} c ON c.root = a.root
          JOIN ${work.traits} t ON t.cluster = a.id AND t.trait = c.trait GROUP BY a.id),
        parts AS (
          SELECT m.grp, m.cluster, m.rep, coalesce(h.signature, []) AS signature
          FROM ${work.group_members} m LEFT JOIN held h ON h.cluster = m.cluster
          WHERE m.grp NOT IN (SELECT grp FROM ${work.clashes})),
        hubs AS (
          SELECT grp, signature, min(cluster) AS hub, arg_min(rep, cluster) AS hub_rep
          FROM parts GROUP BY grp, signature)
        SELECT h.hub AS l, p.cluster AS r, h.hub_rep AS rep_l, p.rep AS rep_r
        FROM parts p JOIN hubs h ON h.grp = p.grp AND h.signature = p.signature WHERE p.cluster <> h.hub`,
    },
  ];
}
