import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { exactMatch } from '../levels/levels.ts';
import { type Comparison, defineModel, type Model } from '../model/model.ts';
import { type LinkSession, openSession } from '../session.ts';
import { estimateMByRule, priorFromRules, TrainingError } from './estimate-m-by-rule.ts';
import { startEstimates } from './estimates.ts';
import { plantWorld } from './testing/planted-world.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
  const columns = [40, 60, 30, 80].map((values) => ({ values, error: 0.1 }));
  await plantWorld(engine, { records: 2000, columns });
});
afterAll(() => engine.close());

/** m 0.8 and u as in the world, as if trained before. */
function given(name: string, values: number): Comparison {
  const comparison = exactMatch(name);
  const levels = comparison.levels.map((level, index) =>
    index === 0
      ? level
      : { ...level, m: index === 1 ? 0.8 : 0.2, u: index === 1 ? 1 / values : 1 - 1 / values },
  );
  return { ...comparison, levels };
}

const model = defineModel({
  prior: 3e-4,
  comparisons: [given('c0', 40), given('c1', 60), given('c2', 30), given('c3', 80)],
});

const open = (used: Model = model): Promise<LinkSession> =>
  openSession(engine, { inputs: [{ relation: 'world' }], model: used });

describe('training on one rule', () => {
  it('leaves out comparisons that the rule reads, even inside a function, and trains the others', async () => {
    const rule = 'substr(l.c0, 1, 1) = substr(r.c0, 1, 1) and l.c1 = r.c1';
    const { trained, deactivated, estimates } = await estimateMByRule(
      await open(),
      startEstimates(model),
      rule,
    );
    expect([trained, deactivated]).toEqual([
      ['c2', 'c3'],
      ['c0', 'c1'],
    ]);
    expect(estimates.m.map((levels) => levels.map((list) => list.length))).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
      [1, 1],
    ]);
    expect(Math.abs((estimates.model.comparisons[3]?.levels[1]?.m ?? 0) - 0.81)).toBeLessThan(0.05);
    expect(estimates.model.comparisons[3]?.levels[1]?.u).toBe(1 / 80);
  });

  it('starts from the prior raised by what the rule implies, and lowers each session’s λ by it again', async () => {
    const session = await open();
    const first = await estimateMByRule(session, startEstimates(model), 'l.c0 = r.c0 and l.c1 = r.c1');
    const second = await estimateMByRule(session, first.estimates, 'l.c3 = r.c3');
    expect(first.implied).toEqual([
      { comparison: 0, gamma: 1 },
      { comparison: 1, gamma: 1 },
    ]);
    const [row] = await engine.all(
      'SELECT count(*) AS n FROM world a JOIN world b ON a.person = b.person AND a.unique_id < b.unique_id',
    );
    const truth = Number(row?.n) / session.possiblePairs;
    expect(priorFromRules(second.estimates.model, [first, second]) / truth).toBeGreaterThan(0.8);
    expect(priorFromRules(second.estimates.model, [first, second]) / truth).toBeLessThan(1.25);
  });

  it('changes nothing that is fixed', async () => {
    const fixed = await estimateMByRule(await open(), startEstimates(model), 'l.c0 = r.c0', {
      fixPrior: true,
      fixM: true,
    });
    expect(fixed.estimates).toEqual(startEstimates(model));
    // Raised by m / u of c0 in odds.
    expect(fixed.em.prior / (1 - fixed.em.prior)).toBeCloseTo((3e-4 / (1 - 3e-4)) * 0.8 * 40, 12);
  });

  it.each([
    ['no pair', "l.c0 = r.c0 || '?'"],
    ['nothing left to train', 'l.c0 = r.c0 and l.c1 = r.c1 and l.c2 = r.c2 and l.c3 = r.c3'],
  ])('refuses %s', async (_, rule) => {
    await expect(estimateMByRule(await open(), startEstimates(model), rule)).rejects.toThrow(TrainingError);
  });
});
