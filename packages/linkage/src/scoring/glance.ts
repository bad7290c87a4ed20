import { pairColumns } from '../blocking/candidate-pairs.ts';
import type { Model } from '../model/model.ts';
import type { LinkSession } from '../session.ts';
import { type GlanceBound, glanceBounds, highestSql, reachableSql } from './cascade.ts';
import { newSketch } from './sketch.ts';
import {
  LATE_NUMBER,
  namesOf,
  type SketchedRecords,
  type SketchGroup,
  sketchedRecords,
  sketchGroups,
} from './sketched-records.ts';
import { numberSql } from './weight-sql.ts';

/** Sketches of a session's records, and how pairs are told by them. */
export interface Glanced extends SketchedRecords {
  /** From a SELECT of pairs with these columns on both sides to one of `rid_l`, `rid_r`, `match_key` of those that may reach the threshold. */
  readonly likelySql: (pairs: string) => string;
}

/**
 * What tells most pairs to be out of reach of `threshold`. Where the texts of one comparison can wait, pairs are told by all others
 * first, as if it weighed most: few remain, and only of these are its numbers fetched, by the spelling of each record. Records then
 * carry less, and its levels, often the dearest to ask about, are asked about seldom.
 */
export async function glanceAt(
  session: LinkSession,
  model: Model,
  threshold: number,
  rarest: (column: string) => number,
): Promise<Glanced> {
  const sketch = newSketch(rarest);
  const plain = glanceBounds(model, sketch, rarest);
  const asked = highestSql(model, plain);
  const bounds = plain.map((bound) => ({ ...bound, sql: sketch.merged(bound.sql, asked) }));
  const whole = highestSql(model, bounds);
  const groups = await sketchGroups(session, model, sketch.parts(whole));
  const late = lateOf(bounds, groups);
  if (late === undefined) {
    const made = await sketchedRecords(session, groups);
    const likelySql = (pairs: string): string =>
      `SELECT rid_l, rid_r, match_key FROM (${pairs}) WHERE ${reachableSql(whole, threshold)}`;
    return { ...made, likelySql };
  }
  const { bound, group } = late;
  const made = await sketchedRecords(session, groups, group);
  const others = bounds.filter((one) => one !== bound);
  const early = highestSql(model, others);
  const waiting = bound.sql;
  const carried = namesOf(groups.filter((one) => one !== group).flatMap(({ parts }) => parts));
  const weights = carried.filter((name) => readsColumn(waiting, name));
  const sides = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => [`${name}_l`, `${name}_r`]);
  const kept = ['rid_l', 'rid_r', 'match_key', ...sides([LATE_NUMBER, ...weights])];
  const fetched = pairColumns(namesOf(group.parts));
  const likelySql = (pairs: string): string => `SELECT rid_l, rid_r, match_key FROM (
      SELECT ${['p.*', ...fetched].join(', ')} FROM (
        SELECT ${kept.join(', ')}, ${early} AS linkage_early FROM (${pairs})
        WHERE ${reachableSql(`${early} + ${numberSql(bound.most)}`, threshold)}) p
      LEFT JOIN ${made.lateTable} l ON l.${LATE_NUMBER} = p.${LATE_NUMBER}_l
      LEFT JOIN ${made.lateTable} r ON r.${LATE_NUMBER} = p.${LATE_NUMBER}_r)
    WHERE ${reachableSql(`linkage_early + ${waiting}`, threshold)}`;
  return { ...made, likelySql };
}

const readsColumn = (sql: string, name: string): boolean =>
  ['l', 'r'].some((side) => sql.includes(`${name}_${side}`));

/**
 * The comparison that can wait, with the texts that it alone looks at; of several that by which strangers lose least, for the others
 * tell more of them apart.
 */
function lateOf(
  bounds: readonly GlanceBound[],
  groups: readonly SketchGroup[],
): { readonly bound: GlanceBound; readonly group: SketchGroup } | undefined {
  const waiting = groups.flatMap((group) => {
    const [bound, ...others] = bounds.filter(({ sql }) =>
      namesOf(group.parts).some((name) => readsColumn(sql, name)),
    );
    return group.isShared && bound !== undefined && others.length === 0 ? [{ bound, group }] : [];
  });
  return waiting.sort((a, b) => b.bound.apart - a.bound.apart)[0];
}
