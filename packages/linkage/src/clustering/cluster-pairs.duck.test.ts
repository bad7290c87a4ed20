import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { type ClusterOptions, clusterPairs } from './cluster-pairs.ts';
import { clusterAtThresholds } from './component-tables.ts';
import { ConstraintConflictError } from './constraints/must-links.ts';
import { GraphInputError } from './graph/read-graph.ts';
import { twinWorlds } from './testing/random-worlds.ts';
import { nodes, PAIR_COLUMNS, relation } from './testing/relations.ts';
import { clustersOf, type TwinWorld, twinClusters } from './testing/twin-clusters.ts';
import { outcomeOf, outcomeSql } from './thresholds.ts';

let engine: Engine;
let single: Engine;
beforeAll(async () => {
  engine = await openEngine({ threads: 2 });
  single = await openEngine({ threads: 1 });
});
afterAll(() => {
  engine.close();
  single.close();
});

const RID_PAIR = ['rid_l INTEGER', 'rid_r INTEGER'];

/** A world as options, its record r having rid `ridOf(r)` and the records told in the order of `order`. */
function optionsOf(
  world: TwinWorld,
  ridOf: (record: number) => number,
  order: readonly number[],
): ClusterOptions {
  const key = (record: number): string => `k${String(record).padStart(3, '0')}`;
  const two = (pairs: readonly (readonly [number, number])[]): string =>
    relation(
      RID_PAIR,
      pairs.map(([a, b]) => [ridOf(b), ridOf(a)]),
    );
  const mixed = <T>(items: readonly T[]): readonly T[] =>
    order.flatMap((at) => items.filter((_, index) => index % order.length === at));
  return {
    nodes: relation(
      ['rid INTEGER', 'key VARCHAR'],
      order.map((record) => [ridOf(record), key(record)]),
    ),
    stableKey: 'key',
    pairs: relation(
      PAIR_COLUMNS,
      mixed(world.pairs.map(({ left, right, weight }) => [ridOf(left), ridOf(right), weight])),
    ),
    threshold: { weight: world.threshold },
    floor: world.floor,
    cap: world.cap,
    into: 'found',
    refusedInto: 'refused',
    constraints: {
      cannotLink: two(world.cannotLink),
      mustLink: two(world.mustLink),
      traits: relation(
        ['rid INTEGER', 'trait VARCHAR', 'value VARCHAR'],
        world.traits.flatMap((trait, index) =>
          trait.flatMap((values, record) =>
            [null, ...values].map((value) => [ridOf(record), `t'${index}`, value] as const),
          ),
        ),
      ),
      exclusive: relation(
        ['rid INTEGER', 'source VARCHAR'],
        world.sources.map((source, record) => [ridOf(record), source === '' ? null : source] as const),
      ),
      mustLinkWins: world.mustLinkWins,
    },
  };
}

/** Clusters and refusals told by record, or that must-links contradict. */
async function outcome(
  on: Engine,
  options: ClusterOptions,
  recordOf: (rid: number) => number,
): Promise<unknown> {
  try {
    await clusterPairs(on, options);
  } catch (error) {
    if (error instanceof ConstraintConflictError) return 'conflict';
    throw error;
  }
  const rows = await on.all('SELECT rid, cluster FROM found');
  const labels: number[] = [];
  for (const { rid, cluster } of rows) labels[recordOf(Number(rid))] = recordOf(Number(cluster));
  expect(labels.every((label) => labels[label] === label)).toBe(true);
  const refused = await on.all('SELECT * FROM refused');
  const told = refused.map((row) => [
    [row.rid_l, row.rid_r].map((rid) => recordOf(Number(rid))).sort(),
    [row.apart_l, row.apart_r].map((rid) => recordOf(Number(rid))).sort(),
    row.mean_weight,
    row.constraint_kind,
    row.constraint_name,
  ]);
  return { clusters: clustersOf(labels), refused: told.map((each) => JSON.stringify(each)).sort() };
}

test('shuffled rows, renumbered records, one thread or two: the same clusters and refusals, those of the twin', async () => {
  const shuffle = fc.shuffledSubarray([...Array(8).keys()], { minLength: 8 });
  await fc.assert(
    fc.asyncProperty(twinWorlds(8), shuffle, shuffle, async (world, numbers, rows) => {
      const some = numbers.filter((number) => number < world.count);
      const order = rows.filter((row) => row < world.count);
      const plain = optionsOf(world, (record) => record + 1, [...Array(world.count).keys()]);
      const expected = await outcome(engine, plain, (rid) => rid - 1);
      const renumbered = optionsOf(world, (record) => (some[record] ?? 0) + 1, order);
      expect(await outcome(single, renumbered, (rid) => some.indexOf(rid - 1))).toEqual(expected);
      if (expected !== 'conflict') {
        expect(expected).toMatchObject({ clusters: twinClusters(world).clusters });
      }
    }),
    { seed: 61, numRuns: 120 },
  );
});

const LINE = relation(PAIR_COLUMNS, [
  [1, 2, 9],
  [2, 3, 8],
  [1, 3, 7],
  [3, 4, 5],
]);
const given = (more: Partial<ClusterOptions>): ClusterOptions => ({
  nodes: nodes(4),
  pairs: LINE,
  threshold: { weight: 0 },
  into: 'found',
  ...more,
});
const labels = async (): Promise<unknown[]> =>
  (await engine.all('SELECT cluster FROM found ORDER BY rid')).map(({ cluster }) => cluster);

