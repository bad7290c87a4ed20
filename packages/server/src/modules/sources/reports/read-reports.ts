import type { Database } from '../../../platform/duckdb/database.ts';

/** One kind of problem of a file. */
export interface ReportedProblem {
  readonly code: string;
  readonly field: string | null;
  readonly severity: string;
  readonly count: number;
  /** The first positions, in the order of the file; empty for the file as a whole. */
  readonly positions: readonly string[];
}

/** What a sender is told of one file. No personal value. */
export interface DeliveryReport {
  readonly path: string;
  readonly deliveryId: string;
  readonly kind: string | null;
  readonly sender: string | null;
  readonly uai: string | null;
  readonly schoolYear: number | null;
  readonly extractedOn: string | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly rejected: boolean;
  readonly rows: number;
  readonly records: number;
  readonly rejects: number;
  readonly removedUnder16: number;
  /** Deaths of people whom the campaign cannot be about. */
  readonly outOfScope: number;
  readonly problems: readonly ReportedProblem[];
}

/** Positions shown for each kind of problem: enough to find what goes wrong. */
const POSITIONS_SHOWN = 20;

/** One report a file, sorted by path: two queries whatever the number of files. */
export async function readReports(database: Database): Promise<DeliveryReport[]> {
  const problems = await readProblems(database);
  // As text of JSON, one a file: to bring over each cell costs several times as much.
  const files = await database.all<{ file_no: string; told: string }>(
    `SELECT file_no, to_json({${Object.entries(TOLD)
      .map(([name, sql]) => `'${name}': ${sql}`)
      .join(', ')}})::VARCHAR AS told FROM sources.files ORDER BY path`,
  );
  return files.map(({ file_no, told }) => ({
    ...(JSON.parse(told) as Omit<DeliveryReport, 'problems'>),
    problems: problems.get(file_no) ?? [],
  }));
}

/** What a report says of its file, as columns of `sources.files`. */
const TOLD = {
  path: 'path',
  deliveryId: 'delivery_id',
  kind: 'kind',
  sender: 'sender',
  uai: 'uai',
  schoolYear: 'school_year',
  extractedOn: 'extracted_on',
  bytes: 'bytes',
  sha256: 'sha256',
  rejected: 'rejected',
  rows: 'row_count',
  records: 'record_count',
  rejects: 'reject_count',
  removedUnder16: 'removed_under16',
  outOfScope: 'out_of_scope',
} as const satisfies Record<Exclude<keyof DeliveryReport, 'problems'>, string>;

/** The problems of each file that has some, by `file_no`. */
async function readProblems(database: Database): Promise<ReadonlyMap<string, readonly ReportedProblem[]>> {
  const told = await database.all<{ file_no: string; problems: string }>(`
    WITH problems AS (
      SELECT file_no, code, field, severity, count(*) AS n,
        list_filter(list(position ORDER BY ordinal)[1:${POSITIONS_SHOWN}], lambda one: one IS NOT NULL) AS positions
      FROM sources.issues GROUP BY file_no, code, field, severity)
    SELECT file_no, to_json(list(
        {'code': code, 'field': field, 'severity': severity, 'count': n, 'positions': positions}
        ORDER BY severity DESC, n DESC, code, field NULLS FIRST))::VARCHAR AS problems
    FROM problems GROUP BY file_no`);
  return new Map(
    told.map(({ file_no, problems }) => [file_no, JSON.parse(problems) as readonly ReportedProblem[]]),
  );
}
