/** What became of a cluster: see `JournalEntry`. */
export const JOURNAL_EVENTS = ['created', 'merged', 'split', 'moved', 'ended'] as const;
export type JournalEvent = (typeof JOURNAL_EVENTS)[number];

/**
 * - `created`: `cluster` is new, and of new records only; `records` is its size;
 * - `merged`: `other` is no more; `records` of its records are now in `cluster`;
 * - `split`: `cluster` is new; `records` of its records were in `other`, which goes on;
 * - `moved`: `records` records went from `other` to `cluster`; both go on;
 * - `ended`: `cluster` is no more: all its records were deleted.
 */
export interface JournalEntry {
  readonly event: JournalEvent;
  readonly cluster: number;
  /** 0 when the event has no other cluster. */
  readonly other: number;
  readonly records: number;
}

export interface StableIds {
  /** Cluster of each node. */
  readonly clusters: Int32Array;
  readonly journal: readonly JournalEntry[];
  /** First number that is still free. */
  readonly nextCluster: number;
}

interface Overlap {
  readonly label: number;
  readonly old: number;
  records: number;
}

/**
 * Gives new clusters the numbers of old ones. Each old number goes to one new cluster and each new cluster has one number:
 * the largest overlaps choose first, ties by the smaller old number, then by the smaller label. What remains gets new
 * numbers in the order of labels. `labels` gives each node's new cluster, `before` its old one (0: a new record),
 * `vanished` old clusters of records that are gone.
 */
export function stableIds(
  labels: Int32Array,
  before: Int32Array,
  vanished: readonly number[],
  nextCluster: number,
): StableIds {
  const overlaps = overlapsOf(labels, before);
  const numbers = new Map<number, number>();
  const keptBy = new Map<number, number>();
  const strongest = (a: Overlap, b: Overlap) => b.records - a.records || a.old - b.old || a.label - b.label;
  for (const { label, old } of [...overlaps].sort(strongest)) {
    if (numbers.has(label) || keptBy.has(old)) continue;
    numbers.set(label, old);
    keptBy.set(old, label);
  }
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const known = new Set(overlaps.map(({ label }) => label));
  const journal: JournalEntry[] = [];
  let next = nextCluster;
  for (const label of [...sizes.keys()].sort((a, b) => a - b)) {
    if (numbers.has(label)) continue;
    if (!known.has(label)) {
      journal.push({ event: 'created', cluster: next, other: 0, records: sizes.get(label) ?? 0 });
    }
    numbers.set(label, next++);
  }
  for (const { label, old, records } of overlaps) {
    const cluster = numbers.get(label) ?? 0;
    if (cluster === old) continue;
    journal.push({ event: eventOf(cluster, keptBy.has(old), nextCluster), cluster, other: old, records });
  }
  const survivors = new Set(overlaps.map(({ old }) => old));
  for (const old of vanished) {
    if (!survivors.has(old)) journal.push({ event: 'ended', cluster: old, other: 0, records: 0 });
  }
  return { clusters: labels.map((label) => numbers.get(label) ?? 0), journal, nextCluster: next };
}

function eventOf(cluster: number, otherGoesOn: boolean, nextCluster: number): JournalEvent {
  if (!otherGoesOn) return 'merged';
  return cluster >= nextCluster ? 'split' : 'moved';
}

/** Sizes of what old and new clusters share, by label, then old number. */
function overlapsOf(labels: Int32Array, before: Int32Array): readonly Overlap[] {
  const found = new Map<string, Overlap>();
  for (const [node, label] of labels.entries()) {
    const old = before[node] ?? 0;
    if (old === 0) continue;
    const key = `${label}:${old}`;
    const overlap = found.get(key);
    if (overlap === undefined) found.set(key, { label, old, records: 1 });
    else overlap.records++;
  }
  return [...found.values()].sort((a, b) => a.label - b.label || a.old - b.old);
}
