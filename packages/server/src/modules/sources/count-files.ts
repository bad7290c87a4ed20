import { INTAKE_ISSUES, ROW_KINDS } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { NO_ROWS } from './row-counts.ts';
import type { StagedRows } from './staged-rows.ts';
import { rejectMask } from './validate/issue-rule.ts';
import { issueRules } from './validate/rows-sql.ts';
import type { FileReading } from './write-files.ts';

/** Totals of an intake. rows = records + rejects + removedUnder16 + deaths + outOfScope. */
export interface IntakeSummary {
  readonly files: number;
  readonly rejectedFiles: number;
  readonly rows: number;
  readonly records: number;
  readonly rejects: number;
  readonly removedUnder16: number;
  /** Deaths kept, of people whom the campaign may be about. */
  readonly deaths: number;
  /** Deaths of all others: counted, never written. */
  readonly outOfScope: number;
  /** Files whose rows were taken over from the previous campaign, unread. */
  readonly carried: number;
}

type Total = Exclude<keyof IntakeSummary, 'carried'>;

/** What was read, and counts of the rows of each file that were staged. */
export interface CountedReadings {
  readonly readings: readonly FileReading[];
  readonly staged: Pick<StagedRows, 'countsOf'>;
  readonly asOf: CivilDate;
}

/**
 * Tells the problems of validated rows, counts each file, and checks that every row is somewhere.
 * Throws when one is lost or told twice.
 */
export async function countFiles(
  database: Database,
  { readings, staged, asOf }: CountedReadings,
): Promise<Omit<IntakeSummary, 'carried'>> {
  await excludeLoneSchoolings(database);
  await writeRowIssues(database, asOf);
  await updateCounts(database, readings, staged);
  await checkSums(database);
  const [totals] = await database.all<Record<Total, string>>(`
    SELECT count(*) AS files, count(*) FILTER (rejected) AS "rejectedFiles", coalesce(sum(row_count), 0)::BIGINT AS rows,
      coalesce(sum(record_count) FILTER (NOT coalesce(${IS_DEATHS}, false)), 0)::BIGINT AS records,
      coalesce(sum(record_count) FILTER (${IS_DEATHS}), 0)::BIGINT AS deaths,
      coalesce(sum(out_of_scope), 0)::BIGINT AS "outOfScope", coalesce(sum(reject_count), 0)::BIGINT AS rejects,
      coalesce(sum(removed_under16), 0)::BIGINT AS "removedUnder16" FROM sources.files`);
  const total = (name: Total) => Number(totals?.[name] ?? 0);
  return {
    files: total('files'),
    rejectedFiles: total('rejectedFiles'),
    rows: total('rows'),
    records: total('records'),
    rejects: total('rejects'),
    removedUnder16: total('removedUnder16'),
    deaths: total('deaths'),
    outOfScope: total('outOfScope'),
  };
}

const NONE_READ = { rejects: 0, removedUnder16: 0, deaths: 0, outOfScope: 0 };
const IS_DEATHS = "kind = 'insee-deces'";

/** Schoolings of a pupil whom no list or detail tells. */
async function excludeLoneSchoolings(database: Database): Promise<void> {
  await database.run(`INSERT INTO sources.excluded
    SELECT r.file_no, r.ordinal, r.position, 'sans_identite', 'ine' FROM sources.unplaced_inscriptions r
    WHERE r.by_ine AND r.sub = 0 AND r.outcome = 'record'
      AND NOT EXISTS (SELECT 1 FROM sources.schooling_donors d WHERE d.ine = r.ine)
      AND NOT EXISTS (SELECT 1 FROM sources.excluded x WHERE x.file_no = r.file_no AND x.ordinal = r.ordinal)`);
}

/**
 * A rejected row is told once, by its first reason; a row that is kept, by all its warnings. What is wrong with an
 * attachment (a second contract…) removes the attachment only: it is told as a warning.
 */
async function writeRowIssues(database: Database, asOf: CivilDate): Promise<void> {
  for (const kind of ROW_KINDS) {
    const rules = issueRules(kind, asOf);
    const mask = rejectMask(rules);
    const table = rules
      .map(
        ({ code, field }, bit) =>
          `(${bit}, ${literal(code)}, ${literal(field)}, ${literal(INTAKE_ISSUES[code].severity)})`,
      )
      .join(', ');
    await database.run(`INSERT INTO sources.issues
      WITH rules(bit, code, field, severity) AS (VALUES ${table}),
      faulty AS (SELECT r.file_no, r.ordinal, r.position, r.sub, r.outcome, r.issue_bits FROM sources.unplaced_${kind} r
        JOIN sources.files f USING (file_no)
        WHERE r.issue_bits <> 0 AND r.outcome <> 'removed' AND NOT f.rejected
          AND NOT EXISTS (SELECT 1 FROM sources.excluded x WHERE x.file_no = r.file_no AND x.ordinal = r.ordinal)),
      told AS (SELECT b.*, u.*, b.issue_bits & ${mask} AS rejecting FROM faulty b JOIN rules u ON (b.issue_bits & (1::BIGINT << u.bit)) <> 0)
      SELECT file_no, ordinal, position, field, code,
        CASE WHEN sub > 0 THEN 'avertissement' ELSE severity END
      FROM told
      WHERE outcome = 'record' OR sub > 0 OR (rejecting & ((1::BIGINT << bit) - 1) = 0 AND (rejecting & (1::BIGINT << bit)) <> 0)`);
  }
  await database.run(`INSERT INTO sources.issues
    SELECT x.file_no, x.ordinal, x.position, x.field, x.code, 'rejet' FROM sources.excluded x
    JOIN sources.files f ON f.file_no = x.file_no WHERE NOT f.rejected`);
}

