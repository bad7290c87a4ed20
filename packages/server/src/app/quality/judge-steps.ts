import type { Step } from '../../platform/duckdb/step.ts';
import { numberOf } from './truth-steps.ts';

const person = numberOf('p.person_id', 'f');

/**
 * Who should be listed and who is. An entry whose records are of several people counts for the one with most of them
 * (ties: the first in order). `at_home`: one of their entries is on the list of the département where they truly live.
 */
export const JUDGE_STEPS: readonly Step[] = [
  {
    name: 'quality-entries',
    reads: ['quality.ranks', 'quality.held_ids', 'eligibility.persons', 'lists.places', 'quality.cells'],
    writes: ['quality.entries'],
    sql: `CREATE OR REPLACE TABLE quality.entries AS SELECT person, any_value(to_check) AS to_check, any_value(department) AS department,
        arg_min(human, (-n, human)) AS human
      FROM (SELECT ${person.number} AS person,
          list_contains(p.flags, 'death_to_check') AS to_check, l.department
        FROM eligibility.persons p JOIN lists.places l USING (person_id)
          ${person.joins} WHERE p.listed)
      JOIN quality.cells USING (person) GROUP BY person`,
  },
  {
    name: 'quality-standing',
    reads: ['quality.people', 'quality.last_schools', 'quality.entries'],
    writes: ['quality.standing'],
    sql: `CREATE OR REPLACE TABLE quality.standing AS SELECT p.human, p.due, p.reason, p.state, p.raw, p.in_training,
        p.department, p.sex, p.name_group, coalesce(s.office, 'none') AS sender,
        coalesce(e.entries, 0) AS entries, coalesce(e.to_check, false) AS to_check, coalesce(e.at_home, false) AS at_home
      FROM quality.people p LEFT JOIN quality.last_schools s USING (human)
        LEFT JOIN (SELECT human, count(*) AS entries, bool_or(e.to_check) AS to_check, bool_or(e.department = h.department) AS at_home
          FROM quality.entries e JOIN quality.people h USING (human) GROUP BY human) e USING (human)`,
  },
];
