import { agglomerate, boundsOf } from '../clustering/agglomeration/agglomerate.ts';
import { refuseConflicts } from '../clustering/constraints/must-links.ts';
import type { RecordConstraints } from '../clustering/constraints/record-constraints.ts';
import { connectedComponents, type Partitioner, type PartitionerSettings } from './partition.ts';

export interface AverageLinkageOptions extends RecordConstraints {
  /** Least mean pair weight (log2) at which two clusters merge; 0 by default. */
  readonly threshold?: number;
  /** Weight of pairs without an edge, and the least that any counts; −15 by default. Edges are kept from here on. */
  readonly floor?: number;
  /** Most that a pair counts; 20 by default, or the threshold when that is higher. */
  readonly cap?: number;
}

/**
 * The clusters of `clusterPairs`, for an index: average linkage under constraints and decisions. What people decided
 * outweighs what records hold. Its `partition` throws ConstraintConflictError when decisions contradict each other.
 */
export function averageLinkage(options: AverageLinkageOptions = {}): Partitioner {
  const { threshold = 0, traits = [], exclusive = [] } = options;
  const { floor, cap } = boundsOf(threshold, options);
  const parts = [`average_linkage>=${threshold}`, `floor ${floor}`, `cap ${cap}`];
  if (traits.length > 0) parts.push(`apart by ${traits.toSorted().join(', ')}`);
  if (exclusive.length > 0) parts.push(`one of ${exclusive.toSorted().join(', ')}`);
  return {
    name: parts.join('; '),
    settings: { method: 'average_linkage', threshold, floor, cap, traits, exclusive },
    joinFrom: threshold,
    keepFrom: floor,
    constraints: { traits, exclusive },
    partition(graph) {
      const { groups, constraints, rids } = graph;
      refuseConflicts(groups, constraints, true, rids);
      return agglomerate(graph, { threshold, floor, cap, groups, constraints, unitedGroups: true }).labels;
    },
  };
}

/** The partitioner that was made with these settings. */
export function partitionerOf(settings: PartitionerSettings): Partitioner {
  return settings.method === 'components'
    ? connectedComponents(settings.threshold)
    : averageLinkage(settings);
}
