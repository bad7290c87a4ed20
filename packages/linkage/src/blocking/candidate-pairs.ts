import { quoteName } from '../expression/sql-text.ts';
import type { BlockingRule, LinkType } from '../model/model.ts';
import { explodedSql } from './exploded.ts';

/** A rule, and what is known of the pairs that it does not find. */
export interface JoinedRule extends BlockingRule {
  /** Condition, never NULL, of the pairs that the rule does not find, cheaper than its negation. */
  readonly missed?: string;
}

export interface CandidateRequest {
  readonly records: string;
  readonly linkType: LinkType;
  /** In order: a pair belongs to the first rule that finds it. None: every pair. */
  readonly rules: readonly JoinedRule[];
  /** Columns wanted of both records, as `x_l` and `x_r`. */
  readonly columns: readonly string[];
  /** Only pairs whose left record falls in this part of `of`: what bounds memory, and gives progress. */
  readonly chunk?: { readonly part: number; readonly of: number };
  /** Only pairs that satisfy this, over `l` and `r`: a sample of left records, or those of few records. */
  readonly only?: string;
}

/**
 * SELECT of the pairs that the rules find, each once: `rid_l`, `rid_r`, `match_key` (number of its rule, from 0) and the
 * columns wanted. Nothing is materialised here. Carrying a few narrow columns through the join is faster than joining them
 * back by number (`bench/linkage-joins.ts`); whole records are dearer to carry, once a rule and side: see `comparePairs`.
 * Each rule is a hash join by its equalities; one without any is a loop over all pairs: see `analyseRule`.
 */
export function candidatePairsSql(request: CandidateRequest): string {
  return candidatePartsSql(request).join('\nUNION ALL\n');
}

/** The same in several SELECTs, to run one after the other: all at once, the engine would hold the records once for each rule. */
export function candidatePartsSql(request: CandidateRequest): readonly string[] {
  const { rules } = request;
  if (rules.length === 0) return [plainPairs(request, 'true', [], 0)];
  if (rules.some(isExploding)) return [pairsWithExploding(request)];
  return rules.map((rule, index) => plainPairs(request, rule.sql, rules.slice(0, index), index));
}

function isExploding({ explode = [] }: BlockingRule): boolean {
  return explode.length > 0;
}

function plainPairs(
  request: CandidateRequest,
  condition: string,
  earlier: readonly JoinedRule[],
  matchKey: number,
): string {
  const { records, columns } = request;
  // NULL in an earlier rule must not remove the pair.
  const missed = earlier.map((rule) => rule.missed ?? `NOT coalesce((${rule.sql}), false)`);
  const where = missed.length === 0 ? '' : `\nWHERE ${missed.join(' AND ')}`;
  return `SELECT ${[...numbers(matchKey), ...pairColumns(columns)].join(', ')}
FROM ${records} l JOIN ${records} r ON ${joinedOn(request, condition)}${where}`;
}

function numbers(matchKey: number): readonly string[] {
  return ['l.rid AS rid_l', 'r.rid AS rid_r', `${matchKey}::UTINYINT AS match_key`];
}

/** SELECT list of these columns of both records, `l` and `r`, as `x_l` and `x_r`. */
export function pairColumns(columns: readonly string[]): readonly string[] {
  return columns.flatMap((name) => [
    `l.${quoteName(name)} AS ${quoteName(`${name}_l`)}`,
    `r.${quoteName(name)} AS ${quoteName(`${name}_r`)}`,
  ]);
}

function joinedOn({ linkType, chunk, only }: CandidateRequest, condition: string): string {
  const conditions = [`(${condition})`, 'l.rid < r.rid'];
  if (linkType === 'link_only') conditions.push('l.source_no <> r.source_no');
  if (chunk !== undefined) conditions.push(`l.rid % ${chunk.of} = ${chunk.part}`);
  // Here, not around the whole: the engine then reads fewer records, rather than dropping pairs that it has joined.
  if (only !== undefined) conditions.push(`(${only})`);
  return conditions.join(' AND ');
}

/**
 * A pair of lists may share several elements, and a later rule cannot see in one row whether an earlier one found the
 * pair through others: numbers of the pairs are gathered first, each once with its first rule, then the records joined.
 */
function pairsWithExploding(request: CandidateRequest): string {
  const { records, rules, columns } = request;
  const narrow = { ...request, columns: [] };
  const found = rules.map((rule, index) =>
    isExploding(rule)
      ? explodedPairs(narrow, rule, index)
      : plainPairs(
          narrow,
          rule.sql,
          rules.slice(0, index).filter((earlier) => !isExploding(earlier)),
          index,
        ),
  );
  const once = `SELECT rid_l, rid_r, min(match_key) AS match_key FROM (
${found.join('\nUNION ALL\n')})
GROUP BY rid_l, rid_r`;
  if (columns.length === 0) return once;
  return `SELECT ${['p.rid_l', 'p.rid_r', 'p.match_key', ...pairColumns(columns)].join(', ')} FROM (${once}) p
JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r`;
}

function explodedPairs(request: CandidateRequest, rule: BlockingRule, matchKey: number): string {
  const relation = explodedSql(request.records, rule.explode);
  return `SELECT DISTINCT ${numbers(matchKey).join(', ')}
FROM ${relation} l JOIN ${relation} r ON ${joinedOn(request, rule.sql)}`;
}
