import type { Step } from '../../../platform/duckdb/step.ts';
import { NO_END, type Terms } from '../terms.ts';
import { cycleSql, dateSql, leadsToSql } from './fragments.ts';

/** Contracts as they stand at the reference date, and what all of a person's contracts say together. */
export function contractSteps({ asOf }: Terms): Step[] {
  const D = dateSql(asOf);
  return [
    {
      name: 'eligibility-contracts',
      reads: ['eligibility.members', 'sources.contracts'],
      writes: ['eligibility.contracts'],
      // A break after the planned end changes nothing: the contract was over by then.
      sql: `CREATE OR REPLACE TABLE eligibility.contracts AS
        WITH ends AS (
          SELECT m.person_id, m.source_rank, c.record_id, c.contract_no, c.uai, c.diploma_code, c.started_on, c.broken_on,
            ${cycleSql('NULL', 'c.diploma_code')} AS cycle, ${leadsToSql('NULL', 'c.diploma_code')} AS leads_to,
            coalesce(c.planned_end, ${dateSql(NO_END)}) AS planned_end,
            coalesce(c.broken_on <= coalesce(c.planned_end, ${dateSql(NO_END)}), false) AS broke
          FROM sources.contracts c JOIN eligibility.members m USING (record_id)),
        days AS (
          SELECT *, CASE WHEN broke THEN broken_on - 1 ELSE planned_end END AS last_day,
            CASE WHEN broke THEN broken_on ELSE planned_end END AS stopped_on
          FROM ends)
        SELECT *, started_on <= ${D} AS had, started_on <= ${D} AND last_day >= ${D} AS covers FROM days`,
    },
    {
      name: 'eligibility-employment',
      reads: ['eligibility.contracts'],
      writes: ['eligibility.employment'],
      sql: `CREATE OR REPLACE TABLE eligibility.employment AS
        SELECT person_id, bool_or(covers) AS covered, bool_or(had) AS had,
          max(stopped_on) FILTER (WHERE had AND last_day < ${D}) AS last_stop
        FROM eligibility.contracts GROUP BY person_id`,
    },
  ];
}
