/** Disjoint sets of ids. The name of a set is its smallest id. */
export class IdSets {
  readonly #above = new Map<string, string>();

  find(id: string): string {
    let root = id;
    for (let up = this.#above.get(root); up !== undefined; up = this.#above.get(root)) root = up;
    for (let at = id; at !== root; ) {
      const up = this.#above.get(at) ?? root;
      this.#above.set(at, root);
      at = up;
    }
    return root;
  }

  /** Joins two sets; false when they were one already. */
  union(a: string, b: string): boolean {
    const [x, y] = [this.find(a), this.find(b)];
    if (x === y) return false;
    if (x < y) this.#above.set(y, x);
    else this.#above.set(x, y);
    return true;
  }
}
