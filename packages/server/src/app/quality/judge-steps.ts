import type { Step } from '../../platform/duckdb/step.ts';
import { deliveryOf, ordinalOf, recordSql } from './truth-steps.ts';

/**
 * Who should be listed and who is. An entry whose records are of several people counts for the one with most of them
 * (ties: the first in order).
 */
export const JUDGE_STEPS: readonly Step[] = [
  {
    name: 'quality-entries',
    reads: ['sources.files', 'eligibility.persons', 'quality.cells'],
    writes: ['quality.entries'],
    sql: `CREATE OR REPLACE TABLE quality.entries AS SELECT person, any_value(to_check) AS to_check,
        arg_min(human, (-n, human)) AS human
      FROM (SELECT ${recordSql('f.file_no', ordinalOf('p.person_id'))} AS person,
          list_contains(p.flags, 'death_to_check') AS to_check
        FROM eligibility.persons p JOIN sources.files f ON f.delivery_id = ${deliveryOf('p.person_id')} WHERE p.listed)
      JOIN quality.cells USING (person) GROUP BY person`,
  },
  {
    name: 'quality-standing',
    reads: ['quality.people', 'quality.last_schools', 'quality.entries'],
    writes: ['quality.standing'],
    sql: `CREATE OR REPLACE TABLE quality.standing AS SELECT p.human, p.due, p.reason, p.state, p.raw, p.in_training,
        p.department, p.sex, p.name_group, coalesce(s.sender, 'none') AS sender,
        coalesce(e.entries, 0) AS entries, coalesce(e.to_check, false) AS to_check
      FROM quality.people p LEFT JOIN quality.last_schools s USING (human)
        LEFT JOIN (SELECT human, count(*) AS entries, bool_or(to_check) AS to_check FROM quality.entries GROUP BY human) e USING (human)`,
  },
];
