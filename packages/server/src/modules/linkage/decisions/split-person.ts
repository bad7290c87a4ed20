import { IdSets } from './sets.ts';

/** Two records that the first stage, or a decision, holds together. */
export interface Tie {
  readonly l: string;
  readonly r: string;
}

/** Records of the two sides of a decision that they are two people; no record is of both. */
export interface Sides {
  readonly left: ReadonlySet<string>;
  readonly right: ReadonlySet<string>;
}

export interface SplitPerson {
  /** The new person of each record: the smallest of its records. */
  readonly personOf: ReadonlyMap<string, string>;
  /** Ties that hold a new person together and that the first stage did not make. */
  readonly added: readonly Tie[];
}

/**
 * Parts the records of one person so that no two sides of a decision stay together. Records of one side stay together; the
 * others go with the first of `links` (strongest first) that leads them to somebody. Neither the order of records nor that
 * of decisions matters.
 */
export function splitPerson(
  recordIds: readonly string[],
  links: readonly Tie[],
  decided: readonly Sides[],
): SplitPerson {
  const sets = new IdSets();
  const marks = new Map<string, Marks>(recordIds.map((id) => [id, marksOf(id, decided)]));
  const join = ({ l, r }: Tie): boolean => {
    const [a, b] = [sets.find(l), sets.find(r)];
    const ofA = marks.get(a) ?? NOTHING;
    const ofB = marks.get(b) ?? NOTHING;
    if (a === b || [...ofA].some((mark) => ofB.has(-mark))) return false;
    sets.union(a, b);
    marks.set(sets.find(a), new Set([...ofA, ...ofB]));
    return true;
  };
  const inside = (side: ReadonlySet<string>) => recordIds.filter((id) => side.has(id)).sort();
  const sideTies = decided.flatMap(({ left, right }) => [...chain(inside(left)), ...chain(inside(right))]);
  const joined = sideTies.sort(byEnds).filter(join);
  for (const link of links) join(link);
  const given = new Set(links.map(({ l, r }) => `${l}\n${r}`));
  return {
    personOf: new Map(recordIds.map((id) => [id, sets.find(id)])),
    added: joined.filter(({ l, r }) => !given.has(`${l}\n${r}`)),
  };
}

/** The sides of decisions that a record is on: n for the left of the n-th (from 1), −n for its right. */
type Marks = ReadonlySet<number>;
const NOTHING: Marks = new Set();

function marksOf(id: string, decided: readonly Sides[]): Marks {
  return new Set(
    decided.flatMap(({ left, right }, index) => [
      ...(left.has(id) ? [index + 1] : []),
      ...(right.has(id) ? [-index - 1] : []),
    ]),
  );
}

/** Sorted ids, each tied to the first. */
function chain(ids: readonly string[]): Tie[] {
  const [first, ...others] = ids;
  return first === undefined ? [] : others.map((r) => ({ l: first, r }));
}

function byEnds(a: Tie, b: Tie): number {
  if (a.l !== b.l) return a.l < b.l ? -1 : 1;
  return a.r < b.r ? -1 : a.r > b.r ? 1 : 0;
}
