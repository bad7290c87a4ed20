import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { DATED_BIT } from './validate/issue-rule.ts';

/** Validated rows of one file, by what became of them; rows told twice still count as records. */
export interface RowCounts {
  readonly rows: number;
  readonly records: number;
  readonly rejects: number;
  readonly removed: number;
  /** At a later reference date some may be judged otherwise. */
  readonly dated: boolean;
}

type Counted = { readonly file: string } & Readonly<Record<Exclude<keyof RowCounts, 'dated'>, string>> & {
    readonly dated: boolean;
    readonly [column: string]: unknown;
  };

/** Counts of the rows of `parquet` by the number that its column `file` tells, of those that `where` says. */
export async function countRows(
  lane: Database,
  parquet: string,
  { file, where }: { readonly file: 'copy_no' | 'file_no'; readonly where: string },
): Promise<ReadonlyMap<number, RowCounts>> {
  const counted = await lane.all<Counted>(
    `SELECT ${file} AS file, count(*) AS rows, count(*) FILTER (outcome = 'record') AS records,
       count(*) FILTER (outcome = 'reject') AS rejects, count(*) FILTER (outcome = 'removed') AS removed,
       bool_or((issue_bits & ${DATED_BIT}) <> 0) AS dated
     FROM read_parquet(${literal(parquet)}) WHERE ${where} GROUP BY ${file}`,
  );
  return new Map(
    counted.map(({ file: no, rows, records, rejects, removed, dated }) => [
      Number(no),
      {
        rows: Number(rows),
        records: Number(records),
        rejects: Number(rejects),
        removed: Number(removed),
        dated,
      },
    ]),
  );
}

export const NO_ROWS: RowCounts = { rows: 0, records: 0, rejects: 0, removed: 0, dated: false };

export const addCounts = (one: RowCounts, other: RowCounts): RowCounts => ({
  rows: one.rows + other.rows,
  records: one.records + other.records,
  rejects: one.rejects + other.rejects,
  removed: one.removed + other.removed,
  dated: one.dated || other.dated,
});
