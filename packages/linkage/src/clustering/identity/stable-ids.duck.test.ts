import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../../engine/engine.ts';
import { relation } from '../testing/relations.ts';
import { type JournalEvent, type Membership, readJournal, replayJournal, reverseJournal } from './journal.ts';
import { keepClusterIds, StableIdError, type StableIdSummary } from './stable-ids.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

interface Run {
  readonly membership: Membership;
  readonly retired: readonly (readonly (string | null)[])[];
  readonly events: readonly JournalEvent[];
  readonly summary: StableIdSummary;
  readonly next: number;
}

const START: Pick<Run, 'membership' | 'retired' | 'next'> = { membership: new Map(), retired: [], next: 1 };

/** A run after another; `partition` is groups of letters, each a record. */
async function run(
  partition: readonly string[],
  before: Pick<Run, 'membership' | 'retired' | 'next'> = START,
): Promise<Run> {
  const output = { membership: 'new_membership', journal: 'new_journal', retired: 'new_retired' };
  const summary = await keepClusterIds(engine, {
    previous: relation(['record_id VARCHAR', 'cluster_id VARCHAR'], [...before.membership]),
    retired: relation(['record_id VARCHAR', 'cluster_id VARCHAR', 'alias_of VARCHAR'], before.retired),
    current: relation(
      ['record_id VARCHAR', 'cluster INTEGER'],
      partition.flatMap((group, index) => [...group].map((record) => [record, 100 - index] as const)),
    ),
    newIds: { text: 'C', start: before.next },
    output,
  });
  const rows = await engine.all('SELECT * FROM new_membership');
  const retired = await engine.all('SELECT * FROM new_retired');
  return {
    membership: new Map(rows.map(({ record_id, cluster_id }) => [String(record_id), String(cluster_id)])),
    retired: retired.map((row) => [row.record_id, row.cluster_id, row.alias_of] as (string | null)[]),
    events: await readJournal(engine, 'new_journal'),
    summary,
    next: before.next + summary.created,
  };
}

/** Clusters by id, as `C1:ab`. */
function told({ membership }: Pick<Run, 'membership'>): string[] {
  const groups = new Map<string, string>();
  for (const [record, id] of [...membership].sort()) groups.set(id, (groups.get(id) ?? '') + record);
  return [...groups].map(([id, records]) => `${id}:${records}`).sort();
}

const toldEvents = ({ events }: Run): string[] =>
  events.map(({ kind, from, to, records }) => `${kind} ${from ?? '-'} ${to ?? '-'} ${records.join('')}`);
const aliases = ({ retired }: Run): string[] => [
  ...new Set(retired.map(([, id, alias]) => `${String(id)}>${String(alias)}`)),
];

describe('ids that last', () => {
  test('a first run names clusters in the order of their first records', async () => {
    const first = await run(['db', 'ac', 'e']);
    expect(told(first)).toEqual(['C1:ac', 'C2:bd', 'C3:e']);
    expect(toldEvents(first)).toEqual(['created - C1 ac', 'created - C2 bd', 'created - C3 e']);
    expect(first.summary).toEqual({ clusters: 3, kept: 0, restored: 0, created: 3, changes: 5 });
  });

  test('the same partition changes nothing', async () => {
    const first = await run(['abc', 'de']);
    const second = await run(['ed', 'cab'], first);
    expect(told(second)).toEqual(told(first));
    expect(second.events).toEqual([]);
    expect(second.summary).toMatchObject({ kept: 2, created: 0, changes: 0 });
  });

  test('a merge keeps the id of the larger part and makes the other an alias; a split brings it back', async () => {
    const first = await run(['ab', 'cde']);
    const merged = await run(['abcde'], first);
    expect(told(merged)).toEqual(['C2:abcde']);
    expect(toldEvents(merged)).toEqual(['merged C1 C2 ab']);
    expect(aliases(merged)).toEqual(['C1>C2']);
    const again = await run(['ab', 'cde'], merged);
    expect(told(again)).toEqual(told(first));
    expect(toldEvents(again)).toEqual(['split C2 C1 ab']);
    expect(aliases(again)).toEqual([]);
    expect(again.summary).toMatchObject({ kept: 1, restored: 1, created: 0 });
  });

  test('equal parts: the smallest id is kept in a merge, and by the smallest record in a split', async () => {
    const first = await run(['ab', 'cd']);
    const merged = await run(['abcd'], first);
    expect(told(merged)).toEqual(['C1:abcd']);
    const split = await run(['da', 'bc'], { ...merged, retired: [] });
    expect(told(split)).toEqual(['C1:ad', 'C3:bc']);
    expect(toldEvents(split)).toEqual(['split C1 C3 bc']);
  });

  test('records that come, move and go', async () => {
    const first = await run(['abc', 'def', 'g']);
    const second = await run(['abx', 'cdef', 'y'], first);
    expect(told(second)).toEqual(['C1:abx', 'C2:cdef', 'C4:y']);
    expect(toldEvents(second)).toEqual([
      'created - C1 x',
      'created - C4 y',
      'moved C1 C2 c',
      'removed C3 - g',
    ]);
    expect(aliases(second)).toEqual(['C3>null']);
    const third = await run(['abx', 'cdef', 'y', 'g'], second);
    expect(told(third)).toContain('C3:g');
  });

  test('an alias leads on when the cluster that it led to is merged too', async () => {
    const first = await run(['a', 'bc', 'defg']);
    const second = await run(['abc', 'defg'], first);
    expect(aliases(second)).toEqual(['C1>C2']);
    const third = await run(['bcdefg'], second);
    expect(aliases(third)).toEqual(['C1>C3', 'C2>C3']);
  });

  test('an alias follows the records that had it', async () => {
    const first = await run(['a', 'bc', 'defg']);
    const second = await run(['abc', 'defg'], first);
    const third = await run(['bc', 'adefg'], second);
    expect(toldEvents(third)).toEqual(['moved C2 C3 a']);
    expect(aliases(third)).toEqual(['C1>C3']);
    const fourth = await run(['bc', 'defg'], third);
    expect(aliases(fourth)).toEqual(['C1>C3']);
  });

  test('ids that are or were somebody’s, and records in two clusters, are refused', async () => {
    const first = await run(['ab', 'c']);
    await expect(run(['abc', 'd'], { ...first, next: 1 })).rejects.toThrow(StableIdError);
    const merged = await run(['abc'], first);
    await expect(run(['abc', 'd'], { ...merged, next: 2 })).rejects.toThrow(StableIdError);
    await expect(run(['ab', 'bc'])).rejects.toThrow(StableIdError);
  });
});

