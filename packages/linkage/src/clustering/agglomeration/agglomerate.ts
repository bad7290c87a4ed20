import { ClusterHoldings } from '../constraints/cluster-holdings.ts';
import type { Constraints } from '../constraints/constraints.ts';
import type { PairList } from '../graph/pair-list.ts';
import { ClusterGraph } from './cluster-graph.ts';
import { type ComponentPairs, componentPairs } from './component-pairs.ts';

/** Weights are counted in whole units of 2^−20: their sums are exact, whatever the order they are made in. */
const UNITS = 2 ** 20;

export interface AgglomerationOptions {
  /** Least mean pair weight (log2, inclusive) at which two clusters merge. */
  readonly threshold: number;
  /** Weight of the pairs that are not in the list, and the least that any pair counts; below `threshold`. */
  readonly floor: number;
  /** Most that any pair counts, so that no absurd weight glues alone; `threshold` or more. */
  readonly cap: number;
  /** For each place the smallest of those it is together with from the start. */
  readonly groups: Int32Array;
  readonly constraints: Constraints;
  /** Each of the groups counts as one record that has all its values. */
  readonly unitedGroups: boolean;
}

const FLOOR = -15;
const CAP = 20;

/** Floor and cap as given, or as they are by default: −15, and 20 or the threshold when that is higher. */
export function boundsOf(
  threshold: number,
  { floor = FLOOR, cap = Math.max(CAP, threshold) }: { readonly floor?: number; readonly cap?: number },
): { readonly floor: number; readonly cap: number } {
  return { floor, cap };
}

/** A merge that the evidence asked for and a constraint forbade. Records are places. */
export interface Refusal {
  /** Number of the strongest scored pair between the two clusters. */
  readonly pair: number;
  /** Mean pair weight between the two clusters. */
  readonly meanWeight: number;
  readonly constraint: number;
  /** Two records, one of each cluster, that must be apart. */
  readonly left: number;
  readonly right: number;
}

export interface Agglomeration {
  /** For each place the smallest of its cluster. */
  readonly labels: Int32Array;
  readonly merges: number;
  readonly refusals: readonly Refusal[];
}

/**
 * Average-linkage agglomeration under constraints: again and again the two clusters with the highest mean pair weight
 * merge, while it reaches the threshold and nothing keeps them apart. Ties go to the smallest places. `pairs` must be
 * canonical (each once, smaller place left). About linear in the pairs: components are solved one at a time.
 * Source: greedy additive edge contraction (Keuper et al., ICCV 2015) on means, with cannot-links.
 */
export function agglomerate(pairs: PairList, options: AgglomerationOptions): Agglomeration {
  const { threshold, floor, cap, groups } = options;
  if (!(Number.isFinite(floor) && Number.isFinite(cap))) throw new RangeError('floor and cap must be finite');
  if (!(floor < threshold)) throw new RangeError('the floor must be below the threshold');
  if (!(cap >= threshold)) throw new RangeError('the cap must not be below the threshold');
  const excess = pairs.weight.map(
    (weight) => Math.round(Math.min(cap, Math.max(floor, weight)) * UNITS) - Math.round(floor * UNITS),
  );
  const limit = Math.round(threshold * UNITS) - Math.round(floor * UNITS);
  const counted: PairList = { ...pairs, weight: excess };
  const components = componentPairs(counted, groups, limit);
  const solver = new ComponentSolver(counted, limit, components, options);
  const labels = groups.slice();
  for (let component = 0; component < components.count; component++) {
    solver.solve(component, labels);
  }
  return { labels, merges: solver.merges, refusals: solver.refusals };
}

class ComponentSolver {
  merges = 0;
  readonly refusals: Refusal[] = [];
  /** Weights in units above the floor. */
  readonly #pairs: PairList;
  readonly #components: ComponentPairs;
  readonly #options: AgglomerationOptions;
  readonly #graph: ClusterGraph;
  readonly #holdings: ClusterHoldings;
  /** Cluster that a place of the component at hand began in; −1 for other places. */
  readonly #slotOf: Int32Array;
  readonly #firstOf: Int32Array;

  constructor(pairs: PairList, limit: number, components: ComponentPairs, options: AgglomerationOptions) {
    this.#pairs = pairs;
    this.#components = components;
    this.#options = options;
    const slots = longestRun(components.placeStarts);
    this.#graph = new ClusterGraph(slots, longestRun(components.pairStarts), limit);
    this.#slotOf = new Int32Array(options.groups.length).fill(-1);
    this.#firstOf = new Int32Array(slots);
    this.#holdings = new ClusterHoldings(options.constraints, (place) => {
      const slot = this.#slotOf[place] as number;
      return slot < 0 ? -1 : this.#graph.find(slot);
    });
  }

  solve(component: number, labels: Int32Array): void {
    const { placeStarts, places } = this.#components;
    const members = places.subarray(placeStarts[component], placeStarts[component + 1]);
    this.#begin(component, members);
    this.#mergeAll();
    for (const place of members) {
      const cluster = this.#graph.find(this.#slotOf[place] as number);
      labels[place] = this.#firstOf[this.#graph.smallestOf(cluster)] as number;
    }
    for (const place of members) this.#slotOf[place] = -1;
  }

  #begin(component: number, members: Int32Array): void {
    const { groups, unitedGroups } = this.#options;
    const { pairStarts, pairs } = this.#components;
    const ofComponent = pairs.subarray(pairStarts[component], pairStarts[component + 1]);
    let slots = 0;
    for (const place of members) {
      if (groups[place] === place) {
        this.#firstOf[slots] = place;
        this.#slotOf[place] = slots++;
      } else {
        this.#slotOf[place] = this.#slotOf[groups[place] as number] as number;
      }
    }
    this.#graph.reset(slots, ofComponent.length);
    this.#holdings.reset(slots);
    for (const place of members) {
      this.#graph.addRecord(this.#slotOf[place] as number);
      this.#holdings.addRecord(this.#slotOf[place] as number, place);
    }
    if (unitedGroups && slots < members.length) {
      for (let slot = 0; slot < slots; slot++) this.#holdings.unite(slot);
    }
    this.#addPairs(ofComponent);
    this.#graph.weigh();
  }

  #addPairs(ofComponent: Int32Array): void {
    const { left, right, weight } = this.#pairs;
    for (const pair of ofComponent) {
      const a = this.#slotOf[left[pair] as number] as number;
      const b = this.#slotOf[right[pair] as number] as number;
      if (a === b) continue;
      this.#graph.addPair(a, b, weight[pair] as number, pair);
    }
  }

  #mergeAll(): void {
    const graph = this.#graph;
    for (let link = graph.heap.top(); link >= 0; link = graph.heap.top()) {
      const [a, b] = graph.endsOf(link);
      const contradiction = this.#holdings.between(a, b);
      if (contradiction !== undefined) {
        const meanWeight = this.#options.floor + graph.heap.keyOf(link) / UNITS;
        this.refusals.push({ pair: graph.pairOf(link), meanWeight, ...contradiction });
        graph.refuse(link);
        continue;
      }
      const { into, from } = graph.merge(link);
      this.#holdings.join(into, from);
      this.merges++;
    }
  }
}

function longestRun(starts: Int32Array): number {
  let longest = 0;
  for (let run = 0; run + 1 < starts.length; run++) {
    longest = Math.max(longest, (starts[run + 1] as number) - (starts[run] as number));
  }
  return longest;
}
