import type { RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import type { Blanks, PlainDelimiter } from './plain-text-survey.ts';
import { rowsParquet, validatedRowsSql } from './validate/rows-sql.ts';

/** What one pass of DuckDB over a CSV needs to know. */
export interface PlainCsvCopy {
  readonly path: string;
  readonly kind: RowKind;
  readonly asOf: CivilDate;
  readonly delimiter: PlainDelimiter;
  readonly columns: readonly (string | undefined)[];
  readonly blanks: Blanks;
  /** Bytes of a line on average; what it is worth is only speed. */
  readonly rowBytes: number;
  readonly parquet: string;
}

/** A longer first line is no header. */
export const HEADER_BYTES_MAX = 65_536;

/** The first line of a file that begins with `head`, without its byte order mark; undefined when empty or too long for a header. */
export function headerIn(head: Buffer): string | undefined {
  const text = head.toString('utf8', 0, HEADER_BYTES_MAX).replace(/^\ufeff/, '');
  const end = text.search(/[\r\n]/);
  return end > 0 ? text.slice(0, end) : undefined;
}

/** False when DuckDB finds a line that is not like the header. */
export async function runPlainCsvCopy(database: Database, copy: PlainCsvCopy): Promise<boolean> {
  const { path, kind, asOf, delimiter, columns, blanks, rowBytes, parquet } = copy;
  const names = columns.map((name, index) => name ?? `inconnue_${index + 1}`);
  const sql = validatedRowsSql({
    kind,
    asOf,
    from: readCsvSql(path, delimiter, names),
    present: new Set(columns.filter((name) => name !== undefined)),
    origin: 'interchange',
    blanks,
  });
  try {
    await database.run(`COPY (${sql}) TO ${literal(parquet)} ${rowsParquet(rowBytes)}`);
    return true;
  } catch {
    return false;
  }
}

/** No guess is left to DuckDB: a guess would depend on the first rows. */
function readCsvSql(path: string, delimiter: string, names: readonly string[]): string {
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ${literal(delimiter)}, quote = '"',
    escape = '"', columns = {${columns}}, strict_mode = true, nullstr = '', max_line_size = 1048576)`;
}
