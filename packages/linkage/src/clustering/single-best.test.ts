import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalPairs } from './graph/pair-list.ts';
import { singleBestClusters, type TiesMethod } from './single-best.ts';
import { type PairRow, pairList, pairRows } from './testing/pair-lists.ts';
import { clustersOf } from './testing/twin-clusters.ts';

/** The method as it is told: rounds in which clusters that are each other's best merge. Weights must not tie. */
function inRounds(rows: readonly PairRow[], sources: readonly number[], threshold: number): number[] {
  let label = sources.map((_, place) => place);
  for (;;) {
    const held = (cluster: number): readonly number[] =>
      sources.filter((source, place) => source >= 0 && label[place] === cluster);
    const open = rows
      .map(([left, right, weight]) => ({ a: label[left] ?? 0, b: label[right] ?? 0, weight }))
      .filter(({ a, b, weight }) => weight >= threshold && a !== b)
      .filter(({ a, b }) => !held(a).some((source) => held(b).includes(source)));
    const bestOf = (cluster: number): number =>
      Math.max(...open.filter(({ a, b }) => a === cluster || b === cluster).map(({ weight }) => weight));
    const mutual = open.filter(({ a, b, weight }) => weight === bestOf(a) && weight === bestOf(b));
    if (mutual.length === 0) return label;
    for (const { a, b } of mutual) {
      label = label.map((own) => (own === a || own === b ? Math.min(a, b) : own));
    }
  }
}

function solve(
  rows: readonly PairRow[],
  sources: readonly number[],
  ties: TiesMethod = 'lowest_id',
): Int32Array {
  return singleBestClusters(canonicalPairs(pairList(rows), sources.length), {
    threshold: 0,
    sourceOf: Int32Array.from(sources),
    ties,
  });
}

test('one pass gives what rounds of mutually best clusters give', () => {
  const sources = fc.array(
    fc.integer({ min: -1, max: 40 }).map((n) => (n > 2 ? n % 34 : n)),
    {
      minLength: 10,
      maxLength: 10,
    },
  );
  fc.assert(
    fc.property(pairRows(10, 25), sources, (rows, from) => {
      const seen = new Set<string>();
      const untied = rows
        .filter(([a, b]) => {
          const key = `${Math.min(a, b)},${Math.max(a, b)}`;
          return seen.has(key) ? false : seen.add(key);
        })
        .map(([left, right, weight], index) => [left, right, weight + index / 100] as const);
      expect([...solve(untied, from)]).toEqual(inRounds(untied, from, 0));
    }),
    { seed: 21, numRuns: 1000 },
  );
});

describe('single best links', () => {
  const CASES: readonly (readonly [
    string,
    readonly PairRow[],
    readonly number[],
    TiesMethod,
    readonly number[][],
  ])[] = [
    [
      'no source is clean: as components',
      [
        [0, 1, 3],
        [1, 2, 1],
      ],
      [-1, -1, -1],
      'lowest_id',
      [[0, 1, 2]],
    ],
    [
      'the heavier of two of a clean source',
      [
        [0, 1, 3],
        [0, 2, 4],
      ],
      [0, 1, 1],
      'lowest_id',
      [[0, 2], [1]],
    ],
    [
      'equal weights: the lowest id',
      [
        [0, 1, 4],
        [0, 2, 4],
      ],
      [0, 1, 1],
      'lowest_id',
      [[0, 1], [2]],
    ],
    [
      'equal weights dropped',
      [
        [0, 1, 4],
        [0, 2, 4],
      ],
      [0, 1, 1],
      'drop',
      [[0], [1], [2]],
    ],
    [
      'equal weights to different sources stay',
      [
        [0, 1, 4],
        [0, 2, 4],
      ],
      [0, 1, 2],
      'drop',
      [[0, 1, 2]],
    ],
    [
      'equal weights to a source that is not clean stay',
      [
        [0, 1, 4],
        [0, 2, 4],
      ],
      [0, -1, -1],
      'drop',
      [[0, 1, 2]],
    ],
    [
      'a tie is dropped, a lighter link counts then',
      [
        [0, 1, 4],
        [0, 2, 4],
        [0, 3, 2],
      ],
      [0, 1, 1, 1],
      'drop',
      [[0, 3], [1], [2]],
    ],
    [
      'a chain does not bring two of a source together',
      [
        [0, 1, 5],
        [1, 2, 4],
      ],
      [0, -1, 0],
      'lowest_id',
      [[0, 1], [2]],
    ],
  ];
  test.each(CASES)('%s', (_name, rows, sources, ties, expected) => {
    expect(clustersOf(solve(rows, sources, ties))).toEqual(expected);
  });
});
