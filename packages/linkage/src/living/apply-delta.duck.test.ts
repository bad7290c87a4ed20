import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConstraintConflictError } from '../clustering/constraints/must-links.ts';
import {
  type Membership,
  readJournal,
  replayJournal,
  reverseJournal,
} from '../clustering/identity/journal.ts';
import { openEngine } from '../engine/engine.ts';
import { applyDelta } from './apply-delta.ts';
import { averageLinkage } from './average-linkage.ts';
import { recordKey } from './index-format.ts';
import type { LinkIndex } from './open-index.ts';
import { connectedComponents } from './partition.ts';
import { createOf, expectEqual, frequenciesOf, type Run, stateOf } from './testing/small-indexes.ts';
import {
  type Decided,
  decisionsOf,
  keyOf,
  person,
  relationOf,
  threesomes,
  withoutRepeats,
} from './testing/small-worlds.ts';

const someone = fc.record({
  id: fc.integer({ min: 1, max: 45 }),
  source: fc.constantFrom<'a' | 'b'>('a', 'b'),
});
const decided: fc.Arbitrary<Decided> = fc.record({
  left: someone,
  right: someone,
  verdict: fc.constantFrom('must_link', 'cannot_link', 'none'),
});
const step = fc.record({
  upserts: fc.array(person, { maxLength: 8, size: 'max' }),
  deletes: fc.array(person, { maxLength: 5, size: 'max' }),
  decisions: fc.array(decided, { maxLength: 4, size: 'max' }),
});
const world = fc.record({
  start: fc.array(person, { minLength: 20, maxLength: 60, size: 'max' }),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** Each two people once; nobody is decided against himself. */
function plainDecisions(decisions: readonly Decided[], several: boolean): ReadonlyMap<string, Decided> {
  const pair = ({ left, right }: Decided) => [keyOf(left, several), keyOf(right, several)].sort();
  return new Map(
    decisions.flatMap((one) => {
      const [a, b] = pair(one);
      return a === b ? [] : [[`${a}:${b}`, one] as const];
    }),
  );
}

async function membershipOf({ engine, tables, manifest }: LinkIndex): Promise<Membership> {
  const rows = await engine.all(`SELECT ${recordKey(manifest, 'r')} AS record, cluster::VARCHAR AS cluster
    FROM ${tables.clusters} c JOIN ${tables.records} r ON r.rid = c.rid ORDER BY record`);
  return new Map(rows.map(({ record, cluster }) => [String(record), String(cluster)]));
}

const sorted = (membership: Membership) => [...membership].sort(([a], [b]) => (a < b ? -1 : 1));

/** Its entries of the journal lead from the clusters before to those after, and back. */
async function expectJournal(index: LinkIndex, delta: number, before: Membership): Promise<number> {
  const events = await readJournal(
    index.engine,
    `(SELECT * FROM ${index.tables.journal} WHERE delta = ${delta})`,
  );
  const after = await membershipOf(index);
  expect(sorted(replayJournal(before, events))).toEqual(sorted(after));
  expect(sorted(replayJournal(after, reverseJournal(events)))).toEqual(sorted(before));
  return events.length;
}

/** What was met on the way: a world where nothing happens would prove nothing. */
interface Met {
  edges: number;
  events: number;
  conflicts: number;
}

async function followedSteps({ start, steps }: World, run: Run, met: Met): Promise<void> {
  const engine = await openEngine();
  const { several } = run;
  const decides = run.partitioner.constraints !== undefined;
  try {
    let people = withoutRepeats(start, several);
    let standing = new Map<string, Decided>();
    const index = await createOf(engine, people, run);
    for (const { upserts, deletes, decisions } of steps) {
      const given = withoutRepeats(upserts, several);
      const kept = new Set(given.map((one) => keyOf(one, several)));
      const gone = withoutRepeats(deletes, several).filter((one) => !kept.has(keyOf(one, several)));
      const verdicts = plainDecisions(decides ? decisions : [], several);
      const before = await membershipOf(index);
      const delta = {
        upserts: relationOf(given),
        deletes: relationOf(gone),
        ...(decides ? { decisions: decisionsOf([...verdicts.values()]) } : {}),
      };
      try {
        met.events += await expectJournal(index, (await applyDelta(index, delta)).delta, before);
      } catch (error) {
        // Decisions that contradict each other: nothing happened.
        if (!(error instanceof ConstraintConflictError)) throw error;
        met.conflicts++;
        expect(sorted(await membershipOf(index))).toEqual(sorted(before));
        continue;
      }
      const left = new Set(gone.map((one) => keyOf(one, several)));
      people = withoutRepeats([...people, ...given], several).filter((one) => !left.has(keyOf(one, several)));
      standing = new Map([...standing, ...verdicts]);
    }
    const decisions = decides ? { decisions: decisionsOf([...standing.values()]) } : {};
    const frequencies = frequenciesOf(index);
    const whole = await createOf(engine, people, run, { prefix: 'whole_', frequencies, ...decisions });
    const wanted = await stateOf(whole);
    expectEqual(await stateOf(index), wanted);
    met.edges += wanted.edges.length;
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
  [
    'average linkage, contradictory years apart',
    {
      linkType: 'dedupe_only',
      several: false,
      partitioner: averageLinkage({ threshold: -1, floor: -4, traits: ['year'] }),
    },
  ],
  [
    'average linkage, one of a clean input',
    {
      linkType: 'link_and_dedupe',
      several: true,
      partitioner: averageLinkage({ threshold: -1, floor: -4, exclusive: ['a'] }),
    },
  ],
];

describe('deltas give what a run over the final rows gives, and a journal that leads there and back', () => {
  test.each(RUNS)('%s', async (_name, run) => {
    const met: Met = { edges: 0, events: 0, conflicts: 0 };
    await fc.assert(
      fc.asyncProperty(world, (one) => followedSteps(one, run, met)),
      { seed: 20_261_125, numRuns: run.partitioner.constraints === undefined ? 4 : 8, endOnFailure: true },
    );
    expect(met.edges).toBeGreaterThan(50);
    expect(met.events).toBeGreaterThan(20);
    expect(met.conflicts).toBeLessThan(met.events);
  });
});
