import { quoteName } from '../expression/sql-text.ts';
import type { LinkSession } from '../session.ts';
import { requireColumns } from './rule-columns.ts';

/** Scored pairs whose match weights are in one interval, against what labels say of them. */
export interface CalibrationBin {
  /** Weights from `from` (inclusive) to `to`. */
  readonly from: number;
  readonly to: number;
  readonly pairs: number;
  /** Mean of the probabilities that the model gave. */
  readonly predicted: number;
  /** Share that labels say are of one person. */
  readonly observed: number;
}

export interface CalibrationOptions {
  /** Table filled by `scorePairs`. */
  readonly pairs: string;
  /** Column of the records that is the same for one person; pairs where either is NULL are left out. */
  readonly labelColumn: string;
  /** Width of an interval, in bits; 2 by default. */
  readonly width?: number;
}

/**
 * What the model says against what labels say, by match weight: of pairs with a probability of 0.9, nine of ten should
 * match. Where `observed` stays below `predicted` at high weights, evidence is counted twice (`correlations`).
 */
export async function calibration(
  { runner, records }: Pick<LinkSession, 'runner' | 'records'>,
  { pairs, labelColumn, width = 2 }: CalibrationOptions,
): Promise<readonly CalibrationBin[]> {
  if (!(width > 0)) throw new RangeError('an interval must be wider than 0');
  await requireColumns(runner, records, [labelColumn]);
  const label = quoteName(labelColumn);
  const rows = await runner.all(
    `SELECT floor(match_weight / ${width})::INTEGER AS bin, count(*) AS pairs,
      avg(1 / (1 + pow(2, -match_weight))) AS predicted, avg((l.${label} = r.${label})::INTEGER) AS observed
     FROM ${pairs} p JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r
     WHERE l.${label} IS NOT NULL AND r.${label} IS NOT NULL AND isfinite(match_weight)
     GROUP BY bin ORDER BY bin`,
  );
  return rows.map(({ bin, pairs: count, predicted, observed }) => ({
    from: Number(bin) * width,
    to: (Number(bin) + 1) * width,
    pairs: Number(count),
    predicted: Number(predicted),
    observed: Number(observed),
  }));
}
