import type { Engine, NumberColumn } from '../../engine/engine.ts';
import { quoteName } from '../../expression/sql-text.ts';
import type { PairList } from './pair-list.ts';

/** Records to cluster. `nodes` is what follows FROM: it has `rid`, INTEGER, every number from 1 to their count once. */
export interface NodesInput {
  readonly nodes: string;
  /**
   * Column that orders the records, unique: ties are broken by it and the first record names its cluster, so that a
   * renumbering of the records changes nothing. By default `rid`, which the engine already gives in the order of ids.
   */
  readonly stableKey?: string;
}

/** Records in their order: place (from 0) and rid (from 1), each from the other. */
export interface NodeOrder {
  readonly count: number;
  readonly ridOf: Int32Array;
  /** By rid; index 0 is not used. */
  readonly placeOf: Int32Array;
}

/** The graph that is handed in contradicts its promises. */
export class GraphInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GraphInputError';
  }
}

/** Throws a GraphInputError when rids are not 1 to their count, each once. */
export async function readNodes(engine: Engine, { nodes, stableKey }: NodesInput): Promise<NodeOrder> {
  const order = stableKey === undefined ? 'rid' : `${quoteName(stableKey)}, rid`;
  const [column = new Int32Array(0)] = await engine.readColumns(`SELECT rid FROM ${nodes} ORDER BY ${order}`);
  const ridOf = integers(column, 'rid');
  const count = ridOf.length;
  const placeOf = new Int32Array(count + 1).fill(-1);
  for (let place = 0; place < count; place++) {
    const rid = ridOf[place] as number;
    if (rid < 1 || rid > count || placeOf[rid] !== -1) {
      throw new GraphInputError(`rid of ${nodes} must hold 1 to ${count}, each once`);
    }
    placeOf[rid] = place;
  }
  return { count, ridOf, placeOf };
}

/**
 * Pairs `rid_l`, `rid_r`, `match_weight` of a table, as places. Throws a GraphInputError for a rid that is no node, a
 * record paired with itself, or a pair without a weight.
 */
export async function readPairs(engine: Engine, pairs: string, { placeOf }: NodeOrder): Promise<PairList> {
  const [l, r, w] = await engine.readColumns(`SELECT rid_l, rid_r, match_weight FROM ${pairs}`);
  const left = places(integers(l ?? new Int32Array(0), 'rid_l'), placeOf, pairs);
  const right = places(integers(r ?? new Int32Array(0), 'rid_r'), placeOf, pairs);
  // A column without rows has no type of its own.
  const weight = left.length === 0 ? new Float64Array(0) : w;
  if (!(weight instanceof Float64Array)) {
    throw new GraphInputError(`match_weight of ${pairs} must be DOUBLE`);
  }
  for (let pair = 0; pair < weight.length; pair++) {
    if (left[pair] === right[pair]) throw new GraphInputError(`${pairs} pairs a record with itself`);
    if (Number.isNaN(weight[pair])) throw new GraphInputError(`${pairs} has a pair without match_weight`);
  }
  return { left, right, weight };
}

/** Rids of two columns as places. Throws as `readPairs` for a rid that is no node. */
export async function readPlaces(
  engine: Engine,
  sql: string,
  { placeOf }: NodeOrder,
): Promise<{ readonly left: Int32Array; readonly right: Int32Array }> {
  const [l, r] = await engine.readColumns(sql);
  return {
    left: places(integers(l ?? new Int32Array(0), 'rid_l'), placeOf, sql),
    right: places(integers(r ?? new Int32Array(0), 'rid_r'), placeOf, sql),
  };
}

/** The column, which must be INTEGER. */
export function integers(column: NumberColumn, name: string): Int32Array {
  if (column instanceof Int32Array) return column;
  throw new GraphInputError(`${name} must be INTEGER`);
}

function places(rids: Int32Array, placeOf: Int32Array, from: string): Int32Array {
  const found = new Int32Array(rids.length);
  for (let index = 0; index < rids.length; index++) {
    const rid = rids[index] as number;
    const place = rid > 0 ? placeOf[rid] : undefined;
    if (place === undefined) throw new GraphInputError(`a rid of ${from} is not among the nodes`);
    found[index] = place;
  }
  return found;
}
