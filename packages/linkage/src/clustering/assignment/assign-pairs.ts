import type { Engine } from '../../engine/engine.ts';
import { sortedPairs } from '../graph/pair-list.ts';
import { type NodesInput, readNodes, readPairs } from '../graph/read-graph.ts';
import { ridsOf, writeColumns } from '../graph/write-columns.ts';
import { type OutcomeThresholds, outcomeWeights, type Threshold, thresholdWeight } from '../thresholds.ts';
import { bestRights } from './many-to-one.ts';
import { type AssignmentMethod, exactAssignment, greedyAssignment } from './one-to-one.ts';

interface AssignmentInput extends NodesInput {
  /** What follows FROM: `rid_l` of the left records, `rid_r` of the right ones, `match_weight`; sides are kept. */
  readonly pairs: string;
  /** Table to make. */
  readonly into: string;
}

export interface OneToOneOptions extends AssignmentInput {
  readonly threshold: Threshold;
  /** `greedy` by default: heaviest pairs first; `exact`: the greatest sum of weights above the threshold. */
  readonly method?: AssignmentMethod;
  /** Exact: largest smaller side of a component that is solved exactly; 300 by default. */
  readonly largestComponent?: number;
}

export interface OneToOneSummary {
  readonly links: number;
  /** Sum of the weights. */
  readonly totalWeight: number;
  /** Components that were too large for `exact`. */
  readonly greedyComponents: number;
}

const LARGEST_COMPONENT = 300;

/** One-to-one links, as a table `rid_l`, `rid_r`, `match_weight`, in ascending order. */
export async function assignOneToOne(engine: Engine, options: OneToOneOptions): Promise<OneToOneSummary> {
  const threshold = thresholdWeight(options.threshold);
  const order = await readNodes(engine, options);
  const { count } = order;
  const pairs = sortedPairs(await readPairs(engine, options.pairs, order), count, count);
  const { chosen, greedyComponents } =
    options.method === 'exact'
      ? exactAssignment(pairs, count, count, threshold, options.largestComponent ?? LARGEST_COMPONENT)
      : { chosen: greedyAssignment(pairs, count, count, threshold), greedyComponents: 0 };
  const weight = Float64Array.from(chosen, (pair) => pairs.weight[pair] as number);
  await writeColumns(engine, options.into, {
    rid_l: ridsOf(
      chosen.map((pair) => pairs.left[pair] as number),
      order,
    ),
    rid_r: ridsOf(
      chosen.map((pair) => pairs.right[pair] as number),
      order,
    ),
    match_weight: weight,
  });
  return { links: chosen.length, totalWeight: weight.reduce((sum, each) => sum + each, 0), greedyComponents };
}

export interface ManyToOneOptions extends AssignmentInput {
  readonly thresholds: OutcomeThresholds;
  /** How much heavier than the second best a right record must be to be `same`; below, `review`. 0 or more, log2. */
  readonly margin: number;
}

/**
 * The best right record of each left record that reaches the lower threshold, as a table: `rid_l`, `rid_r`,
 * `match_weight`, `second_rid` and `margin` (NULL when there is no second), `outcome` (`same` or `review`).
 * Of equal weights the right record that comes first is taken, and is under review.
 */
export async function assignManyToOne(
  engine: Engine,
  options: ManyToOneOptions,
): Promise<{ readonly same: number; readonly review: number }> {
  const { upper, lower } = outcomeWeights(options.thresholds);
  if (!(options.margin >= 0)) throw new RangeError('the margin must be 0 or more');
  const order = await readNodes(engine, options);
  const pairs = sortedPairs(await readPairs(engine, options.pairs, order), order.count, order.count);
  const best = bestRights(pairs, order.count, lower);
  const same = best.chosen.map((pair, index) => {
    // A margin of 0 still tells a winner from a tie.
    const margin = best.margin[index] as number;
    const clear = Number.isNaN(margin) || (margin > 0 && margin >= options.margin);
    return clear && (pairs.weight[pair] as number) >= upper ? 1 : 0;
  });
  const numbers = `${options.into}_numbers`;
  await writeColumns(engine, numbers, {
    rid_l: ridsOf(
      best.chosen.map((pair) => pairs.left[pair] as number),
      order,
    ),
    rid_r: ridsOf(
      best.chosen.map((pair) => pairs.right[pair] as number),
      order,
    ),
    match_weight: Float64Array.from(best.chosen, (pair) => pairs.weight[pair] as number),
    second_rid: best.second.map((place) => (place < 0 ? 0 : (order.ridOf[place] as number))),
    margin: best.margin,
    same,
  });
  await engine.run(`CREATE OR REPLACE TABLE ${options.into} AS
    SELECT rid_l, rid_r, match_weight, nullif(second_rid, 0) AS second_rid,
      CASE WHEN second_rid > 0 THEN margin END AS margin, CASE same WHEN 1 THEN 'same' ELSE 'review' END AS outcome
    FROM ${numbers} ORDER BY rid_l;
    DROP TABLE ${numbers}`);
  const certain = same.reduce((sum, each) => sum + each, 0);
  return { same: certain, review: same.length - certain };
}
