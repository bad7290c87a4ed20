import { runStarts } from '../graph/pair-list.ts';

/** Why two records must be apart. */
export const CONSTRAINT_KINDS = ['cannot_link', 'trait', 'exclusive'] as const;
export type ConstraintKind = (typeof CONSTRAINT_KINDS)[number];

/** One constraint: cannot-link pairs as a whole, one trait, or one source; `name` is that of the trait or source. */
export interface Constraint {
  readonly kind: ConstraintKind;
  readonly name: string;
}

/**
 * What must be apart, by place. A record has marks: for each trait it is known by, one mark for the set of its values;
 * for an exclusive source it comes from, the mark of that source.
 */
export interface Constraints {
  /** `constraints[0]` stands for the cannot-link pairs. */
  readonly constraints: readonly Constraint[];
  /** Marks of place p: `marks[markStarts[p]]` to `marks[markStarts[p + 1] − 1]`, ascending. */
  readonly markStarts: Int32Array;
  readonly marks: Int32Array;
  readonly book: MarkBook;
  /** Records that place p must be apart from: `apart[apartStarts[p]]` to `apart[apartStarts[p + 1] − 1]`. */
  readonly apartStarts: Int32Array;
  readonly apart: Int32Array;
}

/** Meaning of marks. New ones may be made of several, when people say that records are one person. */
export class MarkBook {
  readonly #constraints: readonly Constraint[];
  /** Constraint that a mark belongs to. */
  readonly #constraintOf: number[] = [];
  /** Values of a mark that stands for several, ascending; a mark that stands for one value is that value's own. */
  readonly #values = new Map<number, readonly number[]>();
  readonly #sets = new Map<string, number>();

  constructor(constraints: readonly Constraint[]) {
    this.#constraints = constraints;
  }

  /** A new mark for one value of a trait, or for an exclusive source. */
  add(constraint: number): number {
    return this.#constraintOf.push(constraint) - 1;
  }

  constraintOf(mark: number): number {
    return this.#constraintOf[mark] ?? 0;
  }

  /** The mark for all values of several marks of one constraint. */
  together(marks: readonly number[]): number {
    const values = [...new Set(marks.flatMap((mark) => this.#valuesOf(mark)))].sort((a, b) => a - b);
    const [first = 0] = values;
    if (values.length === 1) return first;
    const key = values.join();
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const mark = this.add(this.constraintOf(first));
    this.#values.set(mark, values);
    this.#sets.set(key, mark);
    return mark;
  }

  /** Whether two records with these marks must be apart. */
  contradict(a: number, b: number): boolean {
    const constraint = this.constraintOf(a);
    if (constraint !== this.constraintOf(b)) return false;
    if (this.#constraints[constraint]?.kind === 'exclusive') return true;
    if (a === b) return false;
    const values = new Set(this.#valuesOf(a));
    return !this.#valuesOf(b).some((value) => values.has(value));
  }

  #valuesOf(mark: number): readonly number[] {
    return this.#values.get(mark) ?? [mark];
  }
}

/** Constraints that forbid nothing. */
export function noConstraints(nodeCount: number): Constraints {
  const constraints: readonly Constraint[] = [{ kind: 'cannot_link', name: '' }];
  return {
    constraints,
    markStarts: new Int32Array(nodeCount + 1),
    marks: new Int32Array(0),
    book: new MarkBook(constraints),
    ...apartLists(new Int32Array(0), new Int32Array(0), nodeCount),
  };
}

/** Pairs that must be apart, as lists by place, each pair from both sides. */
export function apartLists(
  left: Int32Array,
  right: Int32Array,
  nodeCount: number,
): Pick<Constraints, 'apart' | 'apartStarts'> {
  const from = new Int32Array(2 * left.length);
  from.set(left);
  from.set(right, left.length);
  const apartStarts = runStarts(from, nodeCount);
  const next = apartStarts.slice();
  const apart = new Int32Array(from.length);
  for (let index = 0; index < from.length; index++) {
    const place = from[index] as number;
    const other = index < left.length ? right[index] : left[index - left.length];
    apart[next[place] as number] = other as number;
    next[place] = (next[place] as number) + 1;
  }
  for (let place = 0; place < nodeCount; place++) {
    const [start, end] = [apartStarts[place] as number, apartStarts[place + 1] as number];
    if (end - start > 1) apart.subarray(start, end).sort();
  }
  return { apart, apartStarts };
}

/** Marks of a record. */
export function marksOf({ markStarts, marks }: Constraints, place: number): Int32Array {
  return marks.subarray(markStarts[place], markStarts[place + 1]);
}

/** Records that a record must be apart from, by a cannot-link pair. */
export function apartFrom({ apartStarts, apart }: Constraints, place: number): Int32Array {
  return apart.subarray(apartStarts[place], apartStarts[place + 1]);
}
