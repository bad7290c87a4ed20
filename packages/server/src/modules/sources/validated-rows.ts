import { ROW_KINDS, type RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { emptyRowsSql } from './canonical-views.ts';
import type { CopiedRows } from './plain-csv-copy.ts';
import { excludeNoted } from './repeated-rows.ts';
import type { StagedRows } from './staged-rows.ts';
import { leftOutColumnsSql } from './validate/rows-sql.ts';

/** Rows of one plain CSV, already validated. */
export interface PlainRows extends CopiedRows {
  readonly fileKey: number;
  readonly kind: RowKind;
}

export interface ValidatedRowsRequest {
  readonly asOf: CivilDate;
  readonly staged: Pick<StagedRows, 'parquets'>;
  readonly plain: readonly PlainRows[];
}

/**
 * Of every row where it lies among those of its scan, from 1. Whoever reads a relation that has it reads it by one thread, whether he asks for it or not:
 * the engine does not take the numbering away, and looks for nothing below it.
 */
const PLACE = 'row_number() OVER () AS place';
const NO_PLACE = '0::BIGINT AS place';

/**
 * Makes `sources.rows_<kind>`: all validated rows of a kind, whichever way they came, with their place; `sources.unplaced_<kind>`, the same
 * for whoever asks for no order; and tells in `sources.excluded` all rows that are told a second time in their file.
 */
export async function openValidatedRows(database: Database, request: ValidatedRowsRequest): Promise<void> {
  for (const kind of ROW_KINDS) {
    const staged = await request.staged.parquets(kind);
    const plain = request.plain.filter((each) => each.kind === kind);
    const [toldPlain, toldStaged] = [
      await toldColumns(database, parquetsOf(plain)),
      await toldColumns(database, staged),
    ];
    const rows = (place: string) =>
      [
        emptyRowsSql(kind, request.asOf),
        ...plainPart(request, { kind, plain, told: toldPlain, place }),
        ...(staged.length > 0
          ? [
              `SELECT ${toldStaged}, position AS own_position, ${place} FROM read_parquet([${staged.map(literal).join(', ')}])`,
            ]
          : []),
      ].join('\nUNION ALL BY NAME ');
    await database.run(`CREATE OR REPLACE VIEW sources.rows_${kind} AS ${rows(PLACE)};
      CREATE OR REPLACE VIEW sources.unplaced_${kind} AS SELECT * EXCLUDE (place) FROM (${rows(NO_PLACE)})`);
  }
  await excludeNoted(database, request.plain);
}

/**
 * All columns of rows in Parquet files but those that hold nothing in any of them, as a list to select: these are NULL in the views without being read,
 * and the engine sees beforehand that nobody is to be looked for by them.
 */
async function toldColumns(database: Database, parquets: readonly string[]): Promise<string> {
  if (parquets.length === 0) return '*';
  const empty = await database.all<{ name: string }>(
    `SELECT path_in_schema AS name FROM parquet_metadata([${parquets.map(literal).join(', ')}])
     GROUP BY name HAVING bool_and(coalesce(stats_null_count = num_values, false)) ORDER BY name`,
  );
  return empty.length === 0 ? '*' : `* EXCLUDE (${empty.map(({ name }) => name).join(', ')})`;
}

/** In the order of their first files: rows then come in an order that the files alone tell. */
function parquetsOf(plain: readonly PlainRows[]): readonly string[] {
  const first = new Map<string, number>();
  for (const { parquet, fileKey } of plain)
    first.set(parquet, Math.min(fileKey, first.get(parquet) ?? fileKey));
  return [...first].sort((a, b) => a[1] - b[1]).map(([parquet]) => parquet);
}

interface PlainPart {
  readonly kind: RowKind;
  readonly plain: readonly PlainRows[];
  readonly told: string;
  readonly place: string;
}

/**
 * All Parquet files of a kind in one scan: the engine would open as many parts at once as there are, each with its buffers.
 * Numbers of copies lead to files and to the place of their first rows.
 */
function plainPart({ asOf }: ValidatedRowsRequest, { kind, plain, told, place }: PlainPart): string[] {
  if (plain.length === 0) return [];
  const byNo = new Map(plain.map((rows) => [rows.copyNo, rows]));
  const places = Math.max(...byNo.keys());
  // As a text, which is one constant: a list of as many as there are files would be planned anew by every statement, one by one.
  const list = (value: (rows: PlainRows) => number) =>
    `'[${Array.from({ length: places }, (_, index) => {
      const rows = byNo.get(index + 1);
      return rows === undefined ? 'NULL' : value(rows);
    }).join(',')}]'::BIGINT[]`;
  const parquets = parquetsOf(plain).map(literal).join(', ');
  return [
    `SELECT file_no, (file_row_number - first_row + 1)::INTEGER AS ordinal, 0::INTEGER AS sub,
      (file_row_number - first_row + 2)::VARCHAR AS position, NULL::VARCHAR AS own_position,
      * EXCLUDE (file_row_number, first_row, file_no)${leftOutColumnsSql(kind, asOf)}
    FROM (SELECT list_extract(${list(({ fileKey }) => fileKey)}, copy_no)::BIGINT AS file_no,
        list_extract(${list(({ firstRow }) => firstRow)}, copy_no)::BIGINT AS first_row, * EXCLUDE (copy_no), ${place}
      FROM (SELECT ${told} FROM read_parquet([${parquets}], file_row_number = true, union_by_name = true)))
    WHERE file_no IS NOT NULL`,
  ];
}
