import { dropStep, type Step } from '../../../platform/duckdb/step.ts';

const PLAN_TABLES = ['linkage.decided_persons', 'linkage.decided_links', 'linkage.decided_apart'];

/** Every step of decisions between the two stages, in order; what is done outside SQL is told by a text that is a comment. */
export function allDecisionSteps(): readonly Step[] {
  const reads = ['linkage.memberships', 'linkage.links'];
  const writes = ['linkage.decisions', ...PLAN_TABLES];
  const sql = `-- recognise, planDecisions: ${reads.join(', ')} to ${writes.join(', ')}`;
  return [{ name: 'linkage_decisions', reads, writes, sql }, ...decisionSteps()];
}

/** From the plan to the results of the first stage. */
export function decisionSteps(): readonly Step[] {
  return [litigesStep(), membershipsStep(), linksStep()];
}

/** A litige within a person whom a decision parted, or between two whom one joined, is over; others follow their records. */
function litigesStep(): Step {
  return {
    name: 'linkage_decided_litiges',
    reads: ['linkage.memberships', 'linkage.decided_persons'],
    writes: ['linkage.litiges', 'linkage.decided_litiges'],
    sql: `CREATE OR REPLACE TABLE linkage.decided_litiges AS
      WITH told AS (
        SELECT rowid AS id, person_id_l, person_id_r, unnest(record_ids) AS record_id FROM linkage.litiges),
      now AS (
        SELECT t.id, bool_or(d.person_id IS NOT NULL) AS concerned,
          list(DISTINCT coalesce(d.person_id, m.person_id)) FILTER (m.person_id = t.person_id_l) AS l,
          list(DISTINCT coalesce(d.person_id, m.person_id)) FILTER (m.person_id = t.person_id_r) AS r
        FROM told t JOIN linkage.memberships m USING (record_id) LEFT JOIN linkage.decided_persons d USING (record_id)
        GROUP BY t.id)
      SELECT n.id, coalesce(list_min(n.l) = list_min(n.r), len(n.l) > 1) AS over,
        g.* REPLACE (coalesce(least(list_min(n.l), list_min(n.r)), list_min(n.l)) AS person_id_l,
          CASE WHEN n.r IS NOT NULL THEN greatest(list_min(n.l), list_min(n.r)) END AS person_id_r)
      FROM now n JOIN linkage.litiges g ON g.rowid = n.id WHERE n.concerned;
      DELETE FROM linkage.litiges WHERE rowid IN (SELECT id FROM linkage.decided_litiges);
      INSERT INTO linkage.litiges BY NAME
      SELECT * EXCLUDE (id, over) FROM linkage.decided_litiges WHERE NOT over ORDER BY id`,
  };
}

function membershipsStep(): Step {
  return {
    name: 'linkage_decided_memberships',
    reads: ['linkage.decided_persons'],
    writes: ['linkage.memberships'],
    sql: `UPDATE linkage.memberships SET person_id = d.person_id FROM linkage.decided_persons d
      WHERE d.record_id = linkage.memberships.record_id AND d.person_id <> linkage.memberships.person_id`,
  };
}

/** Links between records that a decision parted go; those that it makes come. */
function linksStep(): Step {
  return {
    name: 'linkage_decided_links',
    reads: ['linkage.decided_persons', 'linkage.decided_links'],
    writes: ['linkage.links'],
    sql: `DELETE FROM linkage.links WHERE rowid IN (
        SELECT k.rowid FROM linkage.links k JOIN linkage.decided_persons a ON a.record_id = k.record_id_l
        JOIN linkage.decided_persons b ON b.record_id = k.record_id_r WHERE a.person_id <> b.person_id);
      INSERT INTO linkage.links BY NAME
      SELECT record_id_l, record_id_r, 'decision' AS rule FROM linkage.decided_links ORDER BY record_id_l, record_id_r`,
  };
}

/**
 * After the second stage: what was decided is not asked again, neither between the two persons, nor within one of whom
 * somebody said that it is one.
 */
export function closeDecidedStep(): Step {
  return {
    name: 'linkage_close_decided',
    reads: ['linkage.memberships', 'linkage.decisions', 'linkage.decided_apart'],
    writes: ['linkage.litiges'],
    sql: `DELETE FROM linkage.litiges WHERE rowid IN (
        WITH apart AS (
          SELECT DISTINCT least(a.person_id, b.person_id) AS l, greatest(a.person_id, b.person_id) AS r
          FROM linkage.decided_apart d JOIN linkage.memberships a ON a.record_id = d.record_id_l
          JOIN linkage.memberships b ON b.record_id = d.record_id_r),
        one AS (
          SELECT DISTINCT m.person_id FROM linkage.decisions d JOIN linkage.memberships m ON m.record_id = d.record_id_l
          WHERE d.effect = 'appliquee' AND d.verdict = 'same' AND d.siei_l = d.siei_r)
        SELECT g.rowid FROM linkage.litiges g JOIN apart ON apart.l = g.person_id_l AND apart.r = g.person_id_r
        UNION ALL
        SELECT g.rowid FROM linkage.litiges g JOIN one ON one.person_id = g.person_id_l
        WHERE g.person_id_r IS NULL AND g.reason = 'two_enrolments')`,
  };
}

/** Drops what decisions needed. */
export function dropDecidedStep(): Step {
  return dropStep('linkage_drop_decided', [
    'linkage.decided_litiges',
    'linkage.asked_records',
    'linkage.first_members',
    ...PLAN_TABLES,
  ]);
}
