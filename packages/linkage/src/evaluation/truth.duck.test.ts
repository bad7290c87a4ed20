import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { quoteText } from '../expression/sql-text.ts';
import { clusterAgreement } from './cluster-agreement.ts';
import { countByWeight } from './count-truth.ts';
import { ratesByGroup } from './group-rates.ts';
import { readJudgedPairs } from './judged-pairs.ts';
import { prepareTruth } from './prepare-truth.ts';
import { resampler } from './resample.ts';
import { bCubed, countsAt, countsOfClusters, exactEntities, isSame, rocArea } from './testing/truth-twin.ts';
import { allowedPairs, type TruthWorld, truthWorlds, worldModel, writeWorld } from './testing/truth-world.ts';
import type { ClusterTruth, Truth } from './truth.ts';
import { pointAtThreshold, truthCurve } from './truth-curve.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const RUNS = { seed: 20240611, numRuns: 60 };
const LABELS = { kind: 'clusters', column: 'person' } as const;

function modelOf(world: TruthWorld) {
  return { ...worldModel, linkType: world.linkType };
}

async function clusterTruth(world: TruthWorld) {
  const session = await writeWorld(engine, world);
  const truth = await prepareTruth(session, modelOf(world), LABELS);
  return { session, truth: truth as ClusterTruth };
}

/** The same truth as labels of every allowed pair. */
async function pairTruth(
  world: TruthWorld,
): Promise<{ session: Awaited<ReturnType<typeof writeWorld>>; truth: Truth }> {
  const session = await writeWorld(engine, world);
  await engine.run(
    'CREATE OR REPLACE TABLE w_labels (id_l VARCHAR, source_dataset_l VARCHAR, id_r VARCHAR, source_dataset_r VARCHAR, clerical_match_score DOUBLE)',
  );
  for (const [i, j] of allowedPairs(world)) {
    // Written the wrong way round: the order of a label's records must not matter.
    const side = (place: number): string =>
      `${quoteText(`id${place + 1}`)}, ${quoteText(`s${world.records[place]?.source}`)}`;
    await engine.run(
      `INSERT INTO w_labels VALUES (${side(j)}, ${side(i)}, ${isSame(world, i, j) ? 0.5 : 0.49})`,
    );
  }
  return {
    session,
    truth: await prepareTruth(session, modelOf(world), { kind: 'pairs', relation: 'w_labels' }),
  };
}

describe('the curve is what enumerating all pairs gives', () => {
  test.each([
    ['labels of clusters', clusterTruth],
    ['labels of all pairs', pairTruth],
  ])('%s', async (_, prepare) => {
    await fc.assert(
      fc.asyncProperty(truthWorlds(), async (world) => {
        const { session, truth } = await prepare(world);
        const curve = truthCurve(await countByWeight(session, truth, 'w_pairs'), truth);
        const total = allowedPairs(world).length;
        let recall = 0;
        for (const point of curve.points) {
          expect(point).toMatchObject(countsAt(world, point.weight));
          expect(point.truePositives + point.falseNegatives).toBe(truth.matches);
          expect(point.falsePositives + point.trueNegatives).toBe(truth.others);
          expect(point.recall).toBeGreaterThanOrEqual(recall);
          recall = point.recall;
        }
        expect(truth.matches + truth.others).toBe(total);
        expect(pointAtThreshold(curve, 0.25)).toMatchObject(countsAt(world, 0.25));
        if (truth.matches > 0 && truth.others > 0) expect(curve.areaRoc).toBeCloseTo(rocArea(world), 12);
      }),
      RUNS,
    );
  });

  test('rounded weights are exact at the multiples of their step', async () => {
    await fc.assert(
      fc.asyncProperty(truthWorlds(), async (world) => {
        const { session, truth } = await clusterTruth(world);
        const curve = truthCurve(await countByWeight(session, truth, 'w_pairs', 2), truth);
        for (const threshold of [-4, -2, 0, 2]) {
          expect(pointAtThreshold(curve, threshold)).toMatchObject(countsAt(world, threshold));
        }
      }),
      { ...RUNS, numRuns: 20 },
    );
  });
});

test('a draw that takes every entity once is the sample itself, for both kinds of labels', async () => {
  await fc.assert(
    fc.asyncProperty(truthWorlds(), async (world) => {
      for (const prepare of [clusterTruth, pairTruth]) {
        const { session, truth } = await prepare(world);
        const once = resampler(await readJudgedPairs(session, truth, 'w_pairs'), false)();
        const { truePositives, falsePositives, falseNegatives } = countsAt(world, 0.25);
        expect(once.at(0.25)).toEqual({ truePositives, falsePositives, falseNegatives });
      }
    }),
    { ...RUNS, numRuns: 25 },
  );
});

test('clusters agree with the truth as the definitions say', async () => {
  await fc.assert(
    fc.asyncProperty(truthWorlds(), async (world) => {
      const { session, truth } = await clusterTruth(world);
      const agreement = await clusterAgreement(session, truth, 'w_clusters');
      const { truePositives, falsePositives, falseNegatives } = countsOfClusters(world);
      expect(agreement.pairwise).toMatchObject({ truePositives, falsePositives, falseNegatives });
      expect(agreement.bCubed.precision).toBeCloseTo(bCubed(world).precision, 12);
      expect(agreement.bCubed.recall).toBeCloseTo(bCubed(world).recall, 12);
      expect(agreement.exact).toBe(exactEntities(world));
    }),
    RUNS,
  );
});

test('groups are judged as enumerating all pairs says', async () => {
  await fc.assert(
    fc.asyncProperty(truthWorlds(), async (world) => {
      const { session, truth } = await clusterTruth(world);
      const report = await ratesByGroup(session, truth, {
        column: 'team',
        pairs: 'w_pairs',
        threshold: 0.5,
        minimumRecords: 1,
      });
      for (const { group, records, missed, wrong } of report.groups) {
        const members = world.records.filter((record) => record.group === group);
        const own = allowedPairs(world).filter(([i, j]) =>
          [i, j].some((place) => world.records[place]?.group === group),
        );
        const linked = (i: number, j: number): boolean => (world.weights.get(`${i}-${j}`) ?? -99) >= 0.5;
        const matches = own.filter(([i, j]) => isSame(world, i, j));
        const links = own.filter(([i, j]) => linked(i, j));
        expect(records).toBe(members.length);
        expect([missed.count, missed.of]).toEqual([
          matches.filter(([i, j]) => !linked(i, j)).length,
          matches.length,
        ]);
        expect([wrong.count, wrong.of]).toEqual([
          links.filter(([i, j]) => !isSame(world, i, j)).length,
          links.length,
        ]);
      }
      expect(new Set(report.groups.map(({ group }) => group))).toEqual(
        new Set(world.records.map(({ group }) => group)),
      );
    }),
    { ...RUNS, numRuns: 40 },
  );
});
