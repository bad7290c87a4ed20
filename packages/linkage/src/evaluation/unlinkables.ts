import type { Model } from '../model/model.ts';
import { weighSql } from '../scoring/weigh-sql.ts';
import type { LinkSession } from '../session.ts';
import { pairColumnsSql } from './pair-columns.ts';

/** Records whose weight against themselves is exactly this one. */
export interface UnlinkablePoint {
  readonly weight: number;
  readonly records: number;
  /** Share of the records, 0 to 1, that a threshold just above this weight could never link. */
  readonly shareUpTo: number;
}

/**
 * Scores each record against itself: no other record could agree with it better. What falls below a threshold can never
 * be linked at it: too many values are missing, or too common. From the lowest weight.
 */
export async function unlinkables(session: LinkSession, model: Model): Promise<readonly UnlinkablePoint[]> {
  const self = `SELECT ${pairColumnsSql(model, 'k', 'k')} FROM ${session.records} k`;
  const rows = await session.runner.all(
    `SELECT match_weight AS weight, count(*) AS records FROM (${weighSql(model, self)}) GROUP BY weight ORDER BY weight`,
  );
  let below = 0;
  return rows.map((row) => {
    const records = Number(row.records);
    below += records;
    return { weight: Number(row.weight), records, shareUpTo: below / session.recordCount };
  });
}

/** Share of the records, 0 to 1, that could never reach a threshold. */
export function unlinkableShare(points: readonly UnlinkablePoint[], threshold: number): number {
  return points.filter(({ weight }) => weight < threshold).at(-1)?.shareUpTo ?? 0;
}
