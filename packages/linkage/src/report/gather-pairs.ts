import { pairColumnsSql } from '../evaluation/pair-columns.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { Comparison, Model } from '../model/model.ts';
import { comparedColumns } from '../records/record-tables.ts';
import { gammaColumn } from '../scoring/pattern.ts';
import { modelForSources } from '../scoring/source-parameters.ts';
import { weighSql } from '../scoring/weigh-sql.ts';
import { numberSql } from '../scoring/weight-sql.ts';
import { comparisonWeights, priorWeight } from '../scoring/weights.ts';
import type { LinkSession } from '../session.ts';
import type { Contribution, PairPicture } from './report-input.ts';
import { levelLabel } from './weights-section.ts';

export interface PairKey {
  readonly ridL: number;
  readonly ridR: number;
}

/**
 * Pairs worth a look: the nearest to the threshold, `count` on either side, ties by record. Fewer when there are fewer.
 */
export async function pairsNearThreshold(
  session: LinkSession,
  pairs: string,
  threshold: number,
  count: number,
): Promise<readonly PairKey[]> {
  const rows = await session.runner.all(
    `SELECT rid_l, rid_r FROM (SELECT rid_l, rid_r, match_weight - ${numberSql(threshold)} AS above,
         row_number() OVER (PARTITION BY above >= 0 ORDER BY abs(above), rid_l, rid_r) AS place
       FROM ${pairs} WHERE isfinite(match_weight)) WHERE place <= ${Math.trunc(count)} ORDER BY above DESC, rid_l, rid_r`,
  );
  return rows.map((row) => ({ ridL: Number(row.rid_l), ridR: Number(row.rid_r) }));
}

/** Pairs with the values of their records and what each comparison adds, whether they were scored or not. Personal data. */
export async function picturePairs(
  session: LinkSession,
  model: Model,
  keys: readonly PairKey[],
  columns: readonly string[] = comparedColumns(model),
): Promise<readonly PairPicture[]> {
  if (keys.length === 0) return [];
  const shown = [model.idColumn, model.sourceColumn, ...columns].flatMap((name, index) => [
    `l.${quoteName(name)}::VARCHAR AS shown_l${index}`,
    `r.${quoteName(name)}::VARCHAR AS shown_r${index}`,
  ]);
  const wanted = keys.map(({ ridL, ridR }) => `(${Math.trunc(ridL)}, ${Math.trunc(ridR)})`).join(', ');
  const rows = await session.runner.all(
    weighSql(
      model,
      `SELECT least(k.a, k.b) AS rid_l, greatest(k.a, k.b) AS rid_r, ${shown.join(', ')}, ${pairColumnsSql(model, 'l', 'r')}
       FROM (VALUES ${wanted}) k(a, b)
       JOIN ${session.records} l ON l.rid = least(k.a, k.b) JOIN ${session.records} r ON r.rid = greatest(k.a, k.b)
       ORDER BY rid_l, rid_r`,
    ),
  );
  return rows.map((row) => {
    const text = (name: string): string | null => (typeof row[name] === 'string' ? row[name] : null);
    const several = text('shown_l1') !== '' || text('shown_r1') !== '';
    return {
      idL: text('shown_l0') ?? '',
      idR: text('shown_r0') ?? '',
      ...(several ? { sourceL: text('shown_l1') ?? '', sourceR: text('shown_r1') ?? '' } : {}),
      weight: Number(row.match_weight),
      priorWeight: priorWeight(model.prior),
      contributions: modelForSources(model, text('shown_l1') ?? '', text('shown_r1') ?? '').comparisons.map(
        (comparison) => contributionOf(comparison, row),
      ),
      values: columns.map((column, index) => ({
        column,
        left: text(`shown_l${index + 2}`),
        right: text(`shown_r${index + 2}`),
      })),
    };
  });
}

function contributionOf(comparison: Comparison, row: Readonly<Record<string, unknown>>): Contribution {
  const gamma = Number(row[gammaColumn(comparison).slice(1, -1).replaceAll('""', '"')]);
  const level = comparisonWeights(comparison)[gamma];
  const frequency = (column: string, side: 'l' | 'r'): number => {
    const value = row[`tf_${column}_${side}`];
    return value === null || value === undefined ? 0 : Number(value);
  };
  let adjustment = 0;
  if (level?.termFrequency !== undefined) {
    const { column, weight, minimumU, log2Base } = level.termFrequency;
    const common = Math.max(frequency(column, 'l'), frequency(column, 'r'));
    if (common > 0) adjustment = weight * (log2Base - Math.log2(Math.max(common, minimumU)));
  }
  return {
    comparison: comparison.name,
    gamma,
    label: levelLabel(comparison, gamma),
    weight: level?.weight ?? 0,
    termFrequency: adjustment,
  };
}
