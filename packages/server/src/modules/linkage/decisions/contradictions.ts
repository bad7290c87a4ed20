/** A decision about two things: `same` joins them, otherwise they must be apart. */
export interface Bond {
  readonly line: number;
  readonly same: boolean;
  readonly a: string;
  readonly b: string;
}

/**
 * Lines that cannot all hold, each with those that it contradicts: whatever must be apart is joined by a chain. Of a chain,
 * only what lies between the two ends is named: what hangs beside it is innocent. The order of bonds does not matter.
 */
export function contradictions(bonds: readonly Bond[]): ReadonlyMap<number, ReadonlySet<number>> {
  const joining = bonds.filter(({ same, a, b }) => same && a !== b);
  const found = new Map<number, Set<number>>();
  const tell = (line: number, other: number) => {
    if (line !== other) found.set(line, (found.get(line) ?? new Set()).add(other));
  };
  const around = bondsOf(joining);
  for (const apart of bonds.filter(({ same }) => !same)) {
    for (const { line } of bondsBetween(around, apart.a, apart.b)) {
      tell(line, apart.line);
      tell(apart.line, line);
    }
  }
  return found;
}

/** The joining bonds that lie between two ends; none when no chain leads from one to the other. */
function bondsBetween(
  around: ReadonlyMap<string, readonly Bond[]>,
  from: string,
  to: string,
): readonly Bond[] {
  const reached = new Set([from]);
  const waiting = [from];
  const passed = new Set<Bond>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const bond of around.get(at) ?? []) {
      const { a, b } = bond;
      passed.add(bond);
      const next = a === at ? b : a;
      if (reached.has(next)) continue;
      reached.add(next);
      waiting.push(next);
    }
  }
  if (from === to || !reached.has(to)) return [];
  return pruned([...passed], new Set([from, to]));
}

/** Without what leads nowhere: a node of one bond that is no end goes, with its bond, until none is left. */
function pruned(bonds: readonly Bond[], ends: ReadonlySet<string>): readonly Bond[] {
  for (let left = bonds; ; ) {
    const around = bondsOf(left);
    const leads = (node: string) => ends.has(node) || (around.get(node)?.length ?? 0) > 1;
    const next = left.filter(({ a, b }) => leads(a) && leads(b));
    if (next.length === left.length) return left;
    left = next;
  }
}

function bondsOf(bonds: readonly Bond[]): ReadonlyMap<string, readonly Bond[]> {
  const around = new Map<string, Bond[]>();
  for (const bond of bonds) {
    for (const node of [bond.a, bond.b]) {
      const known = around.get(node);
      if (known === undefined) around.set(node, [bond]);
      else known.push(bond);
    }
  }
  return around;
}
