import type { PairCounts } from '../measures.ts';
import { allowedPairs, type TruthWorld } from './truth-world.ts';

/** The slow reading of every figure: all pairs, one by one, from the definitions alone. */
export function isSame({ records }: TruthWorld, i: number, j: number): boolean {
  const entity = records[i]?.entity;
  return entity !== null && entity !== undefined && entity === records[j]?.entity;
}

/** Counts of linking every pair of at least `threshold`. */
export function countsAt(world: TruthWorld, threshold: number): PairCounts {
  return countPairs(
    world,
    (i, j) => (world.weights.get(`${i}-${j}`) ?? Number.NEGATIVE_INFINITY) >= threshold,
  );
}

/** Counts of linking the pairs of one cluster. */
export function countsOfClusters(world: TruthWorld): PairCounts {
  return countPairs(world, (i, j) => clusterOf(world, i) === clusterOf(world, j));
}

function countPairs(world: TruthWorld, linked: (i: number, j: number) => boolean): PairCounts {
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  for (const [i, j] of allowedPairs(world)) {
    const same = isSame(world, i, j);
    if (linked(i, j)) counts[same ? 'truePositives' : 'falsePositives']++;
    else counts[same ? 'falseNegatives' : 'trueNegatives']++;
  }
  return counts;
}

/** Chance that a match weighs more than another pair, ties half; unscored pairs are tied below all. */
export function rocArea(world: TruthWorld): number {
  const weighed = allowedPairs(world).map(([i, j]) => ({
    same: isSame(world, i, j),
    weight: world.weights.get(`${i}-${j}`) ?? Number.NEGATIVE_INFINITY,
  }));
  const matches = weighed.filter(({ same }) => same);
  const others = weighed.filter(({ same }) => !same);
  let won = 0;
  for (const match of matches) {
    for (const other of others)
      won += match.weight > other.weight ? 1 : match.weight === other.weight ? 0.5 : 0;
  }
  return won / (matches.length * others.length);
}

function clusterOf({ records }: TruthWorld, i: number): string {
  const cluster = records[i]?.cluster;
  return cluster === null || cluster === undefined ? `alone ${i}` : `${cluster}`;
}

/** B-cubed by its definition: mean over records. */
export function bCubed(world: TruthWorld): { readonly precision: number; readonly recall: number } {
  const places = world.records.map((_, index) => index);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const together = (i: number, j: number): boolean => i === j || isSame(world, i, j);
  const share = (within: (j: number) => boolean, both: (j: number) => boolean): number => {
    const members = places.filter(within);
    return members.filter(both).length / members.length;
  };
  const inCluster = (i: number) => (j: number) => clusterOf(world, i) === clusterOf(world, j);
  const inEntity = (i: number) => (j: number) => together(i, j);
  return {
    precision: mean(places.map((i) => share(inCluster(i), inEntity(i)))),
    recall: mean(places.map((i) => share(inEntity(i), inCluster(i)))),
  };
}

/** Entities whose records are exactly those of one cluster. */
export function exactEntities(world: TruthWorld): number {
  const places = world.records.map((_, index) => index);
  const members = (of: (j: number) => boolean): string => places.filter(of).join();
  const whole = places.filter((i) => {
    const entity = members((j) => i === j || isSame(world, i, j));
    return (
      entity.split(',')[0] === `${i}` &&
      entity === members((j) => clusterOf(world, i) === clusterOf(world, j))
    );
  });
  return whole.length;
}
