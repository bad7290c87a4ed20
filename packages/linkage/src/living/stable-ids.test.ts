import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JournalEntry, stableIds } from './stable-ids.ts';

const NEXT = 100;

interface Case {
  /** New cluster of each node. */
  readonly labels: readonly number[];
  /** Old cluster of each node, 0 for new records. */
  readonly before: readonly number[];
  readonly vanished?: readonly number[];
  readonly clusters: readonly number[];
  readonly journal: readonly (readonly [JournalEntry['event'], number, number, number])[];
}

const CASES: readonly (readonly [string, Case])[] = [
  ['nothing changes', { labels: [0, 0, 2], before: [7, 7, 9], clusters: [7, 7, 9], journal: [] }],
  ['a new record joins', { labels: [0, 0, 0], before: [7, 7, 0], clusters: [7, 7, 7], journal: [] }],
  [
    'new records by themselves',
    {
      labels: [0, 1, 1],
      before: [0, 0, 0],
      clusters: [100, 101, 101],
      journal: [
        ['created', 100, 0, 1],
        ['created', 101, 0, 2],
      ],
    },
  ],
  [
    'two become one: the larger keeps its number',
    { labels: [0, 0, 0], before: [7, 9, 9], clusters: [9, 9, 9], journal: [['merged', 9, 7, 1]] },
  ],
  [
    'two of a size become one: the smaller number stays',
    { labels: [0, 0], before: [9, 7], clusters: [7, 7], journal: [['merged', 7, 9, 1]] },
  ],
  [
    'one becomes two: the larger part keeps the number',
    { labels: [0, 1, 1], before: [7, 7, 7], clusters: [100, 7, 7], journal: [['split', 100, 7, 1]] },
  ],
  [
    'one becomes two of a size: the part with the first record keeps it',
    { labels: [0, 1], before: [7, 7], clusters: [7, 100], journal: [['split', 100, 7, 1]] },
  ],
  [
    'a record changes sides',
    {
      labels: [0, 0, 2, 2, 2],
      before: [7, 7, 7, 9, 9],
      clusters: [7, 7, 9, 9, 9],
      journal: [['moved', 9, 7, 1]],
    },
  ],
  [
    'all records of one are deleted',
    { labels: [0], before: [7], vanished: [7, 9], clusters: [7], journal: [['ended', 9, 0, 0]] },
  ],
];

describe('numbers of clusters after a change', () => {
  test.each(CASES)('%s', (_name, { labels, before, vanished = [], clusters, journal }) => {
    const found = stableIds(Int32Array.from(labels), Int32Array.from(before), vanished, NEXT);
    expect([...found.clusters]).toEqual(clusters);
    expect(found.journal.map((one) => [one.event, one.cluster, one.other, one.records])).toEqual(journal);
    expect(found.nextCluster).toBe(Math.max(NEXT, ...clusters.map((one) => one + 1)));
  });

  test('each new cluster has one number, and no number two clusters', () => {
    const node = fc.record({ label: fc.nat(5), old: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(node, { maxLength: 20 }), (nodes) => {
        const labels = Int32Array.from(nodes.map(({ label }) => label));
        const { clusters } = stableIds(labels, Int32Array.from(nodes.map(({ old }) => old)), [], NEXT);
        const pairs = new Set(nodes.map(({ label }, place) => `${label}:${clusters[place]}`));
        expect(pairs.size).toBe(new Set(labels).size);
        expect(new Set(clusters).size).toBe(new Set(labels).size);
      }),
      { seed: 20_261_127 },
    );
  });
});
