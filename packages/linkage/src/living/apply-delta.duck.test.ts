import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import type { LinkType } from '../model/model.ts';
import type { LinkInput } from '../records/record-tables.ts';
import { applyDelta } from './apply-delta.ts';
import { createIndex } from './create-index.ts';
import type { LinkIndex } from './open-index.ts';
import { connectedComponents, type Partitioner } from './partition.ts';
import {
  keyOf,
  type Person,
  person,
  relationOf,
  threesomes,
  withoutRepeats,
  worldModel,
} from './testing/small-worlds.ts';

const THRESHOLD = -4;

interface Run {
  readonly linkType: LinkType;
  readonly several: boolean;
  readonly partitioner: Partitioner;
}

function inputsOf(people: readonly Person[], several: boolean): readonly LinkInput[] {
  if (!several) return [{ relation: relationOf(people) }];
  return (['b', 'a'] as const).map((name) => ({
    name,
    relation: relationOf(people.filter(({ source }) => source === name)),
  }));
}

function createOf(
  engine: Engine,
  people: readonly Person[],
  { linkType, several, partitioner }: Run,
  more: Parameters<typeof createIndex>[3] = {},
): Promise<LinkIndex> {
  return createIndex(engine, worldModel(linkType), inputsOf(people, several), {
    threshold: THRESHOLD,
    partitioner,
    ...more,
  });
}

interface State {
  readonly edges: readonly Record<string, unknown>[];
  readonly clusters: readonly string[];
}

/** Edges and clusters by what the records are, not by their numbers. */
async function stateOf({ engine, tables }: LinkIndex): Promise<State> {
  const key = (alias: string) => `${alias}.source || '-' || ${alias}.id`;
  const edges =
    await engine.all(`SELECT ${key('l')} AS l, ${key('r')} AS r, match_key, pattern::VARCHAR AS pattern, match_weight
    FROM ${tables.edges} e JOIN ${tables.records} l ON l.rid = rid_l JOIN ${tables.records} r ON r.rid = rid_r ORDER BY 1, 2`);
  const clusters = await engine.all(`SELECT string_agg(${key('r')}, ' ' ORDER BY ${key('r')}) AS members
    FROM ${tables.clusters} c JOIN ${tables.records} r USING (rid) GROUP BY cluster ORDER BY 1`);
  return { edges, clusters: clusters.map(({ members }) => String(members)) };
}

function expectEqual(found: State, wanted: State): void {
  const plain = ({ match_weight: _, ...rest }: Record<string, unknown>) => rest;
  expect(found.edges.map(plain)).toEqual(wanted.edges.map(plain));
  for (const [place, { match_weight: weight }] of wanted.edges.entries()) {
    expect(Number(found.edges[place]?.match_weight)).toBeCloseTo(Number(weight), 9);
  }
  expect(found.clusters).toEqual(wanted.clusters);
}

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
    const frequencies = Object.fromEntries(
      index.manifest.frequencyColumns.map((name, place) => [
        name,
        `(SELECT value AS "${name}", tf AS "tf_${name}" FROM ${index.tables.frequencies(place)})`,
      ]),
    );
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
      { seed: 20_261_125, numRuns: 12 },
    );
    expect(edges).toBeGreaterThan(50);
  });
});
