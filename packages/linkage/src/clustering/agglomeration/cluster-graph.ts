import { rootOf } from '../graph/union-find.ts';
import { LinkIndex } from './link-index.ts';
import { PairHeap } from './pair-heap.ts';

const LIVE = 0;
const DEAD = 1;
const NONE = -1;

/**
 * Clusters of one component and the evidence between them, in typed arrays that serve one component after the other.
 * Between two clusters there is one link: the sum over their scored pairs of (weight − floor), so that its mean over all
 * their pairs, unscored ones counting as the floor, is sum / (size · size).
 *
 * A mean never rises by merging: that of a union is a mean of the two before. A link whose mean is below the limit is
 * therefore dead until it meets a live one; only live links are in the heap, and only they are looked at again.
 */
export class ClusterGraph {
  readonly heap: PairHeap;
  readonly #limit: number;
  readonly #size: Int32Array;
  /** Smallest slot in the cluster: what ties are broken by. */
  readonly #smallest: Int32Array;
  readonly #parent: Int32Array;
  readonly #degree: Int32Array;
  /** First half-link of a cluster's live and dead links. */
  readonly #head: Int32Array;
  /** Half-link 2e and 2e + 1 are the ends of link e. */
  readonly #end: Int32Array;
  readonly #next: Int32Array;
  readonly #former: Int32Array;
  readonly #sum: Float64Array;
  readonly #kind: Uint8Array;
  readonly #refused: Uint8Array;
  /** Strongest scored pair of a link: its weight above the floor, and its number. */
  readonly #strongest: Float64Array;
  readonly #pair: Int32Array;
  readonly #index: LinkIndex;
  #links = 0;

  /** Room for the largest component; `limit` is the least mean above the floor at which clusters merge. */
  constructor(clusters: number, links: number, limit: number) {
    this.heap = new PairHeap(links);
    this.#limit = limit;
    this.#size = new Int32Array(clusters);
    this.#smallest = new Int32Array(clusters);
    this.#parent = new Int32Array(clusters);
    this.#degree = new Int32Array(clusters);
    this.#head = new Int32Array(2 * clusters);
    this.#end = new Int32Array(2 * links);
    this.#next = new Int32Array(2 * links);
    this.#former = new Int32Array(2 * links);
    this.#sum = new Float64Array(links);
    this.#kind = new Uint8Array(links);
    this.#refused = new Uint8Array(links);
    this.#strongest = new Float64Array(links);
    this.#pair = new Int32Array(links);
    this.#index = new LinkIndex(links, this.#end);
  }

  /** Begins a component of `clusters` clusters without records, and at most `links` links. */
  reset(clusters: number, links: number): void {
    this.#size.fill(0, 0, clusters);
    this.#degree.fill(0, 0, clusters);
    this.#head.fill(NONE, 0, 2 * clusters);
    for (let slot = 0; slot < clusters; slot++) {
      this.#smallest[slot] = slot;
      this.#parent[slot] = slot;
    }
    this.#index.reset(links);
    this.#links = 0;
  }

  /** A record more in a cluster. */
  addRecord(slot: number): void {
    this.#size[slot] = (this.#size[slot] as number) + 1;
  }

  /** Scored pair number `pair` between two clusters; `excess` is its weight above the floor, 0 or more. */
  addPair(a: number, b: number, excess: number, pair: number): void {
    const known = this.#index.find(a, b);
    if (known !== NONE) {
      this.#sum[known] = (this.#sum[known] as number) + excess;
      this.#keepStrongest(known, excess, pair);
      return;
    }
    const link = this.#links++;
    this.#sum[link] = excess;
    this.#strongest[link] = excess;
    this.#pair[link] = pair;
    this.#refused[link] = 0;
    this.#kind[link] = LIVE;
    this.#end[2 * link] = a;
    this.#end[2 * link + 1] = b;
    this.#attach(2 * link);
    this.#attach(2 * link + 1);
    this.#index.add(link);
  }

