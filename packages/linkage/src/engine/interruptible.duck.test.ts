import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusterPairs } from '../clustering/cluster-pairs.ts';
import { exactMatch } from '../levels/levels.ts';
import { applyDelta } from '../living/apply-delta.ts';
import { createIndex } from '../living/create-index.ts';
import { withDefaults } from '../living/testing/with-defaults.ts';
import { defineModel } from '../model/model.ts';
import { trainModel } from '../parameters/train.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { openSession } from '../session.ts';
import { type Engine, openEngine } from './engine.ts';
import { interruptible } from './interruptible.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

/** Would run for days. */
const ENDLESS = 'SELECT sum(a.range * b.range)::DOUBLE AS n FROM range(100000000) a, range(100000000) b';
/** The same, as rows: a row in a thousand million, so that none comes before the end. */
const ENDLESS_ROWS = `SELECT a.range::INTEGER AS n FROM range(100000000) a, range(100000000) b
  WHERE hash(a.range, b.range) = 1`;

/** Aborts once the work has begun, and gives how it ended. */
async function abortedWhile(work: (signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
  const controller = new AbortController();
  const ended = work(controller.signal).then(
    () => 'done',
    (error: unknown) => error,
  );
  setTimeout(() => controller.abort(), 100);
  return ended;
}

const usable = async (): Promise<unknown> => (await engine.all('SELECT 42 AS n'))[0];

describe('a statement that would never end', () => {
  test.each<[string, (runner: Engine) => Promise<unknown>]>([
    ['run', (runner) => runner.run(`CREATE OR REPLACE TABLE never AS ${ENDLESS}`)],
    ['all', (runner) => runner.all(ENDLESS)],
    ['readColumns', (runner) => runner.readColumns(ENDLESS_ROWS)],
  ])('%s: ends with the reason of the signal, and the connection goes on', async (_name, act) => {
    const reason = await abortedWhile((signal) => act(interruptible(engine, signal)));
    expect(reason).toMatchObject({ name: 'AbortError' });
    expect(await usable()).toEqual({ n: 42 });
  });

  test('one that has not begun does not begin', async () => {
    await expect(
      interruptible(engine, AbortSignal.abort()).run('CREATE TABLE begun (n INTEGER)'),
    ).rejects.toThrow(/aborted/);
    await expect(engine.all('SELECT * FROM begun')).rejects.toThrow(/begun/);
  });

  test('errors of the statement itself are told as they are', async () => {
    const { signal } = new AbortController();
    await expect(interruptible(engine, signal).all('SELECT nothing')).rejects.toThrow(/"nothing"/);
  });
});

describe('work of the engine that would take for ever', () => {
  const model = withDefaults(
    defineModel({ idColumn: 'id', comparisons: [exactMatch('name')], blockingRules: ['l.town = r.town'] }),
  );
  /** One block of 200,000 records: 20 thousand million pairs. */
  const MANY = "(SELECT range AS id, range::VARCHAR AS name, 'LYON' AS town FROM range(200000))";
  const inputs = [{ relation: MANY }];
  const guard = 'off';

  test.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    [
      'opening a session',
      (signal) =>
        openSession(engine, {
          inputs: [{ relation: `(SELECT n AS id, n AS name, n AS town FROM (${ENDLESS}))` }],
          model,
          signal,
        }),
    ],
    [
      'training',
      async (signal) =>
        trainModel(await openSession(engine, { inputs, model }), model, {
          signal,
          guard,
          maxCandidatePairs: 1e12,
        }),
    ],
    [
      'scoring',
      async (signal) => scorePairs(await openSession(engine, { inputs, model }), model, { signal, guard }),
    ],
    [
      'scoring in a session with a signal',
      async (signal) => scorePairs(await openSession(engine, { inputs, model, signal }), model, { guard }),
    ],
    [
      'clustering',
      (signal) =>
        clusterPairs(engine, {
          nodes: '(SELECT range::INTEGER AS rid FROM range(1, 3))',
          pairs: `(SELECT 1 AS rid_l, 2 AS rid_r, n AS match_weight FROM (${ENDLESS}))`,
          threshold: { weight: 0 },
          into: 'clusters',
          signal,
        }),
    ],
    ['making an index', (signal) => createIndex(engine, model, inputs, { signal, guard })],
  ])('%s', async (_name, work) => {
    expect(await abortedWhile(work)).toMatchObject({ name: 'AbortError' });
    expect(await usable()).toEqual({ n: 42 });
  });

  test('a delta, which leaves the index as it was', async () => {
    const few = "(SELECT 1 AS id, 'ANNE' AS name, 'LYON' AS town)";
    const index = await createIndex(engine, model, [{ relation: few }]);
    const upserts = `(SELECT 2 AS id, n::VARCHAR AS name, 'LYON' AS town FROM (${ENDLESS}))`;
    expect(await abortedWhile((signal) => applyDelta(index, { upserts }, { signal }))).toMatchObject({
      name: 'AbortError',
    });
    const report = await applyDelta(index, { upserts: `(SELECT 2 AS id, 'ANNE' AS name, 'LYON' AS town)` });
    expect(report).toMatchObject({ delta: 1, inserted: 1 });
  });
});