describe('methods', () => {
  test('average linkage', async () => {
    expect(await clusterPairs(engine, given({}))).toEqual({ clusters: 2, records: 4, refused: 0 });
    expect(await labels()).toEqual([1, 1, 1, 4]);
  });

  test('components', async () => {
    expect(await clusterPairs(engine, given({ method: 'components' }))).toMatchObject({ clusters: 1 });
    expect(await labels()).toEqual([1, 1, 1, 1]);
  });

  test('single best links', async () => {
    const duplicateFree = relation(
      ['rid INTEGER', 'source VARCHAR'],
      [
        [1, 'a'],
        [3, 'a'],
        [4, 'b'],
      ],
    );
    await clusterPairs(engine, given({ method: 'single_best', duplicateFree }));
    expect(await labels()).toEqual([1, 1, 3, 3]);
  });

  test('a threshold by probability', async () => {
    await clusterPairs(engine, given({ threshold: { probability: 0.997 } }));
    expect(await labels()).toEqual([1, 1, 3, 4]);
  });

  test('no pairs, and no records', async () => {
    const pairs = relation(PAIR_COLUMNS, []);
    expect(await clusterPairs(engine, given({ pairs }))).toMatchObject({ clusters: 4 });
    expect(await clusterPairs(engine, given({ pairs, nodes: nodes(0) }))).toMatchObject({ clusters: 0 });
  });

  test('components at several thresholds, in the columns asked for', async () => {
    const thresholds = { sure: { weight: 8 }, likely: { probability: 0.5 } };
    expect(
      await clusterAtThresholds(engine, { nodes: nodes(4), pairs: LINE, thresholds, into: 'levels' }),
    ).toEqual({
      sure: 2,
      likely: 1,
    });
    expect(await engine.all('SELECT * FROM levels WHERE rid >= 3 ORDER BY rid')).toEqual([
      { rid: 3, sure: 1, likely: 1 },
      { rid: 4, sure: 4, likely: 1 },
    ]);
  });
});

describe('what is refused', () => {
  test('a merge, with who and why', async () => {
    const traits = relation(
      ['rid INTEGER', 'trait VARCHAR', 'value VARCHAR'],
      [
        [1, "card's", 'x'],
        [3, "card's", 'y'],
      ],
    );
    await clusterPairs(engine, given({ constraints: { traits }, refusedInto: 'refused' }));
    expect(await labels()).toEqual([1, 1, 3, 3]);
    expect(await engine.all('SELECT * FROM refused')).toEqual([
      {
        rid_l: 2,
        rid_r: 3,
        mean_weight: 7.5,
        apart_l: 1,
        apart_r: 3,
        constraint_kind: 'trait',
        constraint_name: "card's",
      },
    ]);
  });

  test('a must-link between records that must be apart, by rid', async () => {
    const constraints = {
      mustLink: relation(RID_PAIR, [
        [1, 2],
        [4, 2],
      ]),
      exclusive: relation(
        ['rid INTEGER', 'source VARCHAR'],
        [
          [1, 'a'],
          [4, 'a'],
        ],
      ),
    };
    await expect(clusterPairs(engine, given({ constraints }))).rejects.toThrow(
      'must-links join records that must be apart: 1 and 4 (exclusive a)',
    );
    await clusterPairs(engine, given({ constraints: { ...constraints, mustLinkWins: true } }));
    expect(await labels()).toEqual([1, 1, 1, 1]);
  });

  const BAD: readonly (readonly [string, Partial<ClusterOptions>, new (message: string) => Error])[] = [
    ['a rid that is no node', { pairs: relation(PAIR_COLUMNS, [[1, 5, 2]]) }, GraphInputError],
    ['rid 0', { pairs: relation(PAIR_COLUMNS, [[0, 1, 2]]) }, GraphInputError],
    ['a record with itself', { pairs: relation(PAIR_COLUMNS, [[2, 2, 2]]) }, GraphInputError],
    ['a pair without weight', { pairs: relation(PAIR_COLUMNS, [[1, 2, null]]) }, GraphInputError],
    ['rids with a hole', { nodes: relation(['rid INTEGER'], [[1], [2], [4]]) }, GraphInputError],
    ['a rid twice', { nodes: relation(['rid INTEGER'], [[1], [2], [2], [3]]) }, GraphInputError],
    ['a rid in BIGINT', { nodes: '(SELECT range AS rid FROM range(1, 5))' }, TypeError],
    [
      'a constraint on a rid that is no node',
      { constraints: { exclusive: relation(['rid INTEGER', 'source VARCHAR'], [[9, 'a']]) } },
      GraphInputError,
    ],
    ['constraints for a method that looks at none', { method: 'components', constraints: {} }, TypeError],
    ['a threshold given twice', { threshold: { weight: 0, probability: 0.5 } }, TypeError],
    ['a floor that is not below the threshold', { floor: 0 }, RangeError],
  ];
  test.each(BAD)('%s', async (_name, options, error) => {
    await expect(clusterPairs(engine, given(options))).rejects.toThrow(error);
  });

  test('after a signal to stop', async () => {
    await expect(clusterPairs(engine, given({ signal: AbortSignal.abort() }))).rejects.toThrow('abort');
  });
});

test('outcomes in SQL are those in TypeScript', async () => {
  const thresholds = { upper: { weight: 4 }, lower: { probability: 0.5 } };
  const weights = [4.1, 4, 3.9, 0, -0.1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const rows = await engine.all(
    `SELECT ${outcomeSql('w', thresholds)} AS found FROM ${relation(
      ['w DOUBLE'],
      weights.map((w) => [w]),
    )}`,
  );
  expect(rows.map(({ found }) => found)).toEqual(weights.map((weight) => outcomeOf(weight, thresholds)));
});
