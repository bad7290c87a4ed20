import type { Step } from '../../platform/duckdb/step.ts';
import { FAULT_RANK_ROWS } from './fault-ranks.ts';
import { humanSql, numberOf, recordSql, truthRelation } from './truth-steps.ts';

/** What the steps below leave for the causes to be read from. */
export const ERROR_TABLES = {
  /** One row a person missed or wrongly listed, with their last stay in truth and when its sender last made files. */
  errors: `human INTEGER, kind VARCHAR, reason VARCHAR, state VARCHAR, in_training BOOLEAN, sender VARCHAR,
    uai VARCHAR, first_day DATE, last_day DATE, extracted_on DATE`,
  /** Their rows; `file_no` is NULL when the file was not received, `record` when nothing of the row was kept. */
  error_rows: `human INTEGER, file_no BIGINT, sender VARCHAR, faults VARCHAR[], record_id VARCHAR, row_kind VARCHAR,
    record BIGINT, person BIGINT`,
  /** The person of the campaign that the judgement bears on; `own`: most of its records are theirs. */
  focus: 'human INTEGER, person BIGINT, own BOOLEAN, person_id VARCHAR',
  /** Its checks; `place`: among those passed, or those failed, from 1. */
  focus_checks: `human INTEGER, kind VARCHAR, check_code VARCHAR, passed BOOLEAN, evidence VARCHAR[], place BIGINT`,
  /** Records that show those checks; `whose`: the person of the record in truth. */
  evidence: `human INTEGER, kind VARCHAR, check_code VARCHAR, record BIGINT, extracted_on DATE, file_kind VARCHAR, whose INTEGER`,
  /** What their records say, that could have decided otherwise: spell, contract (last day included), award. */
  error_facts: 'human INTEGER, record_id VARCHAR, what VARCHAR, uai VARCHAR, first_day DATE, last_day DATE',
  fault_ranks: 'topic VARCHAR, fault VARCHAR, rank INTEGER',
} as const;

export const ERROR_TABLE_NAMES: readonly string[] = Object.keys(ERROR_TABLES).map(
  (name) => `quality.${name}`,
);

export function createErrorTablesSql(): string {
  const tables = Object.entries(ERROR_TABLES).map(
    ([name, columns]) => `CREATE TABLE quality.${name} (${columns});`,
  );
  return [...tables, `INSERT INTO quality.fault_ranks VALUES ${FAULT_RANK_ROWS};`].join('\n');
}

/**
 * All that is known of the people missed and wrongly listed: their rows with what went wrong in each, the person that the
 * judgement bears on, and the checks of that person with their evidence. They are few: everything else is left behind.
 */
export function errorSteps(truthFolder: string): readonly Step[] {
  return [
    {
      name: 'quality-error-tables',
      reads: [],
      writes: ERROR_TABLE_NAMES,
      sql: createErrorTablesSql(),
    },
    {
      name: 'quality-errors',
      reads: ['quality.standing', 'quality.last_schools'],
      writes: ['quality.errors'],
      sql: `INSERT INTO quality.errors BY NAME
        SELECT s.human, CASE WHEN s.due THEN 'missed' ELSE 'wrong' END AS kind, s.reason, s.state, s.in_training,
          coalesce(l.sender, 'none') AS sender, l.uai, l.first_day, l.last_day, l.extracted_on
        FROM quality.standing s LEFT JOIN quality.last_schools l USING (human) WHERE s.due <> (s.entries > 0)`,
    },
    {
      name: 'quality-error-rows',
      reads: ['sources.records', 'quality.errors', 'quality.files', 'quality.ranks', 'quality.rows'],
      writes: ['quality.error_rows'],
      sql: `INSERT INTO quality.error_rows BY NAME
        WITH told AS (
          SELECT ${humanSql('t.person')} AS human, f.file_no, f.sender, t.position, string_split(t.failures, ' ') AS faults
          FROM ${truthRelation(truthFolder, 'rows')} t
            JOIN quality.files f ON f.part = parse_filename(t.filename, true) AND f.file = t.file::INTEGER
          WHERE ${humanSql('t.person')} IN (SELECT human FROM quality.errors)),
        kept AS (SELECT file_no, position, record_id, row_kind, ${recordSql('rank', 'ordinal')} AS record FROM sources.records
          JOIN quality.ranks USING (file_no))
        SELECT t.human, t.file_no, t.sender, t.faults, k.record_id, k.row_kind, k.record, r.person
        FROM told t LEFT JOIN kept k USING (file_no, position) LEFT JOIN quality.rows r ON r.record = k.record`,
    },
    ...PERSON_STEPS,
  ];
}

