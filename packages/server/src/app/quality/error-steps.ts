import { literal } from '../../platform/duckdb/sql.ts';
import type { Step } from '../../platform/duckdb/step.ts';
import { FAULT_TOPICS } from './causes.ts';
import { humanSql, recordSql, truthRelation } from './truth-steps.ts';

const FAULT_RANKS = Object.entries(FAULT_TOPICS)
  .flatMap(([topic, faults]) =>
    faults.map((fault, rank) => `(${literal(topic)}, ${literal(fault)}, ${rank})`),
  )
  .join(', ');

/**
 * All that is known of the people missed and wrongly listed: their rows with what went wrong in each, the person that the
 * judgement bears on, and the checks of that person with their evidence. They are few: everything else is left behind.
 */
export function errorSteps(truthFolder: string): readonly Step[] {
  return [
    {
      name: 'quality-errors',
      reads: ['quality.standing', 'quality.last_schools'],
      writes: ['quality.errors', 'quality.fault_ranks'],
      sql: `CREATE TABLE quality.errors AS
        SELECT s.human, CASE WHEN s.due THEN 'missed' ELSE 'wrong' END AS kind, s.reason, s.state, s.in_training, s.sender,
          l.uai, l.first_day, l.last_day, l.extracted_on
        FROM quality.standing s LEFT JOIN quality.last_schools l USING (human) WHERE s.due <> (s.entries > 0);
        CREATE TABLE quality.fault_ranks AS FROM (VALUES ${FAULT_RANKS}) t(topic, fault, rank)`,
    },
    {
      name: 'quality-error-rows',
      reads: ['sources.records', 'quality.errors', 'quality.files', 'quality.rows'],
      writes: ['quality.error_rows'],
      sql: `CREATE TABLE quality.error_rows AS
        WITH told AS (
          SELECT ${humanSql('t.person')} AS human, f.file_no, f.sender, t.position, string_split(t.failures, ' ') AS faults
          FROM ${truthRelation(truthFolder, 'rows')} t
            JOIN quality.files f ON f.part = parse_filename(t.filename, true) AND f.file = t.file::INTEGER
          WHERE ${humanSql('t.person')} IN (SELECT human FROM quality.errors)),
        kept AS (SELECT file_no, position, record_id, row_kind, ${recordSql('file_no', 'ordinal')} AS record FROM sources.records)
        SELECT t.*, k.record_id, k.row_kind, k.record, r.person
        FROM told t LEFT JOIN kept k USING (file_no, position) LEFT JOIN quality.rows r ON r.record = k.record`,
    },
    {
      name: 'quality-focus',
      reads: ['sources.files', 'quality.errors', 'quality.error_rows', 'quality.cells', 'quality.entries'],
      writes: ['quality.focus'],
      // Of the persons made of somebody's rows: the one on the list; else their own, with most of their rows.
      sql: `CREATE TABLE quality.focus AS
        WITH touched AS (SELECT DISTINCT human, person FROM quality.error_rows WHERE person IS NOT NULL),
        owners AS (SELECT person, arg_min(human, (-n, human)) AS owner, count(*) > 1 AS mixed
          FROM quality.cells WHERE person IN (SELECT person FROM touched) GROUP BY person),
        ranked AS (
          SELECT t.human, t.person, o.owner = t.human AS own, o.mixed,
            row_number() OVER (PARTITION BY t.human
              ORDER BY (o.owner = t.human) DESC, e.person IS NOT NULL DESC, c.n DESC, t.person) AS place
          FROM touched t JOIN owners o USING (person) JOIN quality.cells c USING (human, person)
            LEFT JOIN quality.entries e USING (person))
        SELECT r.human, r.person, r.own, r.mixed, f.delivery_id || '-' || (r.person % 4294967296) AS person_id
        FROM ranked r JOIN sources.files f ON f.file_no = r.person // 4294967296 WHERE place = 1`,
    },
    {
      name: 'quality-focus-checks',
      reads: ['sources.files', 'eligibility.checks', 'quality.focus', 'quality.rows', 'quality.errors'],
      writes: ['quality.focus_checks', 'quality.evidence'],
      // Of somebody missed, the first condition that was not met; of somebody listed, those that show why.
      sql: `CREATE TABLE quality.focus_checks AS
        SELECT f.human, e.kind, c.check_code, c.passed, c.evidence,
          row_number() OVER (PARTITION BY f.human, c.passed ORDER BY c.ordinal) AS place
        FROM eligibility.checks c JOIN quality.focus f USING (person_id) JOIN quality.errors e USING (human);
        CREATE TABLE quality.evidence AS
        WITH named AS (SELECT human, kind, check_code, unnest(evidence) AS record_id FROM quality.focus_checks
          WHERE (kind = 'missed' AND NOT passed AND place = 1) OR (kind = 'wrong' AND passed)),
        numbered AS (SELECT n.*, ${recordSql('f.file_no', 'substr(n.record_id, 14)')} AS record, f.extracted_on, f.kind AS file_kind
          FROM named n JOIN sources.files f ON f.delivery_id = left(n.record_id, 12))
        SELECT n.*, r.human AS whose FROM numbered n JOIN quality.rows r USING (record)`,
    },
    {
      name: 'quality-error-facts',
      reads: ['sources.spells', 'sources.contracts', 'sources.awards', 'quality.error_rows'],
      writes: ['quality.error_facts'],
      sql: `CREATE TABLE quality.error_facts AS
        WITH mine AS (SELECT human, record_id FROM quality.error_rows WHERE record_id IS NOT NULL)
        SELECT human, record_id, 'spell' AS what, uai, first_day,
          CASE WHEN NOT enrolment OR not_in_class THEN NULL ELSE last_day END AS last_day FROM sources.spells JOIN mine USING (record_id)
        UNION ALL SELECT human, record_id, 'contract', uai, started_on, coalesce(broken_on - 1, planned_end, DATE '9999-12-31')
          FROM sources.contracts JOIN mine USING (record_id)
        UNION ALL SELECT human, record_id, 'award', NULL, awarded_on, NULL
          FROM sources.awards JOIN mine USING (record_id)
          WHERE result = 'admis' AND coalesce(level, 3) >= 3 AND coalesce(type, '') NOT IN ('dnb', 'cfg', 'attestation')`,
    },
  ];
}
