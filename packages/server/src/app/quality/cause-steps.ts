import { literal } from '../../platform/duckdb/sql.ts';
import type { Step } from '../../platform/duckdb/step.ts';
import type { Candidate } from './candidates.ts';
import { ERROR_TABLE_NAMES } from './error-steps.ts';
import { MISSED_CAUSES } from './missed-causes.ts';
import { wrongCauses } from './wrong-causes.ts';

/** The main cause of everybody missed or wrongly listed; `unexplained` where none can be shown. */
export function causeSteps(asOf: string): readonly Step[] {
  return [
    {
      name: 'quality-causes',
      reads: ['quality.cells', ...ERROR_TABLE_NAMES],
      writes: ['quality.causes'],
      sql: `CREATE TABLE quality.causes AS
        WITH candidates AS (${[...unionOf('missed', MISSED_CAUSES), ...unionOf('wrong', wrongCauses(asOf))].join('\nUNION ALL ')}),
        first AS (SELECT human, kind, arg_min({'cause': cause, 'fault': fault, 'sender': sender}, place) AS main
          FROM candidates GROUP BY human, kind)
        SELECT e.human, e.kind, coalesce(f.main.cause, 'unexplained') AS cause, f.main.fault AS fault, f.main.sender AS sender
        FROM quality.errors e LEFT JOIN first f USING (human, kind)`,
    },
  ];
}

function unionOf(kind: 'missed' | 'wrong', candidates: readonly Candidate[]): readonly string[] {
  return candidates.map(
    ({ cause, sql }, place) =>
      `SELECT human, ${literal(kind)} AS kind, ${place} AS place, ${literal(cause)} AS cause, fault, sender FROM (${sql})
       WHERE human IN (SELECT human FROM quality.errors WHERE kind = ${literal(kind)})`,
  );
}
