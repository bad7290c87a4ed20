/** Root of a place in a forest of parents, whose paths are halved on the way. */
export function rootOf(parent: Int32Array, place: number): number {
  let at = place;
  for (;;) {
    const up = parent[at] as number;
    if (up === at) return at;
    const above = parent[up] as number;
    parent[at] = above;
    at = above;
  }
}

/** Disjoint sets of places 0 to `count` − 1. The root of a set is its smallest place. */
export class UnionFind {
  readonly #parent: Int32Array;

  constructor(count: number) {
    this.#parent = new Int32Array(count);
    for (let place = 0; place < count; place++) this.#parent[place] = place;
  }

  /** Smallest place of the set. */
  find(place: number): number {
    return rootOf(this.#parent, place);
  }

  /** Joins two sets; false when they were one already. */
  union(a: number, b: number): boolean {
    const [x, y] = [this.find(a), this.find(b)];
    if (x === y) return false;
    if (x < y) this.#parent[y] = x;
    else this.#parent[x] = y;
    return true;
  }

  /** Root of every place. */
  labels(): Int32Array {
    const labels = new Int32Array(this.#parent.length);
    for (let place = 0; place < labels.length; place++) labels[place] = this.find(place);
    return labels;
  }
}
