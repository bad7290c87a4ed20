/**
 * Assignment of greatest total profit between `rows` and `columns`, of which there must be at least as many. `profit`
 * has one entry for each row and column, row after row, 0 or more; 0 is no link. Returns the column of each row, −1 for
 * none. O(rows² · columns). Source: Hungarian method with potentials (Kuhn 1955; Jonker and Volgenant 1987).
 */
export function bestAssignment(profit: Float64Array, rows: number, columns: number): Int32Array {
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  /** Row (from 1) of each column (from 1); 0 for none. Column 0 stands for the row at hand. */
  const rowOf = new Int32Array(columns + 1);
  const cost = (row: number, column: number): number =>
    -(profit[(row - 1) * columns + column - 1] as number) -
    (rowPotential[row] as number) -
    (columnPotential[column] as number);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    const { last, before } = shortestPath(rowOf, columns, cost, rowPotential, columnPotential);
    for (let column = last; column !== 0; column = before[column] as number) {
      rowOf[column] = rowOf[before[column] as number] as number;
    }
  }
  const columnOf = new Int32Array(rows).fill(-1);
  for (let column = 1; column <= columns; column++) {
    const row = rowOf[column] as number;
    if (row > 0 && (profit[(row - 1) * columns + column - 1] as number) > 0) columnOf[row - 1] = column - 1;
  }
  return columnOf;
}

/** Cheapest way from the row in column 0 to a free column; among equals the first column. */
function shortestPath(
  rowOf: Int32Array,
  columns: number,
  cost: (row: number, column: number) => number,
  rowPotential: Float64Array,
  columnPotential: Float64Array,
): { readonly last: number; readonly before: Int32Array } {
  const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(columns + 1);
  const done = new Uint8Array(columns + 1);
  let at = 0;
  do {
    done[at] = 1;
    const row = rowOf[at] as number;
    let step = Number.POSITIVE_INFINITY;
    let nearest = 0;
    for (let column = 1; column <= columns; column++) {
      if (done[column] === 1) continue;
      const reduced = cost(row, column);
      if (reduced < (least[column] as number)) {
        least[column] = reduced;
        before[column] = at;
      }
      if ((least[column] as number) < step) {
        step = least[column] as number;
        nearest = column;
      }
    }
    for (let column = 0; column <= columns; column++) {
      if (done[column] === 1) {
        const moved = rowOf[column] as number;
        rowPotential[moved] = (rowPotential[moved] as number) + step;
        columnPotential[column] = (columnPotential[column] as number) - step;
      } else least[column] = (least[column] as number) - step;
    }
    at = nearest;
  } while (rowOf[at] !== 0);
  return { last: at, before };
}
