import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apartLists, type Constraint, type Constraints, MarkBook } from '../constraints/constraints.ts';
import { conflictsInGroups, mustLinkGroups } from '../constraints/must-links.ts';
import { canonicalPairs, type PairList } from '../graph/pair-list.ts';
import { twinWorlds } from '../testing/random-worlds.ts';
import {
  clustersApart,
  clustersOf,
  mustBeApart,
  type TwinPair,
  type TwinWorld,
  twinClusters,
  twinGroups,
} from '../testing/twin-clusters.ts';
import { type Agglomeration, agglomerate } from './agglomerate.ts';

function pairList(pairs: readonly TwinPair[]): PairList {
  return {
    left: Int32Array.from(pairs, ({ left }) => left),
    right: Int32Array.from(pairs, ({ right }) => right),
    weight: Float64Array.from(pairs, ({ weight }) => weight),
  };
}

function constraintsOf(world: TwinWorld): Constraints {
  const sources = ['a', 'b'];
  const constraints: readonly Constraint[] = [
    { kind: 'cannot_link', name: '' },
    ...world.traits.map((_, index) => ({ kind: 'trait', name: `t${index}` }) as const),
    ...sources.map((name) => ({ kind: 'exclusive', name }) as const),
  ];
  const book = new MarkBook(constraints);
  const values = world.traits.map((_, trait) => ['1', '2', '3'].map(() => book.add(1 + trait)));
  const sourceMarks = sources.map((_, index) => book.add(1 + world.traits.length + index));
  const perRecord = Array.from({ length: world.count }, (_, record) => [
    ...world.traits.flatMap((trait, index) => {
      const marks = (trait[record] ?? []).map((value) => values[index]?.[Number(value) - 1] ?? -1);
      return marks.length === 0 ? [] : [book.together(marks)];
    }),
    ...sources.flatMap((name, index) => (world.sources[record] === name ? [sourceMarks[index] ?? -1] : [])),
  ]);
  const left = Int32Array.from(world.cannotLink, ([a]) => a);
  const right = Int32Array.from(world.cannotLink, ([, b]) => b);
  let end = 0;
  return {
    constraints,
    book,
    marks: Int32Array.from(perRecord.flat()),
    markStarts: Int32Array.from([0, ...perRecord.map((marks) => (end += marks.length))]),
    ...apartLists(left, right, world.count),
  };
}

function groupsOf({ mustLink, count }: TwinWorld): Int32Array {
  return mustLinkGroups(
    Int32Array.from(mustLink, ([a]) => a),
    Int32Array.from(mustLink, ([, b]) => b),
    count,
  );
}

function solve(world: TwinWorld): Agglomeration {
  return agglomerate(canonicalPairs(pairList(world.pairs), world.count), {
    threshold: world.threshold,
    floor: world.floor,
    cap: world.cap,
    groups: groupsOf(world),
    constraints: constraintsOf(world),
    unitedGroups: world.mustLinkWins,
  });
}

function conflicts(world: TwinWorld): boolean {
  return conflictsInGroups(groupsOf(world), constraintsOf(world), world.mustLinkWins).length > 0;
}

const world = (given: Partial<TwinWorld>): TwinWorld => ({
  count: 4,
  pairs: [],
  threshold: 0,
  floor: -15,
  cap: 20,
  cannotLink: [],
  mustLink: [],
  traits: [],
  sources: [],
  mustLinkWins: false,
  ...given,
});
const pair = (left: number, right: number, weight: number): TwinPair => ({ left, right, weight });

const CASES: readonly (readonly [string, TwinWorld, readonly (readonly number[])[]])[] = [
  ['nothing scored', world({}), [[0], [1], [2], [3]]],
  ['at the threshold', world({ pairs: [pair(0, 1, 0), pair(2, 3, -0.25)] }), [[0, 1], [2], [3]]],
  ['a triangle', world({ pairs: [pair(0, 1, 5), pair(1, 2, 5), pair(0, 2, 1)] }), [[0, 1, 2], [3]]],
  [
    'a chain is cut where evidence is weakest',
    world({ pairs: [pair(0, 1, 9), pair(1, 2, 4), pair(2, 3, 9)] }),
    [
      [0, 1],
      [2, 3],
    ],
  ],
  [
    'an absurd weight does not glue alone',
    world({ pairs: [pair(0, 1, 30), pair(2, 3, 30), pair(1, 2, 900)] }),
    [
      [0, 1],
      [2, 3],
    ],
  ],
  [
    'a bad pair within counts against a merge',
    world({ count: 3, pairs: [pair(0, 1, 6), pair(1, 2, 5), pair(0, 2, -7)] }),
    [[0, 1], [2]],
  ],
  [
    'a chain between contradictory identifiers',
    world({
      count: 3,
      pairs: [pair(0, 1, 9), pair(1, 2, 8), pair(0, 2, 7)],
      traits: [[['1'], [], ['2']]],
    }),
    [[0, 1], [2]],
  ],
  [
    'values in common, two by two',
    world({
      count: 3,
      pairs: [pair(0, 1, 9), pair(1, 2, 8), pair(0, 2, 7)],
      traits: [
        [
          ['1', '2'],
          ['2', '3'],
          ['1', '3'],
        ],
      ],
    }),
    [[0, 1, 2]],
  ],
  [
    'one record of a clean source',
    world({ count: 3, pairs: [pair(0, 1, 9), pair(1, 2, 8), pair(0, 2, 7)], sources: ['a', '', 'a'] }),
    [[0, 1], [2]],
  ],
  [
    'a decision brings its cannot-link along',
    world({ pairs: [pair(0, 1, 9), pair(2, 3, 9), pair(1, 2, 9)], mustLink: [[1, 3]], cannotLink: [[0, 3]] }),
    [[0], [1, 2, 3]],
  ],
  [
    'decided records have all their values',
    world({
      pairs: [pair(0, 2, 9), pair(1, 2, 9)],
      mustLink: [[0, 1]],
      traits: [[['1'], ['2'], ['2'], ['3']]],
      mustLinkWins: true,
    }),
    [[0, 1, 2], [3]],
  ],
];