  /** Once all pairs are in: weighs every link. */
  weigh(): void {
    for (let link = 0; link < this.#links; link++) this.#refresh(link);
  }

  /** The two clusters of a link. */
  endsOf(link: number): readonly [number, number] {
    return [this.#end[2 * link] as number, this.#end[2 * link + 1] as number];
  }

  /** Number of the strongest scored pair of a link. */
  pairOf(link: number): number {
    return this.#pair[link] as number;
  }

  /** Cluster that a slot now belongs to. */
  find(slot: number): number {
    return rootOf(this.#parent, slot);
  }

  /** Smallest slot of a cluster. */
  smallestOf(cluster: number): number {
    return this.#smallest[cluster] as number;
  }

  /** The clusters of a link may never merge, nor what they become. */
  refuse(link: number): void {
    this.#refused[link] = 1;
    this.#bury(link);
  }

  /** Merges the two clusters of a link: the one with fewer links goes into the other, which is returned. */
  merge(link: number): { readonly into: number; readonly from: number } {
    const [a, b] = this.endsOf(link);
    const small = (this.#degree[a] as number) < (this.#degree[b] as number) ? a : b;
    const into = small === a ? b : a;
    this.#drop(link);
    this.#moveLinks(small, into);
    this.#parent[small] = into;
    this.#size[into] = (this.#size[into] as number) + (this.#size[small] as number);
    this.#smallest[into] = Math.min(this.#smallest[into] as number, this.#smallest[small] as number);
    let half = this.#head[2 * into + LIVE] as number;
    while (half !== NONE) {
      const next = this.#next[half] as number;
      this.#refresh(half >> 1);
      half = next;
    }
    return { into, from: small };
  }

  #moveLinks(from: number, into: number): void {
    for (const kind of [LIVE, DEAD]) {
      let half = this.#head[2 * from + kind] as number;
      while (half !== NONE) {
        const next = this.#next[half] as number;
        const twin = this.#index.find(into, this.#end[half ^ 1] as number);
        if (twin === NONE) this.#moveEnd(half, into);
        else this.#absorb(half >> 1, twin);
        half = next;
      }
    }
  }

  #moveEnd(half: number, into: number): void {
    this.#index.remove(half >> 1);
    this.#detach(half);
    this.#end[half] = into;
    this.#attach(half);
    this.#index.add(half >> 1);
  }

  #absorb(link: number, into: number): void {
    this.#sum[into] = (this.#sum[into] as number) + (this.#sum[link] as number);
    this.#keepStrongest(into, this.#strongest[link] as number, this.#pair[link] as number);
    if (this.#refused[link] === 1) this.#refused[into] = 1;
    if (this.#kind[link] === LIVE && this.#refused[into] === 0) this.#revive(into);
    if (this.#refused[into] === 1) this.#bury(into);
    this.#drop(link);
  }

  #drop(link: number): void {
    this.heap.remove(link);
    this.#index.remove(link);
    this.#detach(2 * link);
    this.#detach(2 * link + 1);
  }

  /** Gives a live link its place in the heap, or buries it when it can merge nothing any more. */
  #refresh(link: number): void {
    const [a, b] = this.endsOf(link);
    const mean = (this.#sum[link] as number) / ((this.#size[a] as number) * (this.#size[b] as number));
    if (mean < this.#limit) this.#bury(link);
    else this.heap.set(link, mean, this.#smallest[a] as number, this.#smallest[b] as number);
  }

  #bury(link: number): void {
    this.heap.remove(link);
    this.#changeKind(link, DEAD);
  }

  /** A dead link that took a live one in may be above the limit again. */
  #revive(link: number): void {
    this.#changeKind(link, LIVE);
  }

  #changeKind(link: number, kind: number): void {
    if (this.#kind[link] === kind) return;
    this.#detach(2 * link);
    this.#detach(2 * link + 1);
    this.#kind[link] = kind;
    this.#attach(2 * link);
    this.#attach(2 * link + 1);
  }

  #keepStrongest(link: number, excess: number, pair: number): void {
    const known = this.#strongest[link] as number;
    if (excess < known || (excess === known && pair > (this.#pair[link] as number))) return;
    this.#strongest[link] = excess;
    this.#pair[link] = pair;
  }

  #attach(half: number): void {
    const cluster = this.#end[half] as number;
    const list = 2 * cluster + (this.#kind[half >> 1] as number);
    const first = this.#head[list] as number;
    this.#next[half] = first;
    this.#former[half] = NONE;
    if (first !== NONE) this.#former[first] = half;
    this.#head[list] = half;
    this.#degree[cluster] = (this.#degree[cluster] as number) + 1;
  }

  #detach(half: number): void {
    const cluster = this.#end[half] as number;
    const [former, next] = [this.#former[half] as number, this.#next[half] as number];
    if (former === NONE) this.#head[2 * cluster + (this.#kind[half >> 1] as number)] = next;
    else this.#next[former] = next;
    if (next !== NONE) this.#former[next] = former;
    this.#degree[cluster] = (this.#degree[cluster] as number) - 1;
  }
}
