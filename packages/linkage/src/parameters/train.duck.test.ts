import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { distanceAtThresholds, exactMatch } from '../levels/levels.ts';
import { defineModel, levelsByGamma, type Model } from '../model/model.ts';
import { type LinkSession, openSession } from '../session.ts';
import { plantWorld } from './testing/planted-world.ts';
import { trainModel } from './train.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const COLUMNS = [
  { values: 40, error: 0.05 },
  { values: 60, error: 0.1 },
  { values: 30, error: 0.2 },
  { values: 80, error: 0.08 },
];

const model = defineModel({
  comparisons: COLUMNS.map((_, index) => exactMatch(`c${index}`)),
  blockingRules: ['l.c0 = r.c0', 'l.c1 = r.c1', 'l.c3 = r.c3'],
  retainColumns: ['person'],
});

async function worldSession(used: Model = model, records = 3000): Promise<LinkSession> {
  await plantWorld(engine, { records, columns: COLUMNS });
  return openSession(engine, { inputs: [{ relation: 'world' }], model: used });
}

const exact = (trained: Model, index: number): { m: number; u: number } => {
  const [, top] = trained.comparisons[index] === undefined ? [] : levelsByGamma(trained.comparisons[index]);
  return { m: top?.m ?? 0, u: top?.u ?? 0 };
};

describe('training without labels', () => {
  it('finds m, u and λ that are known', async () => {
    const session = await worldSession();
    const { model: trained, warnings } = await trainModel(session, model);
    const [truth] = await engine.all(
      `SELECT count(*) AS n FROM world a JOIN world b ON a.person = b.person AND a.unique_id < b.unique_id`,
    );
    expect(trained.prior / (Number(truth?.n) / session.possiblePairs)).toBeCloseTo(1, 1);
    for (const [index, { values, error }] of COLUMNS.entries()) {
      const right = (1 - error) ** 2 + (1 - (1 - error) ** 2) / values;
      expect(Math.abs(exact(trained, index).m - right), `m of c${index}`).toBeLessThan(0.03);
      expect(Math.abs(exact(trained, index).u * values - 1), `u of c${index}`).toBeLessThan(0.05);
    }
    expect(warnings).toEqual([]);
  });

  it('gives the same digits for one thread and for shuffled records', async () => {
    const first = (await trainModel(await worldSession(), model)).model;
    const single = await openEngine({ threads: 1 });
    await plantWorld(single, { records: 3000, columns: COLUMNS });
    const relation = '(SELECT * FROM world ORDER BY hash(unique_id))';
    const session = await openSession(single, { inputs: [{ relation }], model });
    expect((await trainModel(session, model)).model).toEqual(first);
    single.close();
  });

  it('looks at a sample when the rules find too many pairs, and ends nearly where all of them end', async () => {
    const session = await worldSession();
    const all = await trainModel(session, model);
    const part = await trainModel(session, model, { maxCandidatePairs: all.candidatePairs / 4 });
    expect(all.share).toBe(1);
    expect(part.share).toBeCloseTo(0.25, 2);
    expect(part.candidatePairs / all.candidatePairs).toBeCloseTo(1, 1);
    expect(part.model.prior / all.model.prior).toBeGreaterThan(0.8);
    expect(part.model.prior / all.model.prior).toBeLessThan(1.25);
    for (const index of COLUMNS.keys()) {
      expect(Math.abs(exact(part.model, index).m - exact(all.model, index).m)).toBeLessThan(0.05);
    }
  });

  it('takes matches out of u where a third of the records are duplicates', async () => {
    const columns = [...COLUMNS.slice(0, 3), { values: 100_000, error: 0.1 }];
    await plantWorld(engine, { records: 1500, columns });
    const session = await openSession(engine, { inputs: [{ relation: 'world' }], model });
    const { model: trained, warnings } = await trainModel(session, model);
    const [row] = await engine.all(
      `SELECT avg((a.c3 = b.c3)::INTEGER) AS u FROM world a JOIN world b ON a.unique_id < b.unique_id AND a.person <> b.person`,
    );
    expect(warnings.map(({ code, comparison }) => [code, comparison])).toContainEqual([
      'u_contaminated',
      'c3',
    ]);
    // Of the random pairs that agree nearly all match: what is left is small, where the plain share was 40 times as much.
    expect(exact(trained, 3).u).toBeLessThan(Number(row?.u) * 10);
  });

  it('keeps what is fixed', async () => {
    const [first, ...others] = model.comparisons;
    const fixed = {
      ...exactMatch('c0'),
      levels: (first?.levels ?? []).map((one, index) =>
        index === 1 ? { ...one, m: 0.5, u: 0.1, fixM: true, fixU: true } : one,
      ),
    };
    const used = { ...model, comparisons: [fixed, ...others] };
    const { model: trained } = await trainModel(await worldSession(used), used);
    expect(exact(trained, 0)).toEqual({ m: 0.5, u: 0.1 });
  });
});

describe('warnings', () => {
  it('names a level that no pair shows', async () => {
    const used = {
      ...model,
      comparisons: [...model.comparisons.slice(0, 3), distanceAtThresholds('c3', 'levenshtein', [0])],
    };
    const { warnings } = await trainModel(await worldSession(used), used);
    expect(warnings.map(({ code, level }) => [code, level])).toContainEqual([
      'unseen_level',
      'levenshtein of c3 <= 0',
    ]);
  });

  it('tells levels in the wrong order, a prior far from the rules, and training cut short', async () => {
    const distance = distanceAtThresholds('c3', 'levenshtein', [2]);
    const [missing, equal, near, rest] = distance.levels;
    if (!missing || !equal || !near || !rest) throw new Error('the comparison has four levels');
    const notEqual = { ...near, sql: `("c3_l" <> "c3_r") AND ${near.sql}` };
    const { condition: _, ...wrong } = notEqual;
    const used = {
      ...model,
      comparisons: [...model.comparisons.slice(0, 3), { ...distance, levels: [missing, wrong, equal, rest] }],
    };
    const { warnings } = await trainModel(await worldSession(used), used, {
      rulesPrior: 0.2,
      maxIterations: 1,
    });
    const codes = warnings.map(({ code }) => code);
    expect(codes).toContain('weights_not_ordered');
    expect(codes).toContain('prior_far_from_rules');
    expect(codes).toContain('not_converged');
  });

  it('says that there are few matches, or that classes are switched, where nobody is twice', async () => {
    await plantWorld(engine, { records: 800, columns: COLUMNS, repeated: 0.01 });
    const session = await openSession(engine, { inputs: [{ relation: 'world' }], model });
    const { warnings } = await trainModel(session, model);
    expect(
      warnings.map(({ code }) => code).some((code) => code === 'few_matches' || code === 'label_switched'),
    ).toBe(true);
  });
});