const evidence = numberOf('n.record_id', 'e');

/** Of the people of those rows: which person of the campaign is judged, by what checks, and what their records say. */
const PERSON_STEPS: readonly Step[] = [
  {
    name: 'quality-focus',
    reads: ['quality.ranks', 'quality.held_ids', 'quality.error_rows', 'quality.cells', 'quality.entries'],
    writes: ['quality.focus'],
    // Of the persons made of somebody's rows: the one on the list; else their own, with most of their rows.
    sql: `INSERT INTO quality.focus BY NAME
      WITH touched AS (SELECT DISTINCT human, person FROM quality.error_rows WHERE person IS NOT NULL),
      owners AS (SELECT person, arg_min(human, (-n, human)) AS owner
        FROM quality.cells WHERE person IN (SELECT person FROM touched) GROUP BY person),
      ranked AS (
        SELECT t.human, t.person, o.owner = t.human AS own,
          row_number() OVER (PARTITION BY t.human
            ORDER BY (o.owner = t.human) DESC, e.person IS NOT NULL DESC, c.n DESC, t.person) AS place
        FROM touched t JOIN owners o USING (person) JOIN quality.cells c USING (human, person)
          LEFT JOIN quality.entries e USING (person))
      SELECT r.human, r.person, r.own, coalesce(h.record_id, f.delivery_id || '-' || (r.person % 4294967296)) AS person_id
      FROM ranked r JOIN quality.ranks f ON f.rank = r.person // 4294967296 LEFT JOIN quality.held_ids h ON h.record = r.person
      WHERE place = 1`,
  },
  {
    name: 'quality-focus-checks',
    reads: [
      'sources.files',
      'eligibility.checks',
      'quality.ranks',
      'quality.held_ids',
      'quality.focus',
      'quality.rows',
      'quality.errors',
    ],
    writes: ['quality.focus_checks', 'quality.evidence'],
    // Of somebody missed, the first condition that was not met; of somebody listed, those that show why.
    sql: `INSERT INTO quality.focus_checks BY NAME
      SELECT f.human, e.kind, c.check_code, c.passed, c.evidence,
        row_number() OVER (PARTITION BY f.human, c.passed ORDER BY c.ordinal) AS place
      FROM eligibility.checks c JOIN quality.focus f USING (person_id) JOIN quality.errors e USING (human);
      INSERT INTO quality.evidence BY NAME
      WITH named AS (SELECT human, kind, check_code, unnest(evidence) AS record_id FROM quality.focus_checks
        WHERE (kind = 'missed' AND NOT passed AND place = 1) OR (kind = 'wrong' AND passed)),
      placed AS (SELECT n.*, ${evidence.number} AS record FROM named n ${evidence.joins}),
      numbered AS (SELECT p.*, f.extracted_on, f.kind AS file_kind
        FROM placed p JOIN quality.ranks k ON k.rank = p.record // 4294967296 JOIN sources.files f USING (file_no))
      SELECT n.human, n.kind, n.check_code, n.record, n.extracted_on, n.file_kind, r.human AS whose
      FROM numbered n JOIN quality.rows r USING (record)`,
  },
  {
    name: 'quality-error-facts',
    reads: ['sources.spells', 'sources.contracts', 'sources.awards', 'quality.error_rows'],
    writes: ['quality.error_facts'],
    sql: `INSERT INTO quality.error_facts BY NAME
      WITH mine AS (SELECT human, record_id FROM quality.error_rows WHERE record_id IS NOT NULL)
      SELECT human, record_id, 'spell' AS what, uai, first_day,
        CASE WHEN NOT enrolment OR not_in_class THEN NULL ELSE last_day END AS last_day FROM sources.spells JOIN mine USING (record_id)
      UNION ALL SELECT human, record_id, 'contract' AS what, uai, started_on AS first_day, coalesce(broken_on - 1, planned_end, DATE '9999-12-31') AS last_day
        FROM sources.contracts JOIN mine USING (record_id)
      UNION ALL SELECT human, record_id, 'award' AS what, NULL AS uai, awarded_on AS first_day, NULL AS last_day
        FROM sources.awards JOIN mine USING (record_id)
        WHERE result = 'admis' AND coalesce(level, 3) >= 3 AND coalesce(type, '') NOT IN ('dnb', 'cfg', 'attestation')`,
  },
];