async function updateCounts(
  database: Database,
  readings: readonly FileReading[],
  staged: CountedReadings['staged'],
): Promise<void> {
  const told = readings.map(({ file, sink, plain, rejection }) => {
    const counts = plain?.counts ?? staged.countsOf(file.fileKey) ?? NO_ROWS;
    const reader = rejection ? NONE_READ : sink;
    return {
      file_no: file.fileKey,
      rows: plain || rejection ? counts.rows : sink.rows,
      records: counts.records,
      rejects: counts.rejects + reader.rejects,
      removed: counts.removed + reader.removedUnder16,
      dated: counts.dated || reader.removedUnder16 > 0,
      deaths: reader.deaths,
      out_of_scope: reader.outOfScope,
      family: file.sidecar.family ?? null,
    };
  });
  await database.run(
    `CREATE OR REPLACE TABLE sources.reader_counts AS SELECT u.* FROM (SELECT unnest(from_json($1::JSON,
      '[{"file_no":"BIGINT","rows":"BIGINT","records":"BIGINT","rejects":"BIGINT","removed":"BIGINT","dated":"BOOLEAN","deaths":"BIGINT","out_of_scope":"BIGINT","family":"VARCHAR"}]'),
      recursive := true)) u`,
    [JSON.stringify(told)],
  );
  // What is excluded was validated as a record: it is a reject.
  await database.run(`UPDATE sources.files f SET
      row_count = c.rows, record_count = c.records - coalesce(x.n, 0) + c.deaths, out_of_scope = c.out_of_scope,
      reject_count = c.rejects + coalesce(x.n, 0), removed_under16 = c.removed,
      dated = c.dated OR coalesce(${IS_DEATHS}, false)
    FROM sources.reader_counts c LEFT JOIN (SELECT file_no, count(*) AS n FROM sources.excluded GROUP BY file_no) x USING (file_no)
    WHERE f.file_no = c.file_no AND NOT f.rejected`);
  await database.run(`UPDATE sources.files f SET warning_count = w.n FROM
    (SELECT file_no, count(*) AS n FROM sources.issues WHERE severity = 'avertissement' GROUP BY file_no) w
    WHERE f.file_no = w.file_no`);
  await updateFamilies(database);
}

/** Which family of sources each file stands for: the sidecar's word, else what its rows are. Deaths no sidecar can claim. */
async function updateFamilies(database: Database): Promise<void> {
  await database.run(`UPDATE sources.files f SET families = CASE
      WHEN f.kind = 'insee-deces' AND NOT f.rejected THEN ['deaths']
      WHEN f.rejected OR f.record_count = 0 THEN []
      WHEN c.family <> 'deaths' THEN [c.family]
      WHEN f.source IN ('SIECLE', 'SYGNE') THEN ['school']
      WHEN f.source = 'FREGATA' THEN ['agriculture']
      WHEN f.source = 'CFA' OR f.kind = 'interchange-contrats' THEN ['cfa']
      WHEN f.kind = 'interchange-diplomes' THEN ['exams']
      WHEN f.kind = 'interchange-inscriptions' THEN coalesce(
        (SELECT list_sort(list(DISTINCT CASE r.status WHEN 'scolaire' THEN 'school' WHEN 'apprenti' THEN 'cfa' ELSE 'other' END))
         FROM sources.unplaced_inscriptions r WHERE r.file_no = f.file_no AND r.outcome = 'record'), [])
      ELSE (SELECT CASE WHEN bool_or(a.structure_type = 'mission_locale') THEN ['mission_locale'] ELSE ['other'] END
            FROM sources.unplaced_accompagnements a WHERE a.file_no = f.file_no AND a.outcome = 'record') END
    FROM sources.reader_counts c WHERE c.file_no = f.file_no`);
}

async function checkSums(database: Database): Promise<void> {
  const wrong = await database.all<{ path: string }>(
    'SELECT path FROM sources.files WHERE row_count <> record_count + reject_count + removed_under16 + out_of_scope ORDER BY path',
  );
  if (wrong.length > 0) {
    throw new Error(
      `rows are lost or told twice in ${wrong.length} file(s): ${wrong.map(({ path }) => path).join(', ')}`,
    );
  }
}
