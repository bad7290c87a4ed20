import { literal } from '../../platform/duckdb/sql.ts';
import { type CauseCode, FAULT_OF_SILENCE, type FaultTopic } from './causes.ts';

/** People for whom a cause can be shown: `sql` selects human, fault (NULL: none) and sender (NULL: none). */
export interface Candidate {
  readonly cause: CauseCode;
  readonly sql: string;
}

/** The first fault of a topic among those that struck the rows that `rows` selects (human, faults, sender). */
export const struckSql = (topic: FaultTopic, rows: string): string =>
  `SELECT human, arg_min(fault, (rank, fault, sender)) AS fault, arg_min(sender, (rank, fault, sender)) AS sender
   FROM (SELECT human, sender, unnest(faults) AS fault FROM (${rows}))
     JOIN (SELECT fault, rank FROM quality.fault_ranks WHERE topic = ${literal(topic)}) USING (fault) GROUP BY human`;

/** The same; of rows that no such fault struck, the sender alone. */
export const struckOrNotSql = (topic: FaultTopic, rows: string): string =>
  `SELECT r.human, any_value(s.fault) AS fault, coalesce(any_value(s.sender), min(r.sender)) AS sender
   FROM (${rows}) r LEFT JOIN (${struckSql(topic, rows)}) s USING (human) GROUP BY r.human`;

/**
 * People whose rows `rows` selects (human, person) stayed apart from the person judged: the fault that parts them, looked for
 * first in the smaller of the two, which differs from the others; the sender of the row that bears it.
 */
export const apartSql = (rows: string): string =>
  `SELECT human, arg_min(fault, place) AS fault, arg_min(sender, place) AS sender FROM (
     SELECT r.human, r.sender, k.fault, (k.rank IS NULL, c.n, k.rank, r.sender) AS place
     FROM (SELECT human, person, sender, unnest(coalesce(faults, [''])) AS fault FROM quality.error_rows) r
       JOIN quality.cells c USING (human, person)
       JOIN (SELECT human, person FROM (${rows}) UNION
         SELECT human, person FROM quality.focus WHERE human IN (SELECT human FROM (${rows}))) s USING (human, person)
       LEFT JOIN (SELECT fault, rank FROM quality.fault_ranks WHERE topic = 'apart') k USING (fault)) GROUP BY human`;

/** The fault that leaves people out of a sender's file; NULL where there are several. */
export const silenceSql = (
  sender: string,
  faults: Readonly<Record<string, string>> = FAULT_OF_SILENCE,
): string =>
  `CASE ${sender} ${Object.entries(faults)
    .map(([code, fault]) => `WHEN ${literal(code)} THEN ${literal(fault)}`)
    .join(' ')} END`;

/** Rows of somebody's own that show a condition: human, faults, sender, check_code, extracted_on, file_kind. */
export const OWN_EVIDENCE = `SELECT r.human, r.faults, r.sender, e.check_code, e.extracted_on, e.file_kind
  FROM quality.evidence e JOIN quality.error_rows r ON r.record = e.record AND r.human = e.human`;

/** Rows of somebody's own that became part of another person than the one judged: human, person, record_id. */
export const ROWS_APART = `SELECT r.human, r.person, r.record_id
  FROM quality.error_rows r JOIN quality.focus f USING (human) WHERE r.person <> f.person`;

/**
 * Rows received of which nothing was kept. Lines of INSEE never become records, and of a row told twice the other is kept:
 * they are none of these.
 */
export const ROWS_REJECTED = `SELECT human, faults, sender FROM quality.error_rows
  WHERE file_no IS NOT NULL AND record IS NULL AND sender <> 'insee'
    AND NOT coalesce(list_has_any(faults, ['duplicate_row', 'row_repeated']) AND NOT list_has_any(faults, ['bad_birth_date', 'bad_value', 'bad_end_date']), false)`;

/** Rows of files that the campaign did not receive. */
export const ROWS_NOT_RECEIVED = 'SELECT human, faults, sender FROM quality.error_rows WHERE file_no IS NULL';
