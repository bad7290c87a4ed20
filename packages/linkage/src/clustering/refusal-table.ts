import type { Engine } from '../engine/engine.ts';
import { quoteText } from '../expression/sql-text.ts';
import type { Refusal } from './agglomeration/agglomerate.ts';
import type { Constraints } from './constraints/constraints.ts';
import type { PairList } from './graph/pair-list.ts';
import type { NodeOrder } from './graph/read-graph.ts';
import { ridsOf, writeColumns } from './graph/write-columns.ts';

export interface Refusals {
  readonly refusals: readonly Refusal[];
  readonly pairs: PairList;
  readonly constraints: Constraints;
  readonly order: NodeOrder;
}

/** Writes the merges that constraints forbade, heaviest first; columns as told at `ClusterOptions.refusedInto`. */
export async function writeRefusals(
  engine: Engine,
  table: string,
  { refusals, pairs, constraints, order }: Refusals,
): Promise<void> {
  const column = (of: (refusal: Refusal) => number): Int32Array => Int32Array.from(refusals, of);
  const rids = (of: (refusal: Refusal) => number): Int32Array => ridsOf(column(of), order);
  const numbers = `${table}_numbers`;
  await writeColumns(engine, numbers, {
    rid_l: rids(({ pair }) => pairs.left[pair] as number),
    rid_r: rids(({ pair }) => pairs.right[pair] as number),
    mean_weight: Float64Array.from(refusals, ({ meanWeight }) => meanWeight),
    apart_l: rids(({ left }) => left),
    apart_r: rids(({ right }) => right),
    constraint_no: column(({ constraint }) => constraint),
  });
  const names = constraints.constraints.map(
    ({ kind, name }, index) => `(${index}, ${quoteText(kind)}, ${quoteText(name)})`,
  );
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS
    SELECT rid_l, rid_r, mean_weight, apart_l, apart_r, constraint_kind, constraint_name
    FROM ${numbers} JOIN (VALUES ${names.join(', ')}) v(constraint_no, constraint_kind, constraint_name)
      USING (constraint_no)
    ORDER BY mean_weight DESC, rid_l, rid_r, apart_l, apart_r;
    DROP TABLE ${numbers}`);
}
