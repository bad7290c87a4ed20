import type { ExactLinkageOutput } from '@raccroche/linkage';
import type { Step } from '../../platform/duckdb/step.ts';

/** What the first stage leaves, records being tellings, by their numbers. */
export const TELLING_RESULTS = {
  memberships: 'linkage.telling_members',
  links: 'linkage.telling_links',
  litiges: 'linkage.telling_litiges',
  components: 'linkage.telling_components',
} as const satisfies ExactLinkageOutput;

/** What the exact stage says of who hangs together. */
export const COMPONENTS = 'linkage.person_components';

/** The same of records: the person of each is that of its telling; what a telling is told of is told of the first of its records. */
export function recordResultSteps(): readonly Step[] {
  return [membershipsStep(), linksStep(), litigesStep(), componentsStep()];
}

function membershipsStep(): Step {
  return {
    name: 'linkage_memberships',
    reads: ['linkage.record_tellings', 'linkage.tellings', TELLING_RESULTS.memberships],
    writes: ['linkage.memberships'],
    sql: `DELETE FROM linkage.memberships;
      INSERT INTO linkage.memberships (record_id, person_id)
      SELECT r.record_id, p.record_id FROM linkage.record_tellings r
      JOIN ${TELLING_RESULTS.memberships} m ON m.record_id = r.telling JOIN linkage.tellings p ON p.telling = m.person_id`,
  };
}

/** Whose tellings are, by their numbers, as `linkage.memberships` says of records: after tellings were numbered anew. */
export function tellingMembersStep(): Step {
  return {
    name: 'linkage_telling_members',
    reads: ['linkage.memberships', 'linkage.tellings'],
    writes: [TELLING_RESULTS.memberships],
    sql: `CREATE OR REPLACE TABLE linkage.telling_members AS
      SELECT t.telling AS record_id, p.telling AS person_id FROM linkage.tellings t
      JOIN linkage.memberships m USING (record_id) JOIN linkage.tellings p ON p.record_id = m.person_id`,
  };
}

function linksStep(): Step {
  return {
    name: 'linkage_links',
    reads: ['linkage.tellings', TELLING_RESULTS.links],
    writes: ['linkage.links', TELLING_RESULTS.links],
    sql: `DELETE FROM linkage.links;
      INSERT INTO linkage.links (record_id_l, record_id_r, rule, identifier_type)
      SELECT l.record_id, r.record_id, k.rule, k.identifier_type FROM ${TELLING_RESULTS.links} k
      JOIN linkage.tellings l ON l.telling = k.record_id_l JOIN linkage.tellings r ON r.telling = k.record_id_r
      ORDER BY k.record_id_l, k.record_id_r, k.rule, k.identifier_type;
      DROP TABLE linkage.telling_links`,
  };
}

function litigesStep(): Step {
  return {
    name: 'linkage_litiges',
    reads: ['linkage.tellings', TELLING_RESULTS.litiges],
    writes: ['linkage.litiges', TELLING_RESULTS.litiges],
    sql: `DELETE FROM linkage.litiges;
      INSERT INTO linkage.litiges (reason, person_id_l, person_id_r, record_ids)
      WITH told AS (SELECT rowid AS litige, unnest(record_ids) AS telling FROM ${TELLING_RESULTS.litiges}),
      records AS (
        SELECT litige, list(g.record_id ORDER BY telling) AS record_ids FROM told JOIN linkage.tellings g USING (telling) GROUP BY litige)
      SELECT t.reason, l.record_id, r.record_id, k.record_ids FROM ${TELLING_RESULTS.litiges} t JOIN records k ON k.litige = t.rowid
      JOIN linkage.tellings l ON l.telling = t.person_id_l LEFT JOIN linkage.tellings r ON r.telling = t.person_id_r
      ORDER BY t.rowid;
      DROP TABLE linkage.telling_litiges`,
  };
}

function componentsStep(): Step {
  return {
    name: 'linkage_components',
    reads: ['linkage.tellings', TELLING_RESULTS.components],
    writes: [COMPONENTS, TELLING_RESULTS.components],
    sql: `CREATE OR REPLACE TABLE ${COMPONENTS} AS
      SELECT p.record_id AS person_id, c.record_id AS component FROM ${TELLING_RESULTS.components} t
      JOIN linkage.tellings p ON p.telling = t.person_id JOIN linkage.tellings c ON c.telling = t.component;
      DROP TABLE linkage.telling_components`,
  };
}
