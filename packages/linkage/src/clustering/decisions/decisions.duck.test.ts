import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../../engine/engine.ts';
import { clusterPairs } from '../cluster-pairs.ts';
import { nodes, PAIR_COLUMNS, relation } from '../testing/relations.ts';
import { type Decision, DecisionError, resolveDecisions } from './decisions.ts';
import { reviewPairs } from './review-pairs.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const RECORDS = relation(
  ['rid INTEGER', 'record_id VARCHAR'],
  [
    [1, "o'a"],
    [2, 'b'],
    [3, 'c'],
    [4, 'd'],
    [5, 'e'],
    [6, 'f'],
  ],
);

interface Noted extends Decision {
  readonly by: string;
}
const must = (left: string, right: string): Noted => ({ left, right, verdict: 'must_link', by: 'anna' });
const cannot = (left: string, right: string): Noted => ({ left, right, verdict: 'cannot_link', by: 'bob' });

async function resolve(decisions: readonly Noted[]) {
  return resolveDecisions(engine, { decisions, records: RECORDS, prefix: 'decided_' });
}

describe('decisions', () => {
  test('are found by stable ids; those about records that are gone are kept, with all that was noted', async () => {
    const decisions = [
      must('b', "o'a"),
      cannot('d', 'c'),
      must('b', 'gone'),
      cannot('gone', 'lost'),
      must('b', "o'a"),
    ];
    const resolved = await resolve(decisions);
    expect(resolved.standing).toEqual([decisions[0], decisions[1], decisions[4]]);
    expect(resolved.dormant).toEqual([decisions[2], decisions[3]]);
    expect(await engine.all(`SELECT * FROM ${resolved.mustLink}`)).toEqual([
      { rid_l: 1, rid_r: 2, decision: 0 },
      { rid_l: 1, rid_r: 2, decision: 4 },
    ]);
    expect(await engine.all(`SELECT * FROM ${resolved.cannotLink}`)).toEqual([
      { rid_l: 3, rid_r: 4, decision: 1 },
    ]);
  });

  test('none at all', async () => {
    expect(await resolve([])).toMatchObject({ standing: [], dormant: [] });
  });

  test('that contradict each other are refused by number, even about records that are gone', async () => {
    const error = await resolve([must('x', 'y'), must('b', 'c'), cannot('y', 'x')]).catch(
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(DecisionError);
    expect(error).toMatchObject({ decisions: [0, 2] });
    await expect(resolve([must('b', 'b')])).rejects.toThrow(DecisionError);
  });
});

const PAIRS = relation(PAIR_COLUMNS, [
  [1, 2, 9],
  [2, 3, 5], // cut: 1 and 3 are not alike
  [1, 3, -9],
  [4, 3, 2], // doubtful
  [4, 5, 12], // forbidden
  [6, 5, -2], // apart
]);
const thresholds = { upper: { weight: 4 }, lower: { weight: 0 } };

/** A run with these decisions: the clusters, and the questions that are left. */
async function ask(
  decisions: readonly Noted[],
): Promise<{ readonly clusters: unknown; readonly questions: unknown }> {
  const { mustLink, cannotLink } = await resolve(decisions);
  const exclusive = relation(
    ['rid INTEGER', 'source VARCHAR'],
    [
      [4, 'civil'],
      [5, 'civil'],
    ],
  );
  await clusterPairs(engine, {
    nodes: nodes(6),
    pairs: PAIRS,
    threshold: thresholds.upper,
    constraints: { mustLink, cannotLink, exclusive, mustLinkWins: true },
    into: 'found',
    refusedInto: 'refused',
  });
  const count = await reviewPairs(engine, {
    pairs: PAIRS,
    clusters: 'found',
    thresholds,
    refused: 'refused',
    cannotLink,
    into: 'questions',
  });
  const questions = (await engine.all('SELECT * FROM questions')).map((row) => Object.values(row));
  expect(questions).toHaveLength(count);
  const clusters = (await engine.all('SELECT cluster FROM found ORDER BY rid')).map(({ cluster }) => cluster);
  return { clusters, questions };
}

describe('questions', () => {
  test('heaviest first, with their reason', async () => {
    expect(await ask([])).toEqual({
      clusters: [1, 1, 3, 4, 5, 6],
      questions: [
        [4, 5, 12, 'constraint', 'civil', 1],
        [2, 3, 5, 'cut', null, 1],
        [3, 4, 2, 'doubtful', null, 1],
      ],
    });
  });

  test('what was decided is not asked again, whichever way it was decided', async () => {
    expect(await ask([must('d', 'e'), cannot('c', 'b')])).toEqual({
      clusters: [1, 1, 3, 4, 4, 6],
      questions: [[3, 4, 2, 'doubtful', null, 1]],
    });
  });

  test('nor is another pair of the same two clusters; a merge asks one question for all its pairs', async () => {
    expect(await ask([must('b', 'c')])).toMatchObject({ clusters: [1, 2, 2, 4, 5, 6] });
    const asked = await ask([cannot("o'a", 'c')]);
    expect(asked.questions).toEqual([
      [4, 5, 12, 'constraint', 'civil', 1],
      [3, 4, 2, 'doubtful', null, 1],
    ]);
    const clusters = relation(
      ['rid INTEGER', 'cluster INTEGER'],
      [
        [1, 1],
        [2, 1],
        [3, 3],
        [4, 3],
        [5, 5],
        [6, 5],
      ],
    );
    const pairs = relation(PAIR_COLUMNS, [
      [2, 3, 1],
      [1, 3, 2],
      [1, 4, 2],
      [2, 4, -1],
      [3, 4, 9],
    ]);
    expect(await reviewPairs(engine, { pairs, clusters, thresholds, into: 'questions' })).toBe(1);
    expect((await engine.all('SELECT * FROM questions')).map((row) => Object.values(row))).toEqual([
      [1, 3, 2, 'doubtful', null, 3],
    ]);
  });
});