test('new ids by a function of their place and first record', async () => {
  const current = relation(
    ['record_id VARCHAR', 'cluster INTEGER'],
    [
      ["b'", 1],
      ['a', 2],
      ['c', 1],
    ],
  );
  const output = { membership: 'named', journal: 'named_journal', retired: 'named_retired' };
  await keepClusterIds(engine, { current, newIds: (place, first) => `${place}/${first}`, output });
  expect(await engine.all('SELECT * FROM named')).toEqual([
    { record_id: 'a', cluster_id: '0/a' },
    { record_id: "b'", cluster_id: "1/b'" },
    { record_id: 'c', cluster_id: "1/b'" },
  ]);
  await expect(keepClusterIds(engine, { current, newIds: () => 'same', output })).rejects.toThrow(
    StableIdError,
  );
});

/** Letters in groups; a letter of no group is not there. */
const partition = fc
  .array(fc.integer({ min: -1, max: 4 }), { minLength: 10, maxLength: 10 })
  .map((groups) =>
    [0, 1, 2, 3, 4]
      .map((group) => [...'abcdefghij'].filter((_, index) => groups[index] === group).join(''))
      .filter((group) => group !== ''),
  );

test('over any runs: clusters are those given, the journal replays and reverses, ids go to those who share most', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(partition, { minLength: 2, maxLength: 4 }), async (partitions) => {
      let before: Pick<Run, 'membership' | 'retired' | 'next'> = START;
      for (const groups of partitions) {
        const after = await run(groups, before);
        expect(
          told(after)
            .map((each) => each.replace(/^.*:/, ''))
            .sort(),
        ).toEqual([...groups].sort());
        expect(told({ membership: replayJournal(before.membership, after.events) })).toEqual(told(after));
        expect(told({ membership: replayJournal(after.membership, reverseJournal(after.events)) })).toEqual(
          told(before),
        );
        checkGrants(before.membership, after.membership, groups);
        const active = new Set(after.membership.values());
        const known = new Set([
          ...before.membership.values(),
          ...before.retired.map(([, id]) => String(id)),
          ...active,
        ]);
        const retired = new Set(after.retired.map(([, id]) => String(id)));
        expect([...active].filter((id) => retired.has(id))).toEqual([]);
        expect([...known].sort()).toEqual([...new Set([...active, ...retired])].sort());
        before = after;
      }
    }),
    { seed: 71, numRuns: 60 },
  );
});

/** Ids go to clusters by the records that they share, the largest shares first, then the smallest id, then the first record. */
function checkGrants(before: Membership, after: Membership, groups: readonly string[]): void {
  const shares = groups.flatMap((group) =>
    [...new Set(before.values())].map((id) => ({
      group,
      id,
      shared: [...group].filter((record) => before.get(record) === id).length,
    })),
  );
  const less = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const granted = new Map<string, string>();
  for (const { group, id, shared } of shares.sort(
    (a, b) => b.shared - a.shared || less(a.id, b.id) || less(a.group, b.group),
  )) {
    if (shared > 0 && !granted.has(id) && ![...granted.values()].includes(group)) granted.set(id, group);
  }
  for (const id of new Set(before.values())) {
    expect(groups.find((group) => after.get(group.charAt(0)) === id)).toBe(granted.get(id));
  }
}

test('a cluster whose best id goes to another gets its next one', async () => {
  const first = await run(['ab', 'c']);
  expect(told(await run(['a', 'bc'], first))).toEqual(['C1:a', 'C2:bc']);
});

test('a journal of another membership is refused', () => {
  const events: readonly JournalEvent[] = [{ kind: 'moved', from: 'C1', to: 'C2', records: ['a'] }];
  expect(() => replayJournal(new Map([['a', 'C3']]), events)).toThrow(RangeError);
});
