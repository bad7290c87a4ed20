import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openEngine } from '../engine/engine.ts';
import { applyDelta } from './apply-delta.ts';
import { connectedComponents } from './partition.ts';
import { createOf, expectEqual, frequenciesOf, type Run, stateOf } from './testing/small-indexes.ts';
import { keyOf, person, relationOf, threesomes, withoutRepeats } from './testing/small-worlds.ts';

const step = fc.record({
  upserts: fc.array(person, { maxLength: 8, size: 'max' }),
  deletes: fc.array(person, { maxLength: 5, size: 'max' }),
});
const world = fc.record({
  start: fc.array(person, { minLength: 20, maxLength: 60, size: 'max' }),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

async function followedSteps({ start, steps }: World, run: Run): Promise<number> {
  const engine = await openEngine();
  const { several } = run;
  try {
    let people = withoutRepeats(start, several);
    const index = await createOf(engine, people, run);
    for (const { upserts, deletes } of steps) {
      const given = withoutRepeats(upserts, several);
      const kept = new Set(given.map((one) => keyOf(one, several)));
      const gone = withoutRepeats(deletes, several).filter((one) => !kept.has(keyOf(one, several)));
      await applyDelta(index, { upserts: relationOf(given), deletes: relationOf(gone) });
      const left = new Set(gone.map((one) => keyOf(one, several)));
      people = withoutRepeats([...people, ...given], several).filter((one) => !left.has(keyOf(one, several)));
    }
    const frequencies = frequenciesOf(index);
    const whole = await createOf(engine, people, run, { prefix: 'whole_', frequencies });
    const wanted = await stateOf(whole);
    expectEqual(await stateOf(index), wanted);
    return wanted.edges.length;
  } finally {
    engine.close();
  }
}

const RUNS: readonly (readonly [string, Run])[] = [
  ['one input', { linkType: 'dedupe_only', several: false, partitioner: connectedComponents(-2) }],
  [
    'inputs against each other',
    { linkType: 'link_only', several: true, partitioner: connectedComponents(0) },
  ],
  [
    'inputs among and against',
    { linkType: 'link_and_dedupe', several: true, partitioner: connectedComponents(0) },
  ],
  ['a partitioner that ties', { linkType: 'dedupe_only', several: false, partitioner: threesomes }],
];

describe('deltas give what a run over the final rows gives', () => {
  test.each(RUNS)('%s', async (_name, run) => {
    let edges = 0;
    await fc.assert(
      fc.asyncProperty(world, async (one) => {
        edges += await followedSteps(one, run);
      }),
      { seed: 20_261_125, numRuns: 4, endOnFailure: true },
    );
    expect(edges).toBeGreaterThan(50);
  });
});
