import type { Step } from '../../../platform/duckdb/step.ts';
import type { Terms } from '../terms.ts';
import { dateSql } from './fragments.ts';

/** The state of everybody at the reference date, then the stay of the last cycle. */
export function situationSteps({ asOf, parameters }: Terms): Step[] {
  const D = dateSql(asOf);
  return [
    {
      name: 'eligibility-situations',
      reads: ['eligibility.identities', 'eligibility.stays', 'eligibility.employment', 'eligibility.deaths'],
      writes: ['eligibility.situations'],
      sql: `CREATE OR REPLACE TABLE eligibility.situations AS
        WITH stays AS (
          SELECT person_id, bool_or(standing = 'in_training') AS in_training,
            bool_or(standing = 'without_contract') AS without_contract,
            max(first_day) FILTER (WHERE standing = 'without_contract') AS first_day_in_cfa
          FROM eligibility.stays GROUP BY person_id),
        states AS (
          SELECT i.person_id, e.last_stop,
            CASE WHEN i.person_id IN (SELECT person_id FROM eligibility.deaths) THEN 'deceased'
              WHEN coalesce(s.in_training, false) THEN 'enrolled'
              WHEN coalesce(e.covered, false) THEN 'apprentice'
              WHEN coalesce(s.without_contract, false) THEN 'cfa_without_contract'
              ELSE 'not_enrolled' END AS state,
            CASE WHEN s.without_contract THEN (${D} - coalesce(e.last_stop, s.first_day_in_cfa))::INTEGER END AS days
          FROM eligibility.identities i LEFT JOIN stays s USING (person_id)
            LEFT JOIN eligibility.employment e USING (person_id)),
        ruptures AS (
          SELECT *, coalesce(days > ${parameters.cfaWithoutContractMaxDays}, false) AS ruptured FROM states)
        SELECT person_id, state, last_stop, ruptured,
          CASE WHEN state = 'cfa_without_contract' THEN days END AS days_without_contract,
          state = 'cfa_without_contract' AND NOT ruptured AS to_follow,
          state = 'not_enrolled' OR (state = 'cfa_without_contract' AND ruptured) AS not_enrolled
        FROM ruptures`,
    },
    lastStaysStep(D),
  ];
}

/** Days are counted from there; one that nobody tells is before all others. */
const FIRST_DAY = "DATE '1970-01-01'";
const UNTOLD_DAY = -2_000_000;
/** When a stay `s` ended, then when it began, as one number: the greater, the later. */
const LATENESS = `coalesce(ended_on - ${FIRST_DAY}, ${UNTOLD_DAY})::BIGINT * 4294967296 + (s.first_day - ${FIRST_DAY})`;

/**
 * The stay of the last cycle of each person. First by numbers, which ended last; nearly everybody has one of those, and only the others' are
 * put in order.
 */
function lastStaysStep(D: string): Step {
  const columns =
    'person_id, record_id, uai, mef, diploma_code, cycle, leads_to, standing, closes_year, last_day, ended_on';
  return {
    name: 'eligibility-last-stays',
    reads: ['eligibility.stays', 'eligibility.situations'],
    writes: ['eligibility.last_stays'],
    // Somebody in no class ended nobody knows when: at the reference date. In a rupture: with the contract, else on the first day.
    sql: `CREATE OR REPLACE TABLE eligibility.last_stays AS
        WITH ruptures AS (SELECT person_id, last_stop, ruptured FROM eligibility.situations WHERE ruptured),
        ends AS MATERIALIZED (
          SELECT s.rowid AS stay, s.person_id, CASE
            WHEN s.standing = 'not_in_class' THEN ${D}
            WHEN s.standing = 'without_contract' AND p.ruptured THEN coalesce(p.last_stop, s.first_day)
            WHEN s.last_day <= ${D} THEN s.last_day END AS ended_on, ${LATENESS} AS lateness
          FROM eligibility.stays s LEFT JOIN ruptures p USING (person_id)
          WHERE s.first_day <= ${D}),
        latest AS (
          SELECT stay, ended_on FROM ends
          JOIN (SELECT person_id, max(lateness) AS lateness FROM ends GROUP BY person_id) m USING (person_id, lateness)),
        told AS MATERIALIZED (SELECT s.*, ended_on FROM eligibility.stays s JOIN latest ON s.rowid = stay),
        several AS MATERIALIZED (SELECT person_id FROM told GROUP BY person_id HAVING count(*) > 1)
        SELECT ${columns} FROM told ANTI JOIN several USING (person_id)
        UNION ALL SELECT ${columns} FROM (FROM told SEMI JOIN several USING (person_id))
        QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY
          CASE WHEN cycle = 'unknown' THEN 0 ELSE coalesce(leads_to, 1) END DESC, source_rank, record_id, stay_no) = 1`,
  };
}
