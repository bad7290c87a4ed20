import { quoteText } from '../../expression/sql-text.ts';
import { numberSql } from '../../scoring/weight-sql.ts';

type Cell = string | number | null;

/** Rows as a relation that can follow FROM. A column is `name TYPE`; INTEGER, DOUBLE and VARCHAR are understood. */
export function relation(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const typed = columns.map((column) => column.split(' '));
  const names = typed.map(([name]) => name).join(', ');
  const casts = typed.map(([name, type]) => `${name}::${type} AS ${name}`).join(', ');
  const values =
    rows.length === 0
      ? `(${columns.map(() => 'NULL').join(', ')})`
      : rows.map((row) => `(${row.map(cellSql).join(', ')})`).join(', ');
  return `(SELECT ${casts} FROM (VALUES ${values}) v(${names}) ${rows.length === 0 ? 'LIMIT 0' : ''})`;
}

function cellSql(cell: Cell): string {
  if (cell === null) return 'NULL';
  return typeof cell === 'string' ? quoteText(cell) : numberSql(cell);
}

export const PAIR_COLUMNS = ['rid_l INTEGER', 'rid_r INTEGER', 'match_weight DOUBLE'];

/** Nodes 1 to `count`. */
export function nodes(count: number): string {
  return `(SELECT range::INTEGER AS rid FROM range(1, ${count + 1}))`;
}
