import type { SqlRunner } from '../../runner.ts';

/**
 * What became of records between two runs, told by cluster:
 * - `created`: they are new (`from` is null); `to` is a new cluster, or one that gained them;
 * - `merged`: all that was left of cluster `from` went to `to`, and `from` is an alias of it now;
 * - `split`: they left `from` for `to`, which did not exist before or had been an alias;
 * - `moved`: they left `from` for `to`, which both existed;
 * - `removed`: they are gone (`to` is null).
 */
export const JOURNAL_KINDS = ['created', 'merged', 'split', 'moved', 'removed'] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

export interface JournalEvent {
  readonly kind: JournalKind;
  readonly from: string | null;
  readonly to: string | null;
  /** Stable ids of the records, ascending. */
  readonly records: readonly string[];
}

/** Cluster by record. */
export type Membership = ReadonlyMap<string, string>;

/** Events of a journal table, in order. */
export async function readJournal(runner: SqlRunner, journal: string): Promise<readonly JournalEvent[]> {
  const rows = await runner.all(
    `SELECT event, kind, from_id, to_id, record_id FROM ${journal} ORDER BY event, record_id`,
  );
  const events: (Omit<JournalEvent, 'records'> & { event: number; records: string[] })[] = [];
  for (const { event, kind, from_id, to_id, record_id } of rows) {
    const last = events.at(-1);
    if (last?.event === Number(event)) last.records.push(String(record_id));
    else {
      const found = JOURNAL_KINDS.find((each) => each === kind);
      if (found === undefined)
        throw new TypeError(`event ${Number(event)} of ${journal} is of no known kind`);
      events.push({
        event: Number(event),
        kind: found,
        from: from_id === null ? null : String(from_id),
        to: to_id === null ? null : String(to_id),
        records: [String(record_id)],
      });
    }
  }
  return events.map(({ kind, from, to, records }) => ({ kind, from, to, records }));
}

/**
 * The membership after the events. Throws a RangeError when a record is not where an event takes it from: the journal is
 * of another membership.
 */
export function replayJournal(membership: Membership, events: readonly JournalEvent[]): Membership {
  const after = new Map(membership);
  for (const [index, { from, to, records }] of events.entries()) {
    for (const record of records) {
      if ((membership.get(record) ?? null) !== from) {
        throw new RangeError(`event ${index} takes a record from a cluster that it is not in`);
      }
      if (to === null) after.delete(record);
      else after.set(record, to);
    }
  }
  return after;
}

const REVERSED: Readonly<Record<JournalKind, JournalKind>> = {
  created: 'removed',
  merged: 'split',
  split: 'merged',
  moved: 'moved',
  removed: 'created',
};

/** The events that undo these. */
export function reverseJournal(events: readonly JournalEvent[]): readonly JournalEvent[] {
  return events
    .map(({ kind, from, to, records }) => ({ kind: REVERSED[kind], from: to, to: from, records }))
    .reverse();
}
