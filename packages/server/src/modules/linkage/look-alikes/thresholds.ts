import type { ClusterOptions } from '@raccroche/linkage';
import type { Thresholds } from './person-pairs.ts';

/**
 * From `upper` on, one person; from `lower`, for a person to decide. Fixed on synthetic regions before any campaign, where
 * 2 of 894 pairs from 12 on were wrong, and the band below held 82 right pairs for 24 wrong ones. See docs/adr/0005.
 */
export const LOOK_ALIKE_THRESHOLDS: Thresholds = { lower: 6, upper: 12 };

/** Pairs below this are not kept, nor carried; within a cluster they count as this. */
export const SCORED_FROM = 0;
/** Nothing a pair shows can outweigh more than this against it. */
const MOST_THAT_COUNTS = 30;

/** How persons of `linkage.person_pairs` are joined. */
export const CLUSTER_OPTIONS: ClusterOptions = {
  nodes: 'linkage.paired_persons',
  pairs: 'linkage.person_pairs',
  into: 'linkage.person_clusters',
  threshold: { weight: LOOK_ALIKE_THRESHOLDS.upper },
  floor: SCORED_FROM,
  cap: MOST_THAT_COUNTS,
  constraints: { traits: 'linkage.person_traits', cannotLink: 'linkage.person_clashes' },
};
