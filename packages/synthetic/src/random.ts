/**
 * Seeded random numbers: sfc32 (Chris Doty-Humphrey, PractRand; 128 bits of state), seeded with FNV-1a of labels.
 * Draws depend on the seed and on the path of labels alone, never on the clock or on the order in which
 * other streams are used: each person and each sender has a stream of its own, so that adding a draw somewhere
 * leaves everybody else as they were.
 */

const FNV_PRIME = 0x01000193;
/** Two offsets give two independent lanes: 64 bits keep labels apart for tens of millions of streams. */
const FNV_OFFSETS = [0x811c9dc5, 0x9e3779b9] as const;
/** sfc32 mixes its seed fully after a dozen rounds. */
const WARM_UP_ROUNDS = 15;

export interface Weighted<T> {
  readonly value: T;
  readonly weight: number;
}

/** Values with a chance each, made once and drawn from many times: a draw is a binary search. */
export class Choices<T> {
  readonly values: readonly T[];
  /** Sum of all weights. */
  readonly total: number;
  readonly #ends: Float64Array;

  /** Throws RangeError when no choice has a positive weight. */
  constructor(choices: readonly Weighted<T>[]) {
    const possible = choices.filter(({ weight }) => weight > 0);
    if (possible.length === 0) throw new RangeError('nothing to choose from');
    this.values = possible.map(({ value }) => value);
    this.#ends = new Float64Array(possible.length);
    let sum = 0;
    possible.forEach(({ weight }, index) => {
      sum += weight;
      this.#ends[index] = sum;
    });
    this.total = sum;
  }

  /** One of the values, each with a chance in proportion to its weight. */
  draw(random: Random): T {
    const at = random.next() * this.total;
    let low = 0;
    let high = this.values.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at < (this.#ends[middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    return this.values[low] as T;
  }
}

/** Choices from a table `{ value: weight }`. */
export function choicesOf<T extends string>(table: Partial<Record<T, number>>): Choices<T> {
  return new Choices(
    Object.entries(table).map(([value, weight]) => ({ value: value as T, weight: Number(weight) })),
  );
}

export class Random {
  readonly #lanes: readonly [number, number];
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number | string, parent: readonly [number, number] = FNV_OFFSETS) {
    this.#lanes = [fnv1a(String(seed), parent[0]), fnv1a(String(seed), parent[1])];
    this.#a = this.#lanes[0];
    this.#b = this.#lanes[1];
    this.#c = this.#lanes[0] ^ Math.imul(this.#lanes[1], FNV_PRIME);
    for (let round = 0; round < WARM_UP_ROUNDS; round += 1) this.#next32();
  }

  /** A stream of its own for `label`: the same whatever this stream has drawn so far. */
  fork(label: string | number): Random {
    return new Random(`/${label}`, this.#lanes);
  }

  /** A number in [0, 1). */
  next(): number {
    return this.#next32() / 0x1_0000_0000;
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of `values`. Throws when there is none. */
  pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.next() * values.length)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  }

  /** `expected` rounded up or down by chance, so that the mean is kept: 2.3 gives 2 or, three times in ten, 3. */
  round(expected: number): number {
    const whole = Math.floor(expected);
    return whole + (this.next() < expected - whole ? 1 : 0);
  }

  #next32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }
}

function fnv1a(text: string, offset: number): number {
  let hash = offset | 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  }
  return hash;
}
