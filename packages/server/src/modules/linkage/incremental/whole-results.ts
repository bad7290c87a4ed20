import { dropStep, type Step } from '../../../platform/duckdb/step.ts';
import { COMPONENTS } from '../telling-results.ts';
import type { PreviousLinkage } from './previous-linkage.ts';

/** `linkage.person_ties` of the persons that this run worked out, for the campaign that follows. */
export function tiesStep(): Step {
  return {
    name: 'linkage_person_ties',
    reads: [COMPONENTS, 'linkage.person_moves', 'linkage.decided_persons', 'linkage.first_members'],
    writes: ['linkage.person_ties'],
    sql: `CREATE OR REPLACE TABLE linkage.person_ties AS
      SELECT 'key' AS kind, person_id AS person_id_l, component AS person_id_r FROM ${COMPONENTS}
      UNION ALL SELECT 'move', person_id, new_person_id FROM linkage.person_moves WHERE new_person_id <> person_id
      UNION ALL SELECT DISTINCT 'decision', f.person_id, d.person_id
        FROM linkage.decided_persons d JOIN linkage.first_members f USING (record_id)`,
  };
}

/** Who the first stage says that the records are of whom decisions are about: a decision may part or join them. */
export function firstMembersStep(): Step {
  return {
    name: 'linkage_first_members',
    reads: ['linkage.memberships', 'linkage.asked_records'],
    writes: ['linkage.first_members'],
    sql: `CREATE OR REPLACE TABLE linkage.first_members AS
      WITH asked AS (SELECT DISTINCT person_id FROM linkage.memberships SEMI JOIN linkage.asked_records USING (record_id))
      SELECT record_id, person_id FROM linkage.memberships SEMI JOIN asked USING (person_id)`,
  };
}

/** Litiges of persons that nothing touched, as the first stage left them. */
export function carriedLitigesStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_litiges',
    reads: ['linkage.touched_persons'],
    writes: ['linkage.litiges'],
    sql: `INSERT INTO linkage.litiges BY NAME FROM ${tables.first_litiges} g
      ANTI JOIN linkage.touched_persons t ON t.person_id = g.person_id_l`,
  };
}

/**
 * Puts what became of touched persons beside what the earlier campaign says of everybody else: `linkage.memberships` and
 * `linkage.links` become views over both. Whom a resemblance joins is known of everybody: a person that nothing touched may
 * be another one's, or be so no longer. `linkage.left_records`, `linkage.left_links`:
 * whose rows of then do not hold. `carried`: whether resemblances of all but `linkage.affected_persons` hold.
 */
export function wholeResultSteps(before: PreviousLinkage, carried: boolean): readonly Step[] {
  return [
    linksStep(before, carried),
    movedRecordsStep(before),
    carriedTiesStep(before),
    membershipsStep(before),
  ];
}

function movedRecordsStep({ tables }: PreviousLinkage): Step {
  const moves = 'SELECT person_id, new_person_id FROM linkage.person_moves WHERE new_person_id <> person_id';
  const moved = `SELECT person_id_l, person_id_r FROM ${tables.person_ties} ties WHERE kind = 'move'`;
  return {
    name: 'linkage_moved_records',
    reads: ['linkage.person_moves', 'linkage.touched_persons'],
    writes: [
      'linkage.other_moves',
      'linkage.moved_records',
      'linkage.left_records',
      'linkage.memberships',
      'linkage.first_persons',
    ],
    sql: `CREATE OR REPLACE TABLE linkage.other_moves AS
      SELECT DISTINCT person_id FROM ((${moves} EXCEPT ${moved}) UNION ALL (${moved} EXCEPT ${moves}))
      ANTI JOIN linkage.touched_persons USING (person_id);
      CREATE OR REPLACE TABLE linkage.moved_records AS
      -- They were nobody else than who they were first, or whom that one became.
      WITH were AS (
        FROM linkage.other_moves UNION
        SELECT person_id_r FROM (${moved}) SEMI JOIN linkage.other_moves o ON o.person_id = person_id_l),
      members AS (FROM ${tables.memberships} m SEMI JOIN were USING (person_id))
      SELECT m.record_id, coalesce(f.person_id, m.person_id) AS person_id, m.person_id AS person_was
      FROM members m LEFT JOIN ${tables.first_persons} f USING (record_id)
      WHERE coalesce(f.person_id, m.person_id) IN (FROM linkage.other_moves);
      INSERT INTO linkage.left_records SELECT record_id, person_was FROM linkage.moved_records;
      INSERT INTO linkage.memberships
      SELECT r.record_id, coalesce(v.new_person_id, r.person_id)
      FROM linkage.moved_records r LEFT JOIN linkage.person_moves v USING (person_id);
      INSERT INTO linkage.first_persons
      FROM ${tables.first_persons} f ANTI JOIN linkage.left_records USING (record_id)
      UNION ALL SELECT r.record_id, r.person_id FROM linkage.moved_records r JOIN linkage.person_moves v USING (person_id)
        WHERE v.new_person_id <> v.person_id`,
  };
}

function carriedTiesStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_ties',
    reads: ['linkage.touched_persons'],
    writes: ['linkage.person_ties'],
    sql: `INSERT INTO linkage.person_ties BY NAME FROM ${tables.person_ties} k
      ANTI JOIN linkage.touched_persons t ON t.person_id = k.person_id_l WHERE kind = 'key'`,
  };
}

function membershipsStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_whole_memberships',
    reads: ['linkage.left_records'],
    writes: ['linkage.memberships', 'linkage.fresh_memberships'],
    sql: `ALTER TABLE linkage.memberships RENAME TO fresh_memberships;
      CREATE VIEW linkage.memberships AS FROM linkage.fresh_memberships
      UNION ALL BY NAME FROM ${tables.memberships} b ANTI JOIN linkage.left_records USING (record_id)`,
  };
}

function linksStep({ tables }: PreviousLinkage, carried: boolean): Step {
  const ofAffected = `(record_id_l, record_id_r) IN (SELECT (record_id_l, record_id_r) FROM ${tables.look_alike_pairs} p
        SEMI JOIN linkage.affected_persons a ON a.person_id = p.person_id_l)`;
  return {
    name: 'linkage_whole_links',
    reads: ['linkage.left_records', ...(carried ? ['linkage.affected_persons'] : [])],
    writes: ['linkage.links', 'linkage.left_links', 'linkage.fresh_links'],
    sql: `CREATE OR REPLACE TABLE linkage.left_links AS
      FROM ${tables.links} k WHERE (rule = 'look_alike'${carried ? ` AND ${ofAffected}` : ''}) OR record_id_l IN (SELECT record_id FROM linkage.left_records);
      ALTER TABLE linkage.links RENAME TO fresh_links;
      CREATE VIEW linkage.links AS FROM linkage.fresh_links
      UNION ALL BY NAME FROM ${tables.links} k ANTI JOIN linkage.left_links USING (record_id_l, record_id_r)`,
  };
}

/** What of a table is otherwise than in the earlier campaign: queries of the keys whose rows do not hold, and of the rows that join. */
export interface TableDifference {
  readonly table: string;
  readonly gone: string;
  /** Rows of then under those keys, where they stand ready. */
  readonly left?: string;
  readonly fresh: string;
}

const DIFFERENCES: readonly TableDifference[] = [
  {
    table: 'linkage.memberships',
    gone: 'SELECT record_id FROM linkage.left_records',
    left: 'FROM linkage.left_records',
    fresh: 'FROM linkage.fresh_memberships',
  },
  {
    table: 'linkage.links',
    gone: 'SELECT record_id_l, record_id_r FROM linkage.left_links',
    left: 'FROM linkage.left_links',
    fresh: 'FROM linkage.fresh_links',
  },
  {
    table: 'linkage.ways',
    gone: 'SELECT record_id FROM linkage.left_ways',
    left: 'FROM linkage.left_ways',
    fresh: 'FROM linkage.fresh_ways',
  },
  {
    table: 'linkage.traits',
    gone: 'SELECT person_id FROM linkage.touched_persons',
    fresh: 'FROM linkage.fresh_traits',
  },
];
const DIFFERENT_PAIRS: TableDifference = {
  table: 'linkage.look_alike_pairs',
  gone: 'SELECT record_id_l, record_id_r FROM linkage.left_pairs',
  left: 'FROM linkage.left_pairs',
  fresh: 'FROM linkage.fresh_pairs',
};

/** `carried`: as above. */
export const differencesOf = (carried: boolean): readonly TableDifference[] =>
  carried ? [...DIFFERENCES, DIFFERENT_PAIRS] : DIFFERENCES;

/** Drops what those read. */
export function dropDifferencesStep(): Step {
  return dropStep('linkage_drop_differences', [
    'linkage.fresh_memberships',
    'linkage.fresh_links',
    'linkage.fresh_ways',
    'linkage.fresh_traits',
    'linkage.fresh_pairs',
    'linkage.left_pairs',
    'linkage.left_records',
    'linkage.left_links',
    'linkage.left_ways',
    'linkage.touched_persons',
    'linkage.affected_persons',
  ]);
}
