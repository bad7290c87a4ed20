import { fMeasure, type PairCounts } from './measures.ts';

/** Precision, recall and F1, each from 0 to 1. */
export interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Pairs that are linked or ought to be. */
export type LinkCounts = Omit<PairCounts, 'trueNegatives'>;

export interface ClusterAgreement {
  /** Over pairs of records: a pair in one cluster is a link. */
  readonly pairwise: Agreement & LinkCounts;
  /** Over records (Bagga and Baldwin 1998): each is judged by those it is together with, itself included. */
  readonly bCubed: Agreement;
  readonly entities: number;
  readonly clusters: number;
  /** Entities found whole and alone: one cluster is exactly it. */
  readonly exact: number;
  /** The same among entities of two records or more. */
  readonly severalEntities: number;
  readonly severalExact: number;
}

/** Records of one cluster and one entity: `both` of them, in a cluster of `cluster` and an entity of `entity` records. */
export interface Overlap {
  readonly both: number;
  readonly cluster: number;
  readonly entity: number;
  /** How many such overlaps there are. */
  readonly times: number;
}

/**
 * Clusters held against entities, from the overlaps of the two alone: pairs are counted by n(n − 1)/2, never one by one.
 * Every record must be in one cluster and one entity.
 */
export function agreementOfOverlaps(overlaps: readonly Overlap[]): ClusterAgreement {
  const pairsOf = (of: 'both' | 'cluster' | 'entity'): number =>
    sum(overlaps.map((overlap) => overlap.times * overlap.both * (overlap[of] - 1))) / 2;
  const together = pairsOf('both');
  const counts = {
    truePositives: together,
    falsePositives: pairsOf('cluster') - together,
    falseNegatives: pairsOf('entity') - together,
  };
  const exact = overlaps.filter(({ both, cluster, entity }) => both === cluster && both === entity);
  return {
    pairwise: { ...counts, ...agreementOfPairs(counts) },
    bCubed: bCubed(overlaps),
    entities: countWhole(overlaps, 'entity'),
    clusters: countWhole(overlaps, 'cluster'),
    exact: sum(exact.map(({ times }) => times)),
    severalEntities: countWhole(
      overlaps.filter(({ entity }) => entity > 1),
      'entity',
    ),
    severalExact: sum(exact.filter(({ both }) => both > 1).map(({ times }) => times)),
  };
}

export function agreementOfPairs(counts: LinkCounts): Agreement {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = counts;
  return {
    precision: tp + fp === 0 ? 1 : tp / (tp + fp),
    recall: tp + fn === 0 ? 1 : tp / (tp + fn),
    f1: fMeasure(counts, 1),
  };
}

/** Clusters (or entities) that the overlaps are of: by size, records over size; whole numbers, so that no rounding adds up. */
function countWhole(overlaps: readonly Overlap[], of: 'cluster' | 'entity'): number {
  const records = new Map<number, number>();
  for (const overlap of overlaps)
    records.set(overlap[of], (records.get(overlap[of]) ?? 0) + overlap.times * overlap.both);
  return sum([...records].map(([size, count]) => count / size));
}

function bCubed(overlaps: readonly Overlap[]): Agreement {
  const records = sum(overlaps.map(({ both, times }) => both * times));
  if (records === 0) return { precision: 1, recall: 1, f1: 1 };
  const mean = (of: 'cluster' | 'entity'): number =>
    sum(overlaps.map((overlap) => (overlap.times * overlap.both * overlap.both) / overlap[of])) / records;
  const [precision, recall] = [mean('cluster'), mean('entity')];
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
