import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOfOverlaps, type Overlap } from './overlaps.ts';

/** Cluster and entity of each record. */
type World = readonly (readonly [cluster: number, entity: number])[];

const WORLD = fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 })), { maxLength: 40 });

function overlapsOf(world: World): readonly Overlap[] {
  const cells = new Map(world.map((record) => [record.join(), record]));
  return [...cells.values()].map(([cluster, entity]) => ({
    both: world.filter((other) => other[0] === cluster && other[1] === entity).length,
    cluster: world.filter((other) => other[0] === cluster).length,
    entity: world.filter((other) => other[1] === entity).length,
    times: 1,
  }));
}

/** What the definitions say, pair by pair and record by record. */
function enumerated(world: World) {
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
  world.forEach(([cluster, entity], index) => {
    for (const [otherCluster, otherEntity] of world.slice(index + 1)) {
      const [linked, same] = [cluster === otherCluster, entity === otherEntity];
      if (linked && same) counts.truePositives += 1;
      else if (linked) counts.falsePositives += 1;
      else if (same) counts.falseNegatives += 1;
    }
  });
  const members = (of: 0 | 1, value: number) =>
    world.flatMap((one, index) => (one[of] === value ? [index] : []));
  const entities = [...new Set(world.map(([, entity]) => entity))];
  const clusters = [...new Set(world.map(([cluster]) => cluster))];
  const exact = entities.filter((entity) =>
    clusters.some((cluster) => members(0, cluster).join() === members(1, entity).join()),
  );
  const several = (entity: number) => members(1, entity).length > 1;
  return {
    counts,
    entities: entities.length,
    clusters: clusters.length,
    exact: exact.length,
    severalEntities: entities.filter(several).length,
    severalExact: exact.filter(several).length,
  };
}

describe('clusters held against entities by their overlaps', () => {
  it('count what enumerating pairs counts', () => {
    fc.assert(
      fc.property(WORLD, (world) => {
        const { pairwise, bCubed: _bCubed, ...wholes } = agreementOfOverlaps(overlapsOf(world));
        const { counts, ...expected } = enumerated(world);
        expect(pairwise).toMatchObject(counts);
        expect(wholes).toEqual(expected);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('are the same when equal overlaps are told once with how often', () => {
    const once: Overlap = { both: 2, cluster: 3, entity: 2, times: 1 };
    const alone: Overlap = { both: 1, cluster: 3, entity: 1, times: 1 };
    const listed = [once, alone, once, alone];
    const grouped = [
      { ...once, times: 2 },
      { ...alone, times: 2 },
    ];
    const { bCubed, ...counted } = agreementOfOverlaps(grouped);
    const { bCubed: bCubedListed, ...countedOneByOne } = agreementOfOverlaps(listed);
    expect(counted).toEqual(countedOneByOne);
    expect(bCubed.f1).toBeCloseTo(bCubedListed.f1, 12);
    expect(counted).toMatchObject({ clusters: 2, entities: 4, severalEntities: 2, exact: 0 });
  });

  it('of nothing at all are perfect', () => {
    expect(agreementOfOverlaps([])).toMatchObject({
      pairwise: { precision: 1, recall: 1 },
      bCubed: { f1: 1 },
      entities: 0,
    });
  });
});
