import type { Engine } from '../engine/engine.ts';
import { GraphInputError, integers, type NodeOrder } from './graph/read-graph.ts';

/**
 * By place, the number (from 0, in the order of names) of the source of a record; −1 for records that `relation` (`rid`,
 * `source`) does not name. Throws a GraphInputError for a rid that is no node.
 */
export async function readSources(
  engine: Engine,
  relation: string | undefined,
  { count, placeOf }: NodeOrder,
): Promise<Int32Array> {
  const sourceOf = new Int32Array(count).fill(-1);
  if (relation === undefined) return sourceOf;
  const none = new Int32Array(0);
  const [rids = none, sources = none] = await engine.readColumns(
    `SELECT rid, (dense_rank() OVER (ORDER BY source::VARCHAR) - 1)::INTEGER AS source_no FROM ${relation}
     WHERE source IS NOT NULL ORDER BY rid`,
  );
  for (const [row, rid] of integers(rids, 'rid').entries()) {
    const place = rid > 0 ? placeOf[rid] : undefined;
    if (place === undefined) throw new GraphInputError(`a rid of ${relation} is not among the nodes`);
    sourceOf[place] = sources[row] as number;
  }
  return sourceOf;
}
