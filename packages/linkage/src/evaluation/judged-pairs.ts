import type { NumberColumn } from '../engine/engine.ts';
import type { SqlRunner } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { judgedPairsSql, type Truth } from './truth.ts';

/** Judged pairs in columns, from the highest weight, with the entities that are drawn again by the bootstrap. */
export interface JudgedPairs {
  readonly weights: NumberColumn;
  /** 1 for a match, else 0. */
  readonly same: NumberColumn;
  /** Places of the entities of both records, from 0. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Matching pairs of each entity, scored or not. */
  readonly matchesOf: Float64Array;
}

/** Reads the judged pairs. With labels of pairs, an entity is what the labels that match join together. */
export async function readJudgedPairs(
  session: LinkSession,
  truth: Truth,
  pairs: string,
): Promise<JudgedPairs> {
  const { runner } = session;
  const [rows, matches] = [
    await readNumbers(
      runner,
      `SELECT match_weight, same::INTEGER AS same, rid_l, rid_r FROM (${judgedPairsSql(truth, pairs)})
       ORDER BY match_weight DESC, rid_l, rid_r`,
      ['match_weight', 'same', 'rid_l', 'rid_r'],
    ),
    await readMatches(runner, truth),
  ];
  const [weights = [], same = [], ridL = [], ridR = []] = rows;
  const entityOf = await readEntities(runner, truth, matches);
  const places = new Map<number, number>();
  const place = (rid: number): number => {
    const entity = entityOf(rid);
    const known = places.get(entity);
    if (known !== undefined) return known;
    places.set(entity, places.size);
    return places.size - 1;
  };
  const left = Int32Array.from(ridL, place);
  const right = Int32Array.from(ridR, place);
  const counted = matches.map(({ rid, pairs: count }) => ({ entity: place(rid), count }));
  const matchesOf = new Float64Array(places.size);
  for (const { entity, count } of counted) matchesOf[entity] = (matchesOf[entity] ?? 0) + count;
  return { weights: Float64Array.from(weights), same: Int32Array.from(same), left, right, matchesOf };
}

interface EntityMatches {
  readonly rid: number;
  readonly other: number;
  readonly pairs: number;
}

/** Matching pairs: one row for each entity, or for each label that matches. */
async function readMatches(runner: SqlRunner, truth: Truth): Promise<readonly EntityMatches[]> {
  const sql =
    truth.kind === 'pairs'
      ? `SELECT rid_l AS rid, rid_r AS other, 1 AS pairs FROM ${truth.labelled} WHERE same ORDER BY rid_l, rid_r`
      : `SELECT entity AS rid, entity AS other, (n * (n - 1) - within) / 2 AS pairs FROM (
           SELECT entity, sum(n)::DOUBLE AS n, ${truth.acrossSources ? 'sum(n * (n - 1))' : '0'}::DOUBLE AS within
           FROM (SELECT entity, source_no, count(*) AS n FROM ${truth.entities} GROUP BY entity, source_no) GROUP BY entity)
         WHERE pairs > 0 ORDER BY rid`;
  const rows = await runner.all(sql);
  return rows.map((row) => ({ rid: Number(row.rid), other: Number(row.other), pairs: Number(row.pairs) }));
}

async function readEntities(
  runner: SqlRunner,
  truth: Truth,
  matches: readonly EntityMatches[],
): Promise<(rid: number) => number> {
  if (truth.kind === 'clusters') {
    const [rids = [], entities = []] = await readNumbers(
      runner,
      `SELECT rid, entity FROM ${truth.entities}`,
      ['rid', 'entity'],
    );
    const entityOf = new Map(Array.from(rids, (rid, index) => [rid, entities[index] ?? rid]));
    return (rid) => entityOf.get(rid) ?? rid;
  }
  const parents = new Map<number, number>();
  const root = (rid: number): number => {
    let current = rid;
    for (;;) {
      const parent = parents.get(current);
      if (parent === undefined) return current;
      const above = parents.get(parent);
      if (above !== undefined) parents.set(current, above);
      current = parent;
    }
  };
  for (const { rid, other } of matches) {
    const [a, b] = [root(rid), root(other)];
    if (a !== b) parents.set(Math.max(a, b), Math.min(a, b));
  }
  return root;
}

/** Columns of numbers, by the fast way when the runner has one. */
async function readNumbers(
  runner: SqlRunner & { readColumns?: (sql: string) => Promise<readonly NumberColumn[]> },
  sql: string,
  columns: readonly string[],
): Promise<readonly (NumberColumn | readonly number[])[]> {
  if (runner.readColumns !== undefined) return runner.readColumns(sql);
  const rows = await runner.all(sql);
  return columns.map((name) => rows.map((row) => Number(row[name])));
}
