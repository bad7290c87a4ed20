import { quoteText } from '../expression/sql-text.ts';
import type { LinkageStep } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/** Empty output tables, created where they do not exist: ids are of the type that they have in the records. */
export function outputTableStep(tables: ExactTables): LinkageStep {
  const none = `FROM ${tables.records} LIMIT 0`;
  return {
    name: 'empty_outputs',
    reads: [tables.records],
    writes: [tables.memberships, tables.links, tables.litiges],
    sql: `CREATE TABLE IF NOT EXISTS ${tables.memberships} AS SELECT record_id, record_id AS person_id ${none};
      CREATE TABLE IF NOT EXISTS ${tables.links} AS
      SELECT record_id AS record_id_l, record_id AS record_id_r, ''::VARCHAR AS rule, ''::VARCHAR AS identifier_type ${none};
      CREATE TABLE IF NOT EXISTS ${tables.litiges} AS
      SELECT ''::VARCHAR AS reason, record_id AS person_id_l, record_id AS person_id_r, [record_id] AS record_ids ${none};
      DELETE FROM ${tables.memberships}; DELETE FROM ${tables.links}; DELETE FROM ${tables.litiges}`,
  };
}

/** Persons and the links that made them, in the order of the record ids. */
export function outputSteps(tables: ExactTables): readonly LinkageStep[] {
  const { work } = tables;
  const told = (rule: string) =>
    `list_contains([${tables.toldRules.map(quoteText).join(', ')}]::VARCHAR[], ${rule})`;
  return [
    {
      name: 'persons',
      reads: [work.clusters, work.name_labels],
      writes: [work.persons],
      sql: `CREATE OR REPLACE TABLE ${work.persons} AS
        SELECT c.id, c.cluster, coalesce(a.root, c.cluster) AS person
        FROM ${work.clusters} c LEFT JOIN ${work.name_labels} a ON a.id = c.cluster`,
    },
    {
      name: 'write_memberships',
      reads: [work.persons, work.nodes],
      writes: [tables.memberships],
      sql: `INSERT INTO ${tables.memberships} (record_id, person_id)
        SELECT n.record_id, p.record_id
        FROM ${work.persons} s JOIN ${work.nodes} n ON n.id = s.id JOIN ${work.nodes} p ON p.id = s.person
        ORDER BY s.id`,
    },
    {
      name: 'write_links',
      reads: [work.links, work.blocks, work.tokens, work.name_links, work.nodes],
      writes: [tables.links],
      sql: `INSERT INTO ${tables.links} (record_id_l, record_id_r, rule, identifier_type)
        WITH made AS (
          SELECT DISTINCT least(k.l, k.r) AS l, greatest(k.l, k.r) AS r, b.rule, t.type AS identifier_type
          FROM ${work.links} k JOIN ${work.blocks} b ON b.block = k.block JOIN ${work.tokens} t ON t.token = b.token
          WHERE ${told('b.rule')}
          UNION ALL
          SELECT DISTINCT least(rep_l, rep_r), greatest(rep_l, rep_r), 'same_name_birth_date', NULL
          FROM ${work.name_links} WHERE ${told("'same_name_birth_date'")})
        SELECT a.record_id, b.record_id, made.rule, made.identifier_type
        FROM made JOIN ${work.nodes} a ON a.id = made.l JOIN ${work.nodes} b ON b.id = made.r
        ORDER BY made.l, made.r, made.rule, made.identifier_type`,
    },
  ];
}

/** Pairs of persons who share an identifier, or a name, first name and birth date: enough to connect all who do. */
export function personTiesStep({ work }: ExactTables): LinkageStep {
  return {
    name: 'persons_with_a_key_in_common',
    reads: [work.torn, work.holders, work.group_members, work.persons],
    writes: [work.person_ties],
    sql: `CREATE OR REPLACE TABLE ${work.person_ties} AS
      SELECT t.first AS l, p.person AS r
      FROM ${work.torn} t JOIN ${work.holders} h ON h.token = t.token JOIN ${work.persons} p ON p.id = h.id
      UNION
      SELECT min(p.person) OVER (PARTITION BY m.grp), p.person
      FROM ${work.group_members} m JOIN ${work.persons} p ON p.id = m.rep`,
  };
}

/** The components of those ties, into `components`. */
export function writeComponentsStep({ work }: ExactTables, components: string): LinkageStep {
  return {
    name: 'write_components',
    reads: [work.person_components, work.nodes],
    writes: [components],
    sql: `CREATE OR REPLACE TABLE ${components} AS
      SELECT p.record_id AS person_id, c.record_id AS component
      FROM ${work.person_components} a JOIN ${work.nodes} p ON p.id = a.id JOIN ${work.nodes} c ON c.id = a.root`,
  };
}

/** Drops every temporary table. */
export function dropWorkStep({ work }: ExactTables): LinkageStep {
  const names = Object.values(work);
  return {
    name: 'drop_work_tables',
    reads: [],
    writes: names,
    sql: names.map((name) => `DROP TABLE IF EXISTS ${name}`).join(';\n'),
  };
}
