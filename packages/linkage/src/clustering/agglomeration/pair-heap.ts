/**
 * Largest key first, ties by the smaller `low`, then the smaller `high`. Entries are numbered 0 to `capacity` − 1; each
 * is in the heap once at most, and can be moved and taken out by its number.
 */
export class PairHeap {
  readonly #heap: Int32Array;
  /** Where an entry is in the heap; −1 when it is not. */
  readonly #at: Int32Array;
  readonly #key: Float64Array;
  readonly #low: Int32Array;
  readonly #high: Int32Array;
  #size = 0;

  constructor(capacity: number) {
    this.#heap = new Int32Array(capacity);
    this.#at = new Int32Array(capacity).fill(-1);
    this.#key = new Float64Array(capacity);
    this.#low = new Int32Array(capacity);
    this.#high = new Int32Array(capacity);
  }

  /** Entry with the largest key; −1 when there is none. */
  top(): number {
    return this.#size === 0 ? -1 : (this.#heap[0] as number);
  }

  keyOf(entry: number): number {
    return this.#key[entry] as number;
  }

  /** Puts an entry in, or gives it another key. */
  set(entry: number, key: number, a: number, b: number): void {
    this.#key[entry] = key;
    this.#low[entry] = Math.min(a, b);
    this.#high[entry] = Math.max(a, b);
    let at = this.#at[entry] as number;
    if (at < 0) {
      at = this.#size++;
      this.#put(entry, at);
    }
    this.#down(this.#up(at));
  }

  remove(entry: number): void {
    const at = this.#at[entry] as number;
    if (at < 0) return;
    this.#at[entry] = -1;
    const last = this.#heap[--this.#size] as number;
    if (last === entry) return;
    this.#put(last, at);
    this.#down(this.#up(at));
  }

  #put(entry: number, at: number): void {
    this.#heap[at] = entry;
    this.#at[entry] = at;
  }

  #before(a: number, b: number): boolean {
    const [x, y] = [this.#key[a] as number, this.#key[b] as number];
    if (x !== y) return x > y;
    const [p, q] = [this.#low[a] as number, this.#low[b] as number];
    return p !== q ? p < q : (this.#high[a] as number) < (this.#high[b] as number);
  }

  #up(from: number): number {
    const entry = this.#heap[from] as number;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = this.#heap[above] as number;
      if (!this.#before(entry, other)) break;
      this.#put(other, at);
      at = above;
    }
    this.#put(entry, at);
    return at;
  }

  #down(from: number): void {
    const entry = this.#heap[from] as number;
    let at = from;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= this.#size) break;
      const right = below + 1;
      if (right < this.#size && this.#before(this.#heap[right] as number, this.#heap[below] as number))
        below = right;
      const other = this.#heap[below] as number;
      if (!this.#before(other, entry)) break;
      this.#put(other, at);
      at = below;
    }
    this.#put(entry, at);
  }
}
