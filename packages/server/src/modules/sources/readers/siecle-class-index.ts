/** What the STRUCTURES section of a SIECLE file says of one pupil. */
export interface ClassState {
  /** Code of the class (division), undefined when the pupil is in none. */
  readonly className: string | undefined;
  /** The pupil's only structure is `Inactifs`. */
  readonly inactiveOnly: boolean;
}

const INACTIVE = 1;
const OTHER = 2;
const FLAG_BITS = 2;
/** Small: a school has a few hundred pupils, and there may be thousands of schools. */
const FIRST_CAPACITY = 1 << 8;
/** No identifier: larger ones than this go to the ordinary map. */
const FREE = 2 ** 32 - 1;
/** States of two bytes have room for so many class names; most files have a few hundred. */
const SHORT_STATE_MAX = 2 ** 16 - 1;
/** Fibonacci hashing: spreads consecutive numbers, which ELEVE_ID are. */
const SPREAD = 2_654_435_769;

/**
 * Class of each pupil by ELEVE_ID, compact: 6 bytes a slot of an open-addressing table, class names kept once.
 * A file of a whole académie (hundreds of thousands of pupils) so takes a few MB, a school's a few KB.
 * Identifiers that are no plain whole numbers go to an ordinary map.
 */
export class SiecleClassIndex {
  #ids = new Uint32Array(FIRST_CAPACITY).fill(FREE);
  #states: Uint16Array | Uint32Array = new Uint16Array(FIRST_CAPACITY);
  #size = 0;
  readonly #named = new Map<string, number>();
  readonly #classNames: string[] = [''];
  readonly #classNumbers = new Map<string, number>();

  /** Adds one STRUCTURE of a pupil; the first class told wins. */
  add(pupilId: string, structureCode: string, structureType: string): void {
    const inactive = structureCode.toLowerCase() === 'inactifs';
    let state = this.#find(pupilId) | (inactive ? INACTIVE : OTHER);
    if (!inactive && structureType === 'D' && state >> FLAG_BITS === 0) {
      state |= this.#classNumber(structureCode) << FLAG_BITS;
    }
    this.#put(pupilId, state);
  }

  get(pupilId: string): ClassState {
    const state = this.#find(pupilId);
    return {
      className: this.#classNames[state >> FLAG_BITS] || undefined,
      inactiveOnly: (state & (INACTIVE | OTHER)) === INACTIVE,
    };
  }

  #classNumber(name: string): number {
    const known = this.#classNumbers.get(name);
    if (known !== undefined) return known;
    const number = this.#classNames.length;
    // A copy: a slice of the parsed text would keep its whole chunk alive.
    const copy = Buffer.from(name).toString();
    this.#classNames.push(copy);
    this.#classNumbers.set(copy, number);
    return number;
  }

  #slot(ids: Uint32Array, id: number): number {
    const mask = ids.length - 1;
    let slot = (Math.imul(id | 0, SPREAD | 0) >>> 8) & mask;
    while (ids[slot] !== FREE && ids[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  #find(pupilId: string): number {
    const id = asNumber(pupilId);
    if (id === undefined) return this.#named.get(pupilId) ?? 0;
    const slot = this.#slot(this.#ids, id);
    return this.#ids[slot] === id ? (this.#states[slot] ?? 0) : 0;
  }

  #put(pupilId: string, state: number): void {
    const id = asNumber(pupilId);
    if (id === undefined) {
      this.#named.set(pupilId, state);
      return;
    }
    const slot = this.#slot(this.#ids, id);
    if (this.#ids[slot] === FREE) this.#size++;
    this.#ids[slot] = id;
    if (state > SHORT_STATE_MAX && this.#states instanceof Uint16Array)
      this.#states = Uint32Array.from(this.#states);
    this.#states[slot] = state;
    if (this.#size * 8 > this.#ids.length * 7) this.#grow();
  }

  #grow(): void {
    const ids = new Uint32Array(this.#ids.length * 2).fill(FREE);
    const states = new (this.#states instanceof Uint16Array ? Uint16Array : Uint32Array)(ids.length);
    for (const [old, id] of this.#ids.entries()) {
      if (id === FREE) continue;
      const slot = this.#slot(ids, id);
      ids[slot] = id;
      states[slot] = this.#states[old] ?? 0;
    }
    this.#ids = ids;
    this.#states = states;
  }
}

/** The number that `text` is the only plain writing of: `007` and `7` are two identifiers. */
function asNumber(text: string): number | undefined {
  if (text.length === 0 || text.length > 10) return undefined;
  const id = Number(text);
  return Number.isSafeInteger(id) && id >= 0 && id < FREE && String(id) === text ? id : undefined;
}
