import { quoteName } from '../expression/sql-text.ts';
import type { BlockingRule, LinkType } from '../model/model.ts';

export interface CandidateRequest {
  readonly records: string;
  readonly linkType: LinkType;
  /** In order: a pair belongs to the first rule that finds it. None: every pair. */
  readonly rules: readonly BlockingRule[];
  /** Columns wanted of both records, as `x_l` and `x_r`. */
  readonly columns: readonly string[];
  /** Only pairs whose left record falls in this part of `of`: what bounds memory, and gives progress. */
  readonly chunk?: { readonly part: number; readonly of: number };
}

/**
 * SELECT of the pairs that the rules find, each once: `rid_l`, `rid_r`, `match_key` (number of its rule, from 0) and the
 * columns wanted. Nothing is materialised here: whoever scores them reads both records in the same join.
 */
export function candidatePairsSql(request: CandidateRequest): string {
  const { rules } = request;
  if (rules.length === 0) return pairsOf(request, 'true', [], 0);
  return rules
    .map((rule, index) => pairsOf(request, rule.sql, rules.slice(0, index), index))
    .join('\nUNION ALL\n');
}

function pairsOf(
  { records, linkType, columns, chunk }: CandidateRequest,
  condition: string,
  earlier: readonly BlockingRule[],
  matchKey: number,
): string {
  const selected = columns.flatMap((name) => [
    `l.${quoteName(name)} AS ${quoteName(`${name}_l`)}`,
    `r.${quoteName(name)} AS ${quoteName(`${name}_r`)}`,
  ]);
  const conditions = [`(${condition})`, 'l.rid < r.rid'];
  if (linkType === 'link_only') conditions.push('l.source_no <> r.source_no');
  if (chunk !== undefined) conditions.push(`l.rid % ${chunk.of} = ${chunk.part}`);
  // NULL in an earlier rule must not remove the pair.
  const found = earlier.map(({ sql }) => `coalesce((${sql}), false)`);
  const where = found.length === 0 ? '' : `\nWHERE NOT (${found.join(' OR ')})`;
  return `SELECT ${['l.rid AS rid_l', 'r.rid AS rid_r', `${matchKey}::UTINYINT AS match_key`, ...selected].join(', ')}
FROM ${records} l JOIN ${records} r ON ${conditions.join(' AND ')}${where}`;
}
