import type { Engine } from '../engine/engine.ts';
import { interruptible } from '../engine/interruptible.ts';
import { agglomerate, boundsOf } from './agglomeration/agglomerate.ts';
import { countClusters } from './component-tables.ts';
import { noConstraints } from './constraints/constraints.ts';
import { mustLinkGroups, refuseConflicts } from './constraints/must-links.ts';
import { type ConstraintTables, readConstraints } from './constraints/read-constraints.ts';
import { connectedComponents } from './graph/components.ts';
import { canonicalPairs, type PairList } from './graph/pair-list.ts';
import { type NodeOrder, type NodesInput, readNodes, readPairs, readPlaces } from './graph/read-graph.ts';
import { allRids, labelsByRid, writeColumns } from './graph/write-columns.ts';
import { readSources } from './read-sources.ts';
import { writeRefusals } from './refusal-table.ts';
import { singleBestClusters, type TiesMethod } from './single-best.ts';
import { type Threshold, thresholdWeight } from './thresholds.ts';

export const CLUSTER_METHODS = ['average_linkage', 'components', 'single_best'] as const;
export type ClusterMethod = (typeof CLUSTER_METHODS)[number];

export interface ClusterOptions extends NodesInput {
  /** What follows FROM: `rid_l`, `rid_r` INTEGER, `match_weight` DOUBLE; a pair given twice counts its highest weight. */
  readonly pairs: string;
  readonly threshold: Threshold;
  /** `average_linkage` by default, the only one that looks at constraints. */
  readonly method?: ClusterMethod;
  /** Table to make: `rid`, `cluster` (its first rid), INTEGER, one row for each record. */
  readonly into: string;
  /** Weight of the pairs that are not listed, and the least that any counts; −15 by default. Average linkage only. */
  readonly floor?: number;
  /** Most that a pair counts; 20 by default, or the threshold when that is higher. Average linkage only. */
  readonly cap?: number;
  readonly constraints?: ConstraintTables;
  /**
   * Table to make of the merges that a constraint forbade: `rid_l`, `rid_r` (strongest scored pair of the two clusters),
   * `mean_weight`, `apart_l`, `apart_r` (records that must be apart), `constraint_kind`, `constraint_name`.
   * By default they are only counted.
   */
  readonly refusedInto?: string;
  /** Single best links: relation `rid`, `source` of the records of duplicate-free sources. */
  readonly duplicateFree?: string;
  /** Single best links: what becomes of equal weights; `lowest_id` by default. */
  readonly ties?: TiesMethod;
  /** Ends the statement that runs (see `interruptible`); between two of them it is looked at between steps. */
  readonly signal?: AbortSignal;
}

export interface ClusterSummary {
  readonly clusters: number;
  readonly records: number;
  /** Merges that a constraint forbade. */
  readonly refused: number;
}

/**
 * Clusters records by their scored pairs and writes `into`. Average linkage never puts together records that must be
 * apart, not even by a chain. Neither the order of rows nor the number of threads changes anything.
 * Throws a ConstraintConflictError when must-links contradict what must be apart, a GraphInputError for bad tables, and a
 * RangeError when the floor is not below the threshold.
 */
export async function clusterPairs(given: Engine, options: ClusterOptions): Promise<ClusterSummary> {
  const threshold = thresholdWeight(options.threshold);
  const { method = 'average_linkage', signal } = options;
  const engine = interruptible(given, signal);
  if (method !== 'average_linkage' && options.constraints !== undefined) {
    throw new TypeError(`${method} looks at no constraints: use average_linkage`);
  }
  const order = await readNodes(engine, options);
  const pairs = canonicalPairs(await readPairs(engine, options.pairs, order), order.count);
  let labels: Int32Array;
  let refused = 0;
  if (method === 'components') labels = connectedComponents(pairs, order.count, threshold);
  else if (method === 'single_best') {
    const sourceOf = await readSources(engine, options.duplicateFree, order);
    labels = singleBestClusters(pairs, { threshold, sourceOf, ties: options.ties ?? 'lowest_id' });
  } else {
    const found = await averageLinkage(engine, pairs, threshold, order, options);
    labels = found.labels;
    refused = found.refused;
  }
  await writeColumns(engine, options.into, {
    rid: allRids(order.count),
    cluster: labelsByRid(labels, order),
  });
  return { clusters: countClusters(labels), records: order.count, refused };
}

async function averageLinkage(
  engine: Engine,
  pairs: PairList,
  threshold: number,
  order: NodeOrder,
  options: ClusterOptions,
): Promise<{ readonly labels: Int32Array; readonly refused: number }> {
  const { constraints: tables } = options;
  const constraints =
    tables === undefined ? noConstraints(order.count) : await readConstraints(engine, tables, order);
  const mustLinkWins = tables?.mustLinkWins === true;
  const must =
    tables?.mustLink === undefined
      ? { left: new Int32Array(0), right: new Int32Array(0) }
      : await readPlaces(engine, `SELECT rid_l, rid_r FROM ${tables.mustLink}`, order);
  const groups = mustLinkGroups(must.left, must.right, order.count);
  refuseConflicts(groups, constraints, mustLinkWins, order.ridOf);
  const { labels, refusals } = agglomerate(pairs, {
    threshold,
    ...boundsOf(threshold, options),
    groups,
    constraints,
    unitedGroups: mustLinkWins,
  });
  if (options.refusedInto !== undefined) {
    await writeRefusals(engine, options.refusedInto, { refusals, pairs, constraints, order });
  }
  return { labels, refused: refusals.length };
}
