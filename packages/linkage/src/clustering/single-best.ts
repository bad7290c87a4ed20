import type { PairList } from './graph/pair-list.ts';
import { UnionFind } from './graph/union-find.ts';

export const TIES_METHODS = ['lowest_id', 'drop'] as const;
export type TiesMethod = (typeof TIES_METHODS)[number];

export interface SingleBestOptions {
  readonly threshold: number;
  /** By place: number of the duplicate-free source that a record comes from, from 0; −1 for any other source. */
  readonly sourceOf: Int32Array;
  readonly ties: TiesMethod;
}

/**
 * Single best links: two clusters merge when each is the best that the other may merge with; no cluster holds two
 * records of a duplicate-free source. `drop` first takes out the links of a record to several records of one
 * duplicate-free source at equal weight. Returns for each place the smallest of its cluster. `pairs` must be canonical.
 *
 * Links of mutually best clusters, round after round, are the links that a pass from the heaviest to the lightest makes:
 * nothing heavier is left for either cluster when its turn comes. Source: Splink 4, cluster_using_single_best_links;
 * whole clusters merge here, and equal weights are taken in the order of places.
 */
export function singleBestClusters(pairs: PairList, options: SingleBestOptions): Int32Array {
  const { threshold, sourceOf, ties } = options;
  const order = fallingOrder(pairs, threshold);
  const dropped = ties === 'drop' ? tiedPairs(pairs, order, sourceOf) : new Uint8Array(pairs.weight.length);
  const clusters = new UnionFind(sourceOf.length);
  const sources = new SourceSets(sourceOf);
  for (const pair of order) {
    if (dropped[pair] === 1) continue;
    const a = clusters.find(pairs.left[pair] as number);
    const b = clusters.find(pairs.right[pair] as number);
    if (a === b || sources.meet(a, b)) continue;
    clusters.union(a, b);
    sources.join(Math.min(a, b), Math.max(a, b));
  }
  return clusters.labels();
}

/** Numbers of the pairs that reach the threshold, heaviest first, then in the order of the list. */
export function fallingOrder({ weight }: PairList, threshold: number): Int32Array {
  const reached = new Int32Array(weight.length);
  let kept = 0;
  for (let pair = 0; pair < weight.length; pair++) {
    if ((weight[pair] as number) >= threshold) reached[kept++] = pair;
  }
  return reached.subarray(0, kept).sort((a, b) => {
    const [x, y] = [weight[a] as number, weight[b] as number];
    return x === y ? a - b : y > x ? 1 : -1;
  });
}

/** 1 for the pairs of a record with several records of one duplicate-free source at equal weight. */
function tiedPairs(pairs: PairList, order: Int32Array, sourceOf: Int32Array): Uint8Array {
  const tied = new Uint8Array(pairs.weight.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    const weight = pairs.weight[order[start] as number];
    /** First pair of a record with a source, at this weight. */
    const first = new Map<string, number>();
    while (end < order.length && pairs.weight[order[end] as number] === weight) {
      const pair = order[end++] as number;
      const [left, right] = [pairs.left[pair] as number, pairs.right[pair] as number];
      for (const [record, neighbour] of [
        [left, right],
        [right, left],
      ] as const) {
        const source = sourceOf[neighbour] as number;
        if (source < 0) continue;
        const key = `${record}:${source}`;
        const known = first.get(key);
        if (known === undefined) first.set(key, pair);
        else {
          tied[known] = 1;
          tied[pair] = 1;
        }
      }
    }
  }
  return tied;
}

/** Duplicate-free sources of each cluster, as bits. */
class SourceSets {
  readonly #words: number;
  readonly #bits: Int32Array;

  constructor(sourceOf: Int32Array) {
    const sources = sourceOf.reduce((most, source) => Math.max(most, source + 1), 0);
    this.#words = Math.ceil(sources / 32);
    this.#bits = new Int32Array(this.#words * sourceOf.length);
    for (let place = 0; place < sourceOf.length; place++) {
      const source = sourceOf[place] as number;
      if (source >= 0) this.#bits[place * this.#words + (source >> 5)] = 1 << (source & 31);
    }
  }

  meet(a: number, b: number): boolean {
    for (let word = 0; word < this.#words; word++) {
      const both =
        (this.#bits[a * this.#words + word] as number) & (this.#bits[b * this.#words + word] as number);
      if (both !== 0) return true;
    }
    return false;
  }

  join(into: number, from: number): void {
    for (let word = 0; word < this.#words; word++) {
      const at = into * this.#words + word;
      this.#bits[at] = (this.#bits[at] as number) | (this.#bits[from * this.#words + word] as number);
    }
  }
}
