import type { Step } from '../../../platform/duckdb/step.ts';
import type { Terms } from '../terms.ts';
import { cycleSql, dateSql, leadsToSql } from './fragments.ts';
import { toldTwiceSteps } from './told-twice.ts';

/** School year that holds a day; the shape of `schoolYearOf`. */
const schoolYearSql = (day: string) => `year(${day}) - CASE WHEN month(${day}) >= 9 THEN 0 ELSE 1 END`;
/** Month and day on which a school year closes. */
const CLOSING_MONTH = 8;
const CLOSING_DAY = 31;

const SPELL_CLOSES_YEAR = `s.implicit_end OR
  s.last_day = make_date((coalesce(s.school_year, ${schoolYearSql('s.last_day')}) + 1)::BIGINT, ${CLOSING_MONTH}, ${CLOSING_DAY})`;

/** A break on 1 September is a break, although its eve closes a school year. */
const CONTRACT_CLOSES_YEAR = `NOT c.broke AND month(c.last_day) = ${CLOSING_MONTH} AND day(c.last_day) = ${CLOSING_DAY}`;

/**
 * Stays of each person, and what each says of the reference date (see Standing): enrolment spells, but for those that another one
 * tells better, and the contracts of whoever has none. Made once, with all that says which tells better: there are millions.
 */
export function staySteps(terms: Terms): Step[] {
  const D = dateSql(terms.asOf);
  const standing = `CASE
          WHEN s.first_day > ${D} OR s.last_day < ${D} THEN 'over'
          WHEN s.not_in_class THEN 'not_in_class'
          WHEN s.cfa_status = '2' THEN CASE WHEN coalesce(e.covered, false) THEN 'under_contract' ELSE 'without_contract' END
          WHEN s.cfa_status = '3' AND coalesce(e.had AND NOT e.covered, false) THEN 'without_contract'
          ELSE 'in_training' END`;
  return [
    {
      name: 'eligibility-stays',
      reads: ['eligibility.members', 'sources.spells', 'eligibility.employment'],
      writes: ['eligibility.stays'],
      sql: `CREATE OR REPLACE TABLE eligibility.stays AS
        SELECT m.person_id, true AS is_spell, s.record_id, s.spell_no AS stay_no, m.source_rank, s.uai, s.school_year, s.mef,
          s.diploma_code, ${cycleSql('s.mef', 's.diploma_code')} AS cycle, ${leadsToSql('s.mef', 's.diploma_code')} AS leads_to,
          s.first_day, s.last_day, s.implicit_end, ${SPELL_CLOSES_YEAR} AS closes_year,
          s.not_in_class, s.abandon_undated, s.recorded_on, ${standing} AS standing
        FROM sources.spells s JOIN eligibility.members m USING (record_id)
          LEFT JOIN eligibility.employment e USING (person_id)
        WHERE s.enrolment`,
    },
    ...toldTwiceSteps(terms),
    {
      name: 'eligibility-contracts-alone',
      reads: ['eligibility.contracts', 'eligibility.stays'],
      writes: ['eligibility.stays'],
      // A spell that is still to come says nothing of where the person comes from.
      sql: `INSERT INTO eligibility.stays BY NAME
        SELECT c.person_id, false AS is_spell, c.record_id, c.contract_no AS stay_no, c.source_rank, c.uai, c.diploma_code,
          c.cycle, c.leads_to, c.started_on AS first_day, c.last_day, ${CONTRACT_CLOSES_YEAR} AS closes_year,
          false AS not_in_class, false AS abandon_undated, 'over' AS standing
        FROM eligibility.contracts c
          ANTI JOIN (SELECT person_id FROM eligibility.stays WHERE first_day <= ${D}) s USING (person_id)`,
    },
  ];
}
