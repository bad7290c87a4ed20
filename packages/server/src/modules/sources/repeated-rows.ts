import { ROW_KINDS, type RowKind } from '@raccroche/contract';
import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';

/**
 * `sources.excluded`: rows told a second time in their file, and later those that stand for nobody. `sources.repeated_rows`: the former, of plain
 * CSVs, by the number of their copy and their place in it: which file that is, and whether the copy counts, is known later.
 */
const TABLES_SQL = `
  CREATE OR REPLACE TABLE sources.excluded (file_no BIGINT, ordinal INTEGER, position VARCHAR, code VARCHAR, field VARCHAR);
  CREATE OR REPLACE TABLE sources.repeated_rows (file_no BIGINT, ordinal INTEGER, position VARCHAR, code VARCHAR, field VARCHAR)`;

const KEYS = [
  { column: 'source_id', code: 'doublon_identifiant_source', field: 'identifiant_source', kinds: ROW_KINDS },
  { column: 'ine', code: 'doublon_ine', field: 'ine', kinds: ['inscriptions'] },
] as const satisfies readonly { column: string; code: string; field: string; kinds: readonly RowKind[] }[];

/** Makes both tables anew, empty. */
export const forgetRepeats = (database: Database): Promise<void> => database.run(TABLES_SQL);

/** Finds the rows that are told a second time among validated rows of whole files that were staged. */
export function excludeRepeats(lane: Database, kind: RowKind, parquet: string): Promise<void> {
  return findRepeats(lane, { kind, from: `read_parquet(${literal(parquet)})`, into: 'excluded' });
}

/** The same of a copy of plain CSVs; `columns` are those of the interchange format that they hold. */
export function noteRepeats(
  lane: Database,
  kind: RowKind,
  parquet: string,
  columns: readonly (string | undefined)[],
): Promise<void> {
  const from = `(SELECT copy_no::BIGINT AS file_no, file_row_number::INTEGER AS ordinal, 0 AS sub, NULL::VARCHAR AS position,
    * EXCLUDE (copy_no, file_row_number) FROM read_parquet(${literal(parquet)}, file_row_number = true))`;
  return findRepeats(lane, { kind, from, into: 'repeated_rows', columns });
}

interface Sought {
  readonly kind: RowKind;
  readonly from: string;
  readonly into: 'excluded' | 'repeated_rows';
  readonly columns?: readonly (string | undefined)[];
}

/**
 * Source: rules §8: an `identifiant_source` or an INE a second time in one file rejects the second row. An INE comes back
 * rightly where the rows are events (two diplomas, a contract after a broken one): see docs/adr/0004. Of one file all rows lie together:
 * those of a few files are looked at as soon as they are there, while others are still read.
 */
async function findRepeats(lane: Database, { kind, from, into, columns }: Sought): Promise<void> {
  for (const { column, code, field, kinds } of KEYS) {
    if (!kinds.some((each) => each === kind) || columns?.includes(field) === false) continue;
    await lane.run(
      `INSERT INTO sources.${into}
       WITH told AS (SELECT file_no, ordinal, position, ${column} AS key FROM ${from}
         WHERE sub = 0 AND outcome = 'record' AND ${column} IS NOT NULL),
       -- Numbers first, for nearly all keys are told once: grouping a country's texts takes twice the time and room.
       alike AS (SELECT hash(file_no, key) AS h FROM told GROUP BY h HAVING count(*) > 1),
       suspect AS MATERIALIZED (SELECT * FROM told WHERE hash(file_no, key) IN (SELECT h FROM alike)),
       twice AS (SELECT file_no, key, min(ordinal) AS first FROM suspect GROUP BY file_no, key HAVING count(*) > 1)
       SELECT t.file_no, t.ordinal, t.position, '${code}', '${field}' FROM suspect t JOIN twice USING (file_no, key)
       WHERE t.ordinal > twice.first
         AND NOT EXISTS (SELECT 1 FROM sources.${into} x WHERE x.file_no = t.file_no AND x.ordinal = t.ordinal)`,
    );
  }
}

/** A copy of a plain CSV that counts. */
interface Copy {
  readonly copyNo: number;
  readonly fileKey: number;
  readonly firstRow: number;
}

/** Brings to `sources.excluded` what was noted of those copies. */
export async function excludeNoted(database: Database, plain: readonly Copy[]): Promise<void> {
  const copies = plain.map(({ copyNo, fileKey, firstRow }) => ({
    copy_no: copyNo,
    file_no: fileKey,
    first_row: firstRow,
  }));
  await database.run(
    `INSERT INTO sources.excluded
     SELECT c.file_no, r.ordinal - c.first_row + 1, (r.ordinal - c.first_row + 2)::VARCHAR, r.code, r.field
     FROM sources.repeated_rows r JOIN (SELECT unnest(from_json($1::JSON,
       '[{"copy_no":"BIGINT","file_no":"BIGINT","first_row":"BIGINT"}]'), recursive := true)) c ON c.copy_no = r.file_no`,
    [JSON.stringify(copies)],
  );
  await database.run('DROP TABLE sources.repeated_rows');
}
