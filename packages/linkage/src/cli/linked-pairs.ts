import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import type { LinkSession } from '../session.ts';

/**
 * SELECT of scored pairs by the ids of their records, the likeliest first: sources (with several inputs), ids,
 * `match_weight`, `match_probability`, `match_key` (first rule that found it, from 0).
 */
export function linkedPairsSql({ records }: LinkSession, model: Model, pairs: string): string {
  const columns = [...(model.linkType === 'dedupe_only' ? [] : [model.sourceColumn]), model.idColumn];
  const ids = columns.flatMap((name) => [
    `l.${quoteName(name)} AS ${quoteName(`${name}_l`)}`,
    `r.${quoteName(name)} AS ${quoteName(`${name}_r`)}`,
  ]);
  return `SELECT ${ids.join(', ')}, p.match_weight, 1 / (1 + 2 ** -p.match_weight) AS match_probability, p.match_key
    FROM ${pairs} p JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r
    ORDER BY p.match_weight DESC, p.rid_l, p.rid_r`;
}
