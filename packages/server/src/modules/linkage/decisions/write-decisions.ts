import type { Database } from '../../../platform/duckdb/database.ts';
import type { Decision, DecisionInput, DecisionOutcome, RecognisedNumber } from './decision.ts';

/** Cells and rows of a table that goes in as one bound text: neither stands in an id, and decisions are read without them. */
export const CELL = '\t';
export const ROW = '\n';

/** One text of rows of cells. */
export function boundRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.join(CELL)).join(ROW);
}

/** The rows of a text bound to `$1`, of `cells` cells each, as a relation with the one column `cell`, a list. */
export function boundRowsSql(cells: number): string {
  return `(SELECT cell FROM (SELECT string_split(unnest(string_split($1, chr(10))), chr(9)) AS cell) WHERE len(cell) = ${cells})`;
}

/** A decision with what became of it: a row of `linkage.decisions`. */
export interface DecisionRow {
  readonly decision: Decision;
  /** Two numbers, or a number and the code of a death. */
  readonly sides: readonly [string, string];
  readonly outcome: DecisionOutcome | undefined;
  /** A record of each number, or a record and the death; `undefined` where there is none. */
  readonly ids: readonly [string | undefined, string | undefined];
}

/** Adds rows to `linkage.decisions`. */
export async function writeDecisions(database: Database, rows: readonly DecisionRow[]): Promise<void> {
  const cells = rows.map(({ decision, sides, outcome, ids }) => [
    String(decision.line),
    decision.verdict,
    ...sides,
    decision.decidedOn,
    decision.role,
    decision.reason,
    outcome?.effect ?? '',
    (outcome?.contradictedBy ?? []).join(' '),
    ...ids.map((id) => id ?? ''),
  ]);
  await database.run(
    `INSERT INTO linkage.decisions
     SELECT cell[1]::INTEGER, cell[2], cell[3], cell[4], cell[5]::DATE, cell[6], cell[7], cell[8],
       list_transform(list_filter(string_split(cell[9], ' '), lambda x: x <> ''), lambda x: x::INTEGER),
       nullif(cell[10], ''), nullif(cell[11], '')
     FROM ${boundRowsSql(11)} ORDER BY 1`,
    [boundRows(cells)],
  );
}

/** Who answers to the numbers of all decisions, those about deaths too: asked once, and before anybody is joined or parted. */
export async function recogniseDecided(
  input: DecisionInput | undefined,
): Promise<ReadonlyMap<string, RecognisedNumber>> {
  const numbers = new Set([
    ...(input?.decisions ?? []).flatMap((decision) => decision.numbers),
    ...(input?.deaths?.decisions ?? []).map(({ number }) => number),
  ]);
  return input === undefined || numbers.size === 0 ? new Map() : await input.recognise([...numbers].sort());
}
