const EMPTY = -1;

/**
 * Finds the link between two clusters. A hash table of link numbers with linear probing, in one typed array; the ends of
 * link e are `ends[2e]` and `ends[2e + 1]`, kept by the owner: take a link out before its ends change.
 */
export class LinkIndex {
  readonly #table: Int32Array;
  readonly #ends: Int32Array;
  #mask = 0;

  constructor(capacity: number, ends: Int32Array) {
    this.#table = new Int32Array(tableSize(capacity));
    this.#ends = ends;
  }

  /** Empties it, for `links` links at most. */
  reset(links: number): void {
    const size = tableSize(links);
    this.#mask = size - 1;
    this.#table.fill(EMPTY, 0, size);
  }

  /** Link between a and b; −1 when there is none. */
  find(a: number, b: number): number {
    for (let at = this.#home(a, b); ; at = (at + 1) & this.#mask) {
      const link = this.#table[at] as number;
      if (link === EMPTY || this.#joins(link, a, b)) return link;
    }
  }

  add(link: number): void {
    let at = this.#homeOf(link);
    while (this.#table[at] !== EMPTY) at = (at + 1) & this.#mask;
    this.#table[at] = link;
  }

  remove(link: number): void {
    let hole = this.#homeOf(link);
    while (this.#table[hole] !== link) hole = (hole + 1) & this.#mask;
    // What stands after the hole moves back, unless that would put it before its home.
    for (let at = (hole + 1) & this.#mask; ; at = (at + 1) & this.#mask) {
      const other = this.#table[at] as number;
      if (other === EMPTY) break;
      const home = this.#homeOf(other);
      if (((at - home) & this.#mask) >= ((at - hole) & this.#mask)) {
        this.#table[hole] = other;
        hole = at;
      }
    }
    this.#table[hole] = EMPTY;
  }

  #joins(link: number, a: number, b: number): boolean {
    const [x, y] = [this.#ends[2 * link], this.#ends[2 * link + 1]];
    return (x === a && y === b) || (x === b && y === a);
  }

  #homeOf(link: number): number {
    return this.#home(this.#ends[2 * link] as number, this.#ends[2 * link + 1] as number);
  }

  #home(a: number, b: number): number {
    const mixed = Math.imul(Math.min(a, b), 0x9e3779b1) ^ Math.imul(Math.max(a, b), 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }
}

/** Power of two, at least twice as large: probing stays short. */
function tableSize(links: number): number {
  let size = 4;
  while (size < 2 * links) size *= 2;
  return size;
}
