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
  const problems = new Map<number, ReportedProblem[]>();
  const told = await database.all<{
    file_no: string;
    code: string;
    field: string | null;
    severity: string;
    n: string;
    positions: string[];
  }>(`SELECT file_no, code, field, severity, count(*) AS n,
        list(position ORDER BY ordinal)[1:${POSITIONS_SHOWN}] AS positions
      FROM sources.issues GROUP BY file_no, code, field, severity
      ORDER BY file_no, severity DESC, n DESC, code, field NULLS FIRST`);
  for (const { file_no, code, field, severity, n, positions } of told) {
    const fileNo = Number(file_no);
    const list = problems.get(fileNo) ?? [];
    list.push({
      code,
      field,
      severity,
      count: Number(n),
      positions: positions.filter((position) => position !== null),
    });
    problems.set(fileNo, list);
  }
  const files = await database.all('FROM sources.files ORDER BY path');
  return files.map((file) => ({
    path: String(file.path),
    deliveryId: String(file.delivery_id),
    kind: textOrNull(file.kind),
    sender: textOrNull(file.sender),
    uai: textOrNull(file.uai),
    schoolYear: file.school_year === null ? null : Number(file.school_year),
    extractedOn: textOrNull(file.extracted_on),
    bytes: Number(file.bytes),
    sha256: String(file.sha256),
    rejected: file.rejected === true,
    rows: Number(file.row_count),
    records: Number(file.record_count),
    rejects: Number(file.reject_count),
    removedUnder16: Number(file.removed_under16),
    outOfScope: Number(file.out_of_scope),
    problems: problems.get(Number(file.file_no)) ?? [],
  }));
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
