/**
 * Average-linkage clustering under constraints said again, slowly: every pair of clusters is weighed again before every
 * merge, by looking at every pair of records. Held against the fast one on small worlds: change both, or neither.
 */
export interface TwinWorld {
  /** Records 0 to `count` − 1. */
  readonly count: number;
  readonly pairs: readonly TwinPair[];
  readonly threshold: number;
  readonly floor: number;
  readonly cap: number;
  readonly cannotLink: readonly (readonly [number, number])[];
  readonly mustLink: readonly (readonly [number, number])[];
  /** Of each trait, the values that each record is known by; [] when it is not known. */
  readonly traits: readonly (readonly (readonly string[])[])[];
  /** Exclusive source of each record; '' for any other. */
  readonly sources: readonly string[];
  readonly mustLinkWins: boolean;
}

export interface TwinPair {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
}

type Cluster = readonly number[];

/** Records joined by must-links, each group ascending, in ascending order. */
export function twinGroups({ count, mustLink }: TwinWorld): readonly Cluster[] {
  const label = Array.from({ length: count }, (_, record) => record);
  for (const [a, b] of mustLink) {
    const [x, y] = [label[a] ?? 0, label[b] ?? 0];
    for (const [record, own] of label.entries()) if (own === x || own === y) label[record] = Math.min(x, y);
  }
  return clustersOf(label);
}

/** Clusters of the labels by record: each ascending, in ascending order. */
export function clustersOf(labels: Iterable<number>): readonly Cluster[] {
  const found = new Map<number, number[]>();
  let record = 0;
  for (const label of labels) {
    found.set(label, [...(found.get(label) ?? []), record]);
    record++;
  }
  return [...found.values()].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/** Whether two records must be apart by a cannot-link, a trait or a source. */
export function mustBeApart(world: TwinWorld, a: number, b: number): boolean {
  return isCannotLink(world, a, b) || contradict(world, [a], [b]);
}

function isCannotLink({ cannotLink }: TwinWorld, a: number, b: number): boolean {
  return cannotLink.some(([x, y]) => (x === a && y === b) || (x === b && y === a));
}

/** Whether what the records of two persons hold contradicts: all values of a person count together. */
function contradict({ traits, sources }: TwinWorld, a: Cluster, b: Cluster): boolean {
  const from = (records: Cluster): readonly string[] =>
    records.map((record) => sources[record] ?? '').filter((source) => source !== '');
  if (from(a).some((source) => from(b).includes(source))) return true;
  return traits.some((trait) => {
    const [x, y] = [a, b].map((records) => records.flatMap((record) => trait[record] ?? []));
    if (x === undefined || y === undefined || x.length === 0 || y.length === 0) return false;
    return !x.some((value) => y.includes(value));
  });
}

/** Whether two clusters must be apart. Records that people joined count as one record when their word wins. */
export function clustersApart(world: TwinWorld, a: Cluster, b: Cluster): boolean {
  if (a.some((left) => b.some((right) => isCannotLink(world, left, right)))) return true;
  const units = (cluster: Cluster): readonly Cluster[] =>
    world.mustLinkWins
      ? twinGroups(world).filter(([first]) => cluster.includes(first ?? -1))
      : cluster.map((record) => [record]);
  return units(a).some((left) => units(b).some((right) => contradict(world, left, right)));
}

function meanWeight({ pairs, floor, cap }: TwinWorld, a: Cluster, b: Cluster): number {
  let sum = 0;
  for (const left of a) {
    for (const right of b) {
      const scored = pairs.filter(
        (pair) =>
          (pair.left === left && pair.right === right) || (pair.left === right && pair.right === left),
      );
      const weight = Math.max(floor, ...scored.map((pair) => pair.weight));
      sum += Math.min(cap, weight);
    }
  }
  return sum / (a.length * b.length);
}

/** The clusters, each ascending, in ascending order; and whether a constraint forbade a merge whose turn had come. */
export function twinClusters(world: TwinWorld): {
  readonly clusters: readonly Cluster[];
  readonly refused: boolean;
} {
  let clusters = twinGroups(world);
  let refused = false;
  for (;;) {
    const mergeable = clusters.flatMap((a, index) =>
      clusters.slice(index + 1).map((b) => ({ a, b, mean: meanWeight(world, a, b) })),
    );
    // Sorting is stable: clusters come in the order of their smallest records.
    const falling = mergeable.filter(({ mean }) => mean >= world.threshold).sort((x, y) => y.mean - x.mean);
    const best = falling.find(({ a, b }) => !clustersApart(world, a, b));
    if (falling[0] !== best) refused = true;
    if (best === undefined) return { clusters, refused };
    const { a, b } = best;
    const union = [...a, ...b].sort((x, y) => x - y);
    clusters = [...clusters.filter((each) => each !== a && each !== b), union].sort(
      (x, y) => (x[0] ?? 0) - (y[0] ?? 0),
    );
  }
}
