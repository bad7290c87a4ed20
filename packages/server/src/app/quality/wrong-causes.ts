import { literal } from '../../platform/duckdb/sql.ts';
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
import { FAULT_OF_SILENCE_ON_ARRIVAL } from './causes.ts';

/** Whose row would have taken them off: those in training, those with the diploma, those who fulfil their duty otherwise. */
const IN_TRAINING = '(SELECT human FROM quality.errors WHERE in_training)';
const WITH_DIPLOMA = "(SELECT human FROM quality.errors WHERE reason = 'diplome')";
const DEAD = "(SELECT human FROM quality.errors WHERE state = 'deceased')";
const OTHERWISE = `(SELECT human FROM quality.focus_checks JOIN quality.errors USING (human)
  WHERE check_code = 'obligation_unmet' AND NOT in_training AND state <> 'deceased' AND reason NOT LIKE 'trop_%')`;

/** Records that say of somebody what is true: human, record_id. */
const trueFacts = (asOf: string): string => {
  const day = `DATE ${literal(asOf)}`;
  return `SELECT human, record_id FROM quality.error_facts
      WHERE human IN ${IN_TRAINING} AND what <> 'award' AND first_day <= ${day} AND last_day >= ${day}
    UNION ALL SELECT human, record_id FROM quality.error_facts WHERE human IN ${WITH_DIPLOMA} AND what = 'award'
    UNION ALL SELECT human, record_id FROM quality.error_rows WHERE human IN ${OTHERWISE} AND row_kind = 'accompagnements'`;
};

/** Rows of the senders that ought to have told it: of the last establishment, of the contract, of the examination, of the follow-up. */
const RIGHT_SENDER = `((human, sender) IN (SELECT human, sender FROM quality.errors WHERE in_training)
  OR (human IN ${IN_TRAINING} AND sender = 'contrats')
  OR (human IN ${WITH_DIPLOMA} AND sender = 'examens') OR (human IN ${OTHERWISE} AND sender = 'accompagnements'))`;
/** Of a file that was not received nobody can say whose establishment it told of. */
const LIKELY_SENDER = `((human IN ${IN_TRAINING} AND sender NOT IN ('examens', 'accompagnements')) OR ${RIGHT_SENDER})`;

/** Why somebody is listed who should not be; the first that can be shown is told. */
export const wrongCauses = (asOf: string): readonly Candidate[] => [
  {
    cause: 'unlinked',
    sql: apartSql(`${ROWS_APART} AND (r.human, r.record_id) IN (${trueFacts(asOf)})`),
  },
  {
    cause: 'unlinked',
    sql: struckOrNotSql(
      'apart',
      `SELECT human, faults, sender FROM quality.error_rows WHERE sender = 'insee' AND file_no IS NOT NULL AND human IN ${DEAD}`,
    ),
  },
  { cause: 'rejected', sql: struckOrNotSql('rejected', `${ROWS_REJECTED} AND ${RIGHT_SENDER}`) },
  {
    cause: 'told_wrong',
    sql: struckSql(
      'birth_date',
      `${OWN_EVIDENCE} WHERE r.human IN (SELECT human FROM quality.errors WHERE reason LIKE 'trop_%')`,
    ),
  },
  {
    cause: 'told_wrong',
    sql: struckSql(
      'gone',
      `SELECT human, faults, sender FROM quality.error_rows WHERE human IN ${IN_TRAINING}`,
    ),
  },
  {
    cause: 'abroad',
    sql: "SELECT human, NULL AS fault, NULL AS sender FROM quality.errors WHERE reason = 'en_ecole_a_l_etranger'",
  },
  {
    cause: 'untold',
    sql: `SELECT DISTINCT human, 'contract_untold' AS fault, 'contrats' AS sender
      FROM quality.errors e JOIN quality.error_facts f USING (human)
      WHERE e.state IN ('apprentice', 'cfa_without_contract') AND e.in_training AND f.what = 'spell' AND f.uai = e.uai
        AND f.first_day <= DATE ${literal(asOf)} AND f.last_day >= DATE ${literal(asOf)}`,
  },
  {
    cause: 'extracted_before',
    sql: `SELECT human, 'extracted_before' AS fault, sender FROM quality.errors WHERE in_training AND first_day > extracted_on`,
  },
  { cause: 'not_received', sql: struckOrNotSql('apart', `${ROWS_NOT_RECEIVED} AND ${LIKELY_SENDER}`) },
  {
    cause: 'told_wrong',
    sql: struckSql('still_there', `${OWN_EVIDENCE} WHERE r.human NOT IN ${IN_TRAINING}`),
  },
  {
    cause: 'foreign_record',
    sql: 'SELECT human, NULL AS fault, NULL AS sender FROM quality.evidence WHERE whose <> human GROUP BY human',
  },
  {
    cause: 'untold',
    sql: `SELECT human, ${silenceSql('told_by', FAULT_OF_SILENCE_ON_ARRIVAL)} AS fault, told_by AS sender FROM (SELECT human, CASE
        WHEN in_training THEN sender WHEN reason = 'diplome' THEN 'examens' WHEN state = 'deceased' THEN 'insee'
        WHEN human IN ${OTHERWISE} THEN 'accompagnements' END AS told_by FROM quality.errors)
      WHERE told_by IS NOT NULL AND human NOT IN (SELECT human FROM (${trueFacts(asOf)}))`,
  },
];
