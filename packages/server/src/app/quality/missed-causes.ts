import {
  apartSql,
  type Candidate,
  OWN_EVIDENCE,
  ROWS_APART,
  ROWS_NOT_RECEIVED,
  ROWS_REJECTED,
  silenceSql,
  struckOrNotSql,
  struckSql,
} from './candidates.ts';

const FAILED = "FROM quality.focus_checks WHERE kind = 'missed' AND NOT passed AND place = 1";
/** Those of whom a record is lacking: what is there shows no stay, no such cycle, or asks for another diploma. */
const LACKING = `(SELECT human ${FAILED} AND check_code IN ('enrolled_in_window', 'cycle', 'no_qualifying_diploma'))`;
const HAVE_RECORDS = '(SELECT human FROM quality.error_rows WHERE record IS NOT NULL)';

/** Why somebody who should be listed is not; the first that can be shown is told. */
export const MISSED_CAUSES: readonly Candidate[] = [
  {
    cause: 'in_another_person',
    sql: struckOrNotSql(
      'apart',
      'SELECT r.human, r.faults, r.sender FROM quality.error_rows r JOIN quality.focus f USING (human, person) WHERE NOT f.own',
    ),
  },
  {
    cause: 'false_death',
    sql: `SELECT human, NULL AS fault, 'insee' AS sender ${FAILED} AND check_code = 'alive'`,
  },
  {
    cause: 'foreign_record',
    sql: 'SELECT human, NULL AS fault, NULL AS sender FROM quality.evidence WHERE whose <> human GROUP BY human',
  },
  { cause: 'told_wrong', sql: struckSql('birth_date', `${OWN_EVIDENCE} WHERE e.check_code = 'age'`) },
  { cause: 'told_wrong', sql: struckSql('still_there', `${OWN_EVIDENCE} WHERE e.check_code <> 'age'`) },
  {
    cause: 'extracted_before',
    sql: `SELECT human, 'extracted_before' AS fault, min(v.sender) AS sender FROM (${OWN_EVIDENCE}) v
      JOIN (SELECT human, last_day FROM quality.errors) USING (human)
      WHERE v.check_code = 'not_enrolled' AND v.extracted_on <= last_day GROUP BY human`,
  },
  {
    cause: 'told_wrong',
    sql: `SELECT human, 'dates_left_out' AS fault, min(sender) AS sender FROM (${OWN_EVIDENCE})
      WHERE check_code = 'not_enrolled' AND file_kind = 'fregata-csv' GROUP BY human`,
  },
  {
    cause: 'told_wrong',
    sql: struckSql(
      'still_hired',
      `SELECT human, faults, sender FROM quality.error_rows JOIN quality.focus USING (human, person)
       WHERE human IN (SELECT human ${FAILED} AND check_code = 'not_enrolled')`,
    ),
  },
  { cause: 'unlinked', sql: apartSql(`${ROWS_APART} AND r.human IN ${LACKING}`) },
  { cause: 'rejected', sql: struckOrNotSql('rejected', ROWS_REJECTED) },
  { cause: 'not_received', sql: struckOrNotSql('apart', ROWS_NOT_RECEIVED) },
  {
    cause: 'untold',
    sql: `SELECT human, ${silenceSql('sender')} AS fault, sender FROM quality.errors
      WHERE human IN ${LACKING} OR human NOT IN ${HAVE_RECORDS}`,
  },
];