describe('average linkage', () => {
  test.each(CASES)('%s', (_name, given, expected) => {
    expect(clustersOf(solve(given).labels)).toEqual(expected);
  });

  test('agrees with the slow twin', () => {
    let refusals = 0;
    fc.assert(
      fc.property(twinWorlds(9), (given) => {
        fc.pre(!conflicts(given));
        const fast = solve(given);
        const slow = twinClusters(given);
        expect(clustersOf(fast.labels)).toEqual(slow.clusters);
        if (fast.refusals.length > 0) refusals++;
        expect(fast.refusals.length > 0).toBe(slow.refused);
      }),
      { seed: 41, numRuns: 4000 },
    );
    expect(refusals).toBeGreaterThan(100);
  });

  test('never puts together what must be apart, nor takes apart what must be together', () => {
    fc.assert(
      fc.property(twinWorlds(30), (given) => {
        fc.pre(!conflicts(given));
        const clusters = clustersOf(solve(given).labels);
        for (const group of twinGroups(given)) {
          expect(clusters.filter((each) => group.some((record) => each.includes(record)))).toHaveLength(1);
        }
        for (const cluster of clusters) {
          const units = twinGroups(given).filter(([first]) => cluster.includes(first ?? -1));
          for (const [index, a] of units.entries()) {
            for (const b of units.slice(index + 1)) expect(clustersApart(given, a, b)).toBe(false);
          }
        }
      }),
      { seed: 42, numRuns: 1500 },
    );
  });

  test('a must-link that contradicts is found, however long the chain', () => {
    fc.assert(
      fc.property(twinWorlds(8), (given) => {
        const expected = twinGroups(given).some((group) =>
          group.some((a) =>
            group.some(
              (b) =>
                a < b &&
                mustBeApart(given.mustLinkWins ? { ...given, traits: [], sources: [] } : given, a, b),
            ),
          ),
        );
        expect(conflicts(given)).toBe(expected);
      }),
      { seed: 43, numRuns: 1500 },
    );
  });

  test('refusals name two records that must be apart and the strongest pair between their clusters', () => {
    fc.assert(
      fc.property(twinWorlds(12), (given) => {
        fc.pre(!conflicts(given) && given.mustLink.length === 0);
        const pairs = canonicalPairs(pairList(given.pairs), given.count);
        const { labels, refusals } = solve(given);
        for (const { pair: index, left, right, meanWeight } of refusals) {
          expect(mustBeApart(given, left, right)).toBe(true);
          expect(labels[left]).not.toBe(labels[right]);
          expect(labels[pairs.left[index] ?? -1]).not.toBe(labels[pairs.right[index] ?? -1]);
          expect(meanWeight).toBeGreaterThanOrEqual(given.threshold);
          expect(meanWeight).toBeLessThanOrEqual(Math.min(given.cap, pairs.weight[index] ?? 0));
        }
      }),
      { seed: 44, numRuns: 1500 },
    );
  });

  test('a refusal is told once, though its clusters grow', () => {
    const given = world({
      count: 3,
      pairs: [pair(0, 1, 9), pair(1, 2, 8), pair(0, 2, 7)],
      cannotLink: [[0, 1]],
    });
    expect(solve(given).refusals).toEqual([{ pair: 0, meanWeight: 9, constraint: 0, left: 0, right: 1 }]);
  });

  test('a floor at the threshold or a cap below it is refused', () => {
    expect(() => solve(world({ floor: 0 }))).toThrow(RangeError);
    expect(() => solve(world({ threshold: 21 }))).toThrow(RangeError);
  });
});
