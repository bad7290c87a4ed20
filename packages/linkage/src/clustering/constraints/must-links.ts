import { countingOrder } from '../graph/pair-list.ts';
import { UnionFind } from '../graph/union-find.ts';
import type { Contradiction } from './cluster-holdings.ts';
import { apartFrom, type Constraints, marksOf } from './constraints.ts';

/** Must-links put records together which must be apart. `conflicts` names the records by rid. */
export class ConstraintConflictError extends Error {
  readonly conflicts: readonly ConstraintConflict[];
  constructor(conflicts: readonly ConstraintConflict[]) {
    const shown = conflicts
      .slice(0, 10)
      .map(
        ({ rid_l, rid_r, constraint, name }) =>
          `${rid_l} and ${rid_r} (${[constraint, name].join(' ').trim()})`,
      );
    const more = conflicts.length > shown.length ? ` and ${conflicts.length - shown.length} more` : '';
    super(`must-links join records that must be apart: ${shown.join(', ')}${more}`);
    this.name = 'ConstraintConflictError';
    this.conflicts = conflicts;
  }
}

export interface ConstraintConflict {
  readonly rid_l: number;
  readonly rid_r: number;
  readonly constraint: string;
  readonly name: string;
}

/** Groups of records joined by must-links: for each place the smallest of its group. */
export function mustLinkGroups(left: Int32Array, right: Int32Array, nodeCount: number): Int32Array {
  const sets = new UnionFind(nodeCount);
  for (let index = 0; index < left.length; index++) sets.union(left[index] as number, right[index] as number);
  return sets.labels();
}

/**
 * Pairs of records in one group that must be apart, in ascending order. `decidedWins`: only cannot-link pairs, since
 * what people decided outweighs what records say.
 */
export function conflictsInGroups(
  groups: Int32Array,
  constraints: Constraints,
  decidedWins: boolean,
): readonly Contradiction[] {
  const conflicts: Contradiction[] = [];
  const order = countingOrder(groups, groups.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    const group = groups[order[start] as number];
    while (end < order.length && groups[order[end] as number] === group) end++;
    if (end - start < 2) continue;
    for (let i = start; i < end; i++) {
      for (let j = i + 1; j < end; j++) {
        const found = contradictionOf(constraints, order[i] as number, order[j] as number, decidedWins);
        if (found !== undefined) conflicts.push(found);
      }
    }
  }
  return conflicts;
}

/** Throws a ConstraintConflictError when records of one group must be apart; `ridOf` names the records by place. */
export function refuseConflicts(
  groups: Int32Array,
  constraints: Constraints,
  decidedWins: boolean,
  ridOf: Int32Array,
): void {
  const conflicts = conflictsInGroups(groups, constraints, decidedWins);
  if (conflicts.length === 0) return;
  throw new ConstraintConflictError(
    conflicts.map(({ constraint, left, right }) => ({
      rid_l: ridOf[left] as number,
      rid_r: ridOf[right] as number,
      constraint: constraints.constraints[constraint]?.kind ?? '',
      name: constraints.constraints[constraint]?.name ?? '',
    })),
  );
}

/** Why two records must be apart; undefined when nothing says so. */
function contradictionOf(
  constraints: Constraints,
  left: number,
  right: number,
  decidedWins: boolean,
): Contradiction | undefined {
  if (apartFrom(constraints, left).includes(right)) return { constraint: 0, left, right };
  if (decidedWins) return undefined;
  const { book } = constraints;
  const others = marksOf(constraints, right);
  for (const mark of marksOf(constraints, left)) {
    if (others.some((other) => book.contradict(mark, other))) {
      return { constraint: book.constraintOf(mark), left, right };
    }
  }
  return undefined;
}
