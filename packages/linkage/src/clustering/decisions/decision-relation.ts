import { quoteName, quoteText } from '../../expression/sql-text.ts';
import type { Model } from '../../model/model.ts';
import { readCount, type SqlRunner } from '../../runner.ts';
import { InputError } from '../../session.ts';
import { VERDICTS, type Verdict } from './decisions.ts';

/**
 * What people decided, as rows: what follows FROM, with `<id>_l`, `<id>_r` (and `<source>_l`, `<source>_r` where there are
 * several inputs) and `verdict`: `must_link`, `cannot_link`, or `none`, which takes a decision back. The order of the two
 * records does not matter. A decision about a record that is not there binds when it comes.
 */
export type DecisionRelation = string;

/** A record's name that lasts, as VARCHAR: its id, with its source before it where there are `several`. */
export function recordKeySql(
  { idColumn, sourceColumn }: Model,
  several: boolean,
  alias: string,
  suffix: '' | '_l' | '_r' = '',
): string {
  const id = `${alias}.${quoteName(`${idColumn}${suffix}`)}::VARCHAR`;
  return several ? `${alias}.${quoteName(`${sourceColumn}${suffix}`)} || '-__-' || ${id}` : id;
}

/** Makes `table` of the decisions: `record_l`, `record_r` (record keys, the smaller left), `verdict`. Throws InputError. */
export async function stageDecisionRows(
  runner: SqlRunner,
  table: string,
  {
    model,
    several,
    given,
  }: { readonly model: Model; readonly several: boolean; readonly given: DecisionRelation },
): Promise<void> {
  const [a, b] = [recordKeySql(model, several, 'd', '_l'), recordKeySql(model, several, 'd', '_r')];
  await runner.run(`CREATE OR REPLACE TEMP TABLE ${table} AS
    SELECT DISTINCT least(${a}, ${b}) AS record_l, greatest(${a}, ${b}) AS record_r, verdict::VARCHAR AS verdict FROM ${given} d`);
  const check = async (where: string, message: (rows: number) => string): Promise<void> => {
    const rows = await readCount(runner, `SELECT count(*) AS n FROM ${where}`);
    if (rows > 0) throw new InputError(message(rows));
  };
  const known = [...VERDICTS, 'none'];
  await check(
    `${table} WHERE verdict IS NULL OR verdict NOT IN (${known.map(quoteText).join(', ')})`,
    (rows) => `${rows} decisions have another verdict than ${known.join(', ')}`,
  );
  await check(
    `${table} WHERE record_l IS NULL OR record_l = record_r`,
    (rows) => `${rows} decisions do not name two records`,
  );
  await check(
    `(SELECT record_l, record_r FROM ${table} GROUP BY ALL HAVING count(*) > 1)`,
    (rows) => `${rows} pairs of records are decided in two ways at once`,
  );
}

/** What follows FROM: `rid_l`, `rid_r` of the records of one verdict. `records` has `record` (key) and `rid`. */
export function decidedPairs(decisions: string, records: string, verdict: Verdict): string {
  return `(SELECT l.rid AS rid_l, r.rid AS rid_r FROM ${decisions} d
    JOIN ${records} l ON l.record = d.record_l JOIN ${records} r ON r.record = d.record_r
    WHERE d.verdict = ${quoteText(verdict)})`;
}
