import { apartFrom, type Constraints, marksOf } from './constraints.ts';

/** Two records that must be apart, and the place of the constraint that says so. */
export interface Contradiction {
  readonly constraint: number;
  readonly left: number;
  readonly right: number;
}

interface Mark {
  readonly mark: number;
  /** First record that has it. */
  readonly place: number;
}

interface Apart {
  readonly place: number;
  readonly from: number;
}

const NOTHING: readonly never[] = [];

/**
 * What the records of each cluster of a component hold against others. Clusters hold each mark once, so that checking
 * two of them takes as long as they hold different values, mostly one for each trait.
 */
export class ClusterHoldings {
  readonly #constraints: Constraints;
  /** Cluster that a record of the component is in now; −1 for other records. */
  readonly #clusterOf: (place: number) => number;
  #marks: (readonly Mark[])[] = [];
  #aparts: (readonly Apart[])[] = [];

  constructor(constraints: Constraints, clusterOf: (place: number) => number) {
    this.#constraints = constraints;
    this.#clusterOf = clusterOf;
  }

  /** Begins a component of `clusters` clusters that hold nothing. */
  reset(clusters: number): void {
    this.#marks = new Array<readonly Mark[]>(clusters).fill(NOTHING);
    this.#aparts = new Array<readonly Apart[]>(clusters).fill(NOTHING);
  }

  /** A record more in a cluster. Records come in ascending order. */
  addRecord(cluster: number, place: number): void {
    const marks = marksOf(this.#constraints, place);
    if (marks.length > 0) {
      this.#hold(
        cluster,
        Array.from(marks, (mark) => ({ mark, place })),
      );
    }
    const aparts = apartFrom(this.#constraints, place);
    if (aparts.length > 0) {
      const known = this.#aparts[cluster] ?? NOTHING;
      this.#aparts[cluster] = [...known, ...Array.from(aparts, (from) => ({ place, from }))];
    }
  }

  /** All that the cluster's records say of one trait counts as said by one record: people decided that it is one person. */
  unite(cluster: number): void {
    const marks = this.#marks[cluster] ?? NOTHING;
    const { book } = this.#constraints;
    const groups = new Map<number, Mark[]>();
    for (const each of marks) {
      const constraint = book.constraintOf(each.mark);
      const group = groups.get(constraint) ?? [];
      group.push(each);
      groups.set(constraint, group);
    }
    this.#marks[cluster] = [...groups.values()].map((group) => ({
      mark: book.together(group.map(({ mark }) => mark)),
      place: Math.min(...group.map(({ place }) => place)),
    }));
  }

  /** What keeps two clusters apart, the first constraint and records that do; undefined when they may merge. */
  between(a: number, b: number): Contradiction | undefined {
    let first: Contradiction | undefined;
    const tell = (constraint: number, x: number, y: number): void => {
      const found = { constraint, left: Math.min(x, y), right: Math.max(x, y) };
      if (first === undefined || comesBefore(found, first)) first = found;
    };
    const [x, y] = [this.#aparts[a] ?? NOTHING, this.#aparts[b] ?? NOTHING];
    const [few, other] = x.length <= y.length ? [x, b] : [y, a];
    for (const { place, from } of few) if (this.#clusterOf(from) === other) tell(0, place, from);
    const { book } = this.#constraints;
    for (const left of this.#marks[a] ?? NOTHING) {
      for (const right of this.#marks[b] ?? NOTHING) {
        if (book.contradict(left.mark, right.mark))
          tell(book.constraintOf(left.mark), left.place, right.place);
      }
    }
    return first;
  }

  /** The records of `from` are in `into` now. */
  join(into: number, from: number): void {
    const [marks, aparts] = [this.#marks[from] ?? NOTHING, this.#aparts[from] ?? NOTHING];
    if (marks.length > 0) this.#hold(into, marks);
    if (aparts.length > 0) this.#aparts[into] = [...(this.#aparts[into] ?? NOTHING), ...aparts];
  }

  #hold(cluster: number, more: readonly Mark[]): void {
    const known = this.#marks[cluster] ?? NOTHING;
    if (known.length === 0) {
      this.#marks[cluster] = more;
      return;
    }
    const firsts = new Map(known.map((each) => [each.mark, each.place]));
    for (const { mark, place } of more) firsts.set(mark, Math.min(firsts.get(mark) ?? place, place));
    this.#marks[cluster] = Array.from(firsts, ([mark, place]) => ({ mark, place }));
  }
}

function comesBefore(a: Contradiction, b: Contradiction): boolean {
  if (a.constraint !== b.constraint) return a.constraint < b.constraint;
  return a.left !== b.left ? a.left < b.left : a.right < b.right;
}
