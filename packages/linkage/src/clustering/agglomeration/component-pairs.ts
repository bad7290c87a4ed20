import { countingOrder, type PairList, runStarts } from '../graph/pair-list.ts';
import { UnionFind } from '../graph/union-find.ts';

/** Records and pairs grouped by component: each component can then be solved by itself. */
export interface ComponentPairs {
  /** Number of components of two groups of records or more; only these are here. */
  readonly count: number;
  /** Places of component c, ascending: `places[placeStarts[c]]` to `places[placeStarts[c + 1] − 1]`. */
  readonly placeStarts: Int32Array;
  readonly places: Int32Array;
  /** Numbers of its pairs, ascending, likewise. */
  readonly pairStarts: Int32Array;
  readonly pairs: Int32Array;
}

/**
 * Components of the pairs that weigh `threshold` or more, records of one group (`groups`: for each place the smallest of
 * its group) being together. Weaker pairs are kept within a component, where they count against a merge; between
 * components they can decide nothing.
 */
export function componentPairs(pairs: PairList, groups: Int32Array, threshold: number): ComponentPairs {
  const sets = new UnionFind(groups.length);
  for (let place = 0; place < groups.length; place++) sets.union(groups[place] as number, place);
  const joined = new Uint8Array(groups.length);
  for (let pair = 0; pair < pairs.weight.length; pair++) {
    if ((pairs.weight[pair] as number) < threshold) continue;
    sets.union(pairs.left[pair] as number, pairs.right[pair] as number);
  }
  // Only where two groups meet is there anything to solve.
  for (let place = 0; place < groups.length; place++) {
    const root = sets.find(place);
    if (groups[place] !== root) joined[root] = 1;
  }
  const numbers = new Int32Array(groups.length).fill(-1);
  let count = 0;
  for (let place = 0; place < groups.length; place++) if (joined[place] === 1) numbers[place] = count++;
  const componentOf = new Int32Array(groups.length);
  for (let place = 0; place < groups.length; place++)
    componentOf[place] = numbers[sets.find(place)] as number;
  const pairComponents = pairs.left.map((left, pair) => {
    const component = componentOf[left] as number;
    return componentOf[pairs.right[pair] as number] === component ? component : -1;
  });
  const places = grouped(componentOf, count);
  const ofPairs = grouped(pairComponents, count);
  return {
    count,
    placeStarts: places.starts,
    places: places.items,
    pairStarts: ofPairs.starts,
    pairs: ofPairs.items,
  };
}

/** Indices by key, ascending within one; those of key −1 are left out. */
function grouped(
  keys: Int32Array,
  keyCount: number,
): { readonly starts: Int32Array; readonly items: Int32Array } {
  const items = new Int32Array(keys.length);
  let kept = 0;
  for (let index = 0; index < keys.length; index++) if (keys[index] !== -1) items[kept++] = index;
  const some = items.subarray(0, kept);
  const keysOfSome = some.map((index) => keys[index] as number);
  const order = countingOrder(keysOfSome, keyCount);
  return { starts: runStarts(keysOfSome, keyCount), items: order.map((index) => some[index] as number) };
}
