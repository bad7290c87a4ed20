import type { Engine, NumberColumn } from '../../engine/engine.ts';
import { plainTableName, quoteName } from '../../expression/sql-text.ts';
import type { NodeOrder } from './read-graph.ts';

/** Makes a table of numbers afresh: columns by name, in order; integers become INTEGER, the others DOUBLE. */
export async function writeColumns(
  engine: Engine,
  table: string,
  columns: Readonly<Record<string, NumberColumn>>,
): Promise<void> {
  const types = Object.entries(columns).map(
    ([name, values]) => `${quoteName(name)} ${values instanceof Int32Array ? 'INTEGER' : 'DOUBLE'}`,
  );
  await engine.run(`CREATE OR REPLACE TABLE ${plainTableName(table)} (${types.join(', ')})`);
  await engine.appendColumns(table, Object.values(columns));
}

/** Rids of places. */
export function ridsOf(places: Int32Array, { ridOf }: NodeOrder): Int32Array {
  return places.map((place) => ridOf[place] as number);
}

/**
 * For each rid from 1 the rid that names its group, from the labels by place: both columns in ascending order of rid.
 */
export function labelsByRid(labels: Int32Array, { count, ridOf, placeOf }: NodeOrder): Int32Array {
  const byRid = new Int32Array(count);
  for (let rid = 1; rid <= count; rid++) {
    byRid[rid - 1] = ridOf[labels[placeOf[rid] as number] as number] as number;
  }
  return byRid;
}

/** 1 to `count`. */
export function allRids(count: number): Int32Array {
  const rids = new Int32Array(count);
  for (let index = 0; index < count; index++) rids[index] = index + 1;
  return rids;
}
