import { expressionSql } from '../expression/compile.ts';
import type { Row } from '../expression/expression.ts';
import { literal } from '../expression/expression.ts';
import { quoteName } from '../expression/sql-text.ts';
import { readCount } from '../runner.ts';
import { beforeSql, type IndexTables } from './index-format.ts';
import type { LinkIndex } from './open-index.ts';
import type { PreparedQuery, QueryKeys } from './query-plan.ts';
import type { Side } from './rule-keys.ts';
import { twinValue } from './twin-safety.ts';

/** A rule's block held more records than are looked at: the result may miss some that only this rule finds. */
export interface LargeBlockNotice {
  readonly code: 'block_too_large';
  /** Number of the rule in the model, from 0, and its text. */
  readonly rule: number;
  readonly sql: string;
  /** Records in the block, and how many of them were looked at. */
  readonly size: number;
  readonly lookedAt: number;
}

/** Rules that found a record, with the side that the record looked up stood on. */
export type Hits = readonly { readonly rule: number; readonly side: Side }[];

export interface Candidates {
  readonly hits: ReadonlyMap<number, Hits>;
  readonly notices: readonly LargeBlockNotice[];
}

/** A record of the index beside the one looked up. */
export interface Candidate {
  readonly rid: number;
  readonly row: Row;
  readonly sourceNo: number;
  /** The record looked up comes before this one: it is the left of the pair. */
  readonly queryFirst: boolean;
  /** It is the record looked up itself. */
  readonly itself: boolean;
  readonly hits: Hits;
}

/**
 * Numbers of the records that share a key with the one looked up, at most `maxBlock` for each key, those that came first
 * into the index. Measured on 3 M records and 5 rules: sorted tables pruned by their zone maps take 2 ms at the median
 * and need nothing in memory; an index structure (ART) on the key is 4 times slower; arrays in memory take 0.01 ms, but
 * 180 MB and a load at each opening, and fetching the records dominates.
 */
export async function findCandidates(
  { engine, tables, rules }: LinkIndex,
  query: PreparedQuery,
  maxBlock: number,
): Promise<Candidates> {
  const asked = query.keys.flatMap((one) => one.keys.map((key) => ({ ...one, key })));
  if (asked.length === 0) return { hits: new Map(), notices: [] };
  const parts = asked.map(
    (one, place) =>
      `(SELECT ${place} AS place, rid FROM ${lookedUp(tables, rules[one.rule]?.symmetric, one)} WHERE key = ${one.key} LIMIT ${maxBlock + 1})`,
  );
  const rows = await engine.all(parts.join(' UNION ALL '));
  const hits = new Map<number, { rule: number; side: Side }[]>();
  const sizes = asked.map(() => 0);
  for (const row of rows) {
    const place = Number(row.place);
    const size = (sizes[place] ?? 0) + 1;
    sizes[place] = size;
    const one = asked[place];
    if (one === undefined || size > maxBlock) continue;
    const found = hits.get(Number(row.rid));
    if (found === undefined) hits.set(Number(row.rid), [{ rule: one.rule, side: one.side }]);
    else found.push({ rule: one.rule, side: one.side });
  }
  const notices: LargeBlockNotice[] = [];
  for (const [place, one] of asked.entries()) {
    if ((sizes[place] ?? 0) <= maxBlock) continue;
    const table = lookedUp(tables, rules[one.rule]?.symmetric, one);
    const size = await readCount(engine, `SELECT count(*) AS n FROM ${table} WHERE key = ${one.key}`);
    notices.push({
      code: 'block_too_large',
      rule: one.rule,
      sql: rules[one.rule]?.sql ?? '',
      size,
      lookedAt: maxBlock,
    });
  }
  return { hits, notices };
}

/** The record looked up stands on one side: the other side's keys are asked. */
function lookedUp(tables: IndexTables, symmetric: boolean | undefined, { rule, side }: QueryKeys): string {
  return tables.keys(rule, symmetric === true || side === 'right' ? 'left' : 'right');
}

/** Reads records of the index by their numbers, in that order. */
export async function fetchCandidates(
  { engine, tables, manifest }: LinkIndex,
  query: Row,
  sourceNo: number | undefined,
  hits: ReadonlyMap<number, Hits>,
): Promise<readonly Candidate[]> {
  if (hits.size === 0) return [];
  const { model, columns } = manifest;
  const id = quoteName(model.idColumn);
  const type = columns.find(({ name }) => name === model.idColumn)?.type ?? 'VARCHAR';
  const known = sourceNo !== undefined && query[model.idColumn] !== null;
  const self = `(SELECT ${[
    `CAST(${expressionSql(literal(query[model.idColumn] ?? null))} AS ${type}) AS ${id}`,
    `${sourceNo ?? 'NULL'}::INTEGER AS source_no`,
    `${expressionSql(literal(manifest.sources[sourceNo ?? -1] ?? null))} AS ${quoteName(model.sourceColumn)}`,
  ].join(', ')})`;
  const order = known
    ? `coalesce(${beforeSql(manifest, 'q', 'c')}, false) AS _query_first, (q.source_no = c.source_no AND q.${id} = c.${id}) AS _itself`
    : 'false AS _query_first, false AS _itself';
  const rids = [...hits.keys()].sort((a, b) => a - b);
  const rows = await engine.all(
    `SELECT ${known ? 'c.*, ' : '*, '}${order} FROM ${tables.records} c${known ? `, ${self} q` : ''} WHERE c.rid IN (${rids.join(', ')})`,
  );
  return rows.map((found) => {
    const row: Record<string, Row[string]> = {};
    for (const { name, type: columnType } of columns) row[name] = twinValue(found[name], columnType);
    const rid = Number(found.rid);
    return {
      rid,
      row,
      sourceNo: Number(found.source_no),
      queryFirst: found._query_first === true,
      itself: found._itself === true,
      hits: hits.get(rid) ?? [],
    };
  });
}
