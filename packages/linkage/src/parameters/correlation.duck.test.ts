import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { distanceAtThresholds, exactMatch, similarityAtThresholds } from '../levels/levels.ts';
import { defineModel, isElse, type Model } from '../model/model.ts';
import { modelProblems } from '../model/validate-model.ts';
import { gammaSql } from '../scoring/pattern.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { openSession } from '../session.ts';
import { calibration } from './calibration.ts';
import { correlations } from './correlation.ts';
import { joinComparisons } from './join-comparisons.ts';
import { plantWorld } from './testing/planted-world.ts';
import { type Training, trainModel } from './train.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
  await plantWorld(engine, { records: 3000, columns: COLUMNS }, [0]);
});
afterAll(() => engine.close());

const COLUMNS = [
  { values: 12, error: 0.15 },
  { values: 60, error: 0.1 },
  { values: 30, error: 0.2 },
  { values: 80, error: 0.08 },
];
const single = COLUMNS.map((_, index) => exactMatch(`c${index}`));
const options = { blockingRules: ['l.c0 = r.c0', 'l.c1 = r.c1', 'l.c3 = r.c3'], retainColumns: ['person'] };

const plain = defineModel({ ...options, comparisons: single });
const copied = defineModel({ ...options, comparisons: [...single, exactMatch('copy_c0')] });
const joined = defineModel({
  ...options,
  comparisons: [joinComparisons(exactMatch('c0'), exactMatch('copy_c0')), ...single.slice(1)],
});

/** Trains, and measures by how many pairs the model is wrong about how many match, above weight 0 and below. */
async function measure(model: Model): Promise<{ training: Training; error: number }> {
  const session = await openSession(engine, { inputs: [{ relation: 'world' }], model });
  const training = await trainModel(session, model);
  const { table } = await scorePairs(session, training.model);
  const bins = await calibration(session, { pairs: table, labelColumn: 'person' });
  const error = bins.reduce((sum, bin) => sum + bin.pairs * Math.abs(bin.predicted - bin.observed), 0);
  return { training, error };
}

describe('a column that repeats another', () => {
  it('is found, and nothing else is', async () => {
    const { training } = await measure(copied);
    const found = correlations(training.model, training);
    for (const { a, b, strength } of found.slice(0, 2)) {
      expect([a, b]).toEqual(['c0', 'copy_c0']);
      expect(strength).toBeGreaterThan(0.95);
    }
    for (const { strength } of found.slice(2)) expect(strength).toBeLessThan(0.3);
    const honest = (await measure(plain)).training;
    for (const { among, strength } of correlations(honest.model, honest)) {
      expect(strength).toBeLessThan(among === 'others' ? 0.01 : 0.3);
    }
  });

  it('spoils calibration, which joining restores', async () => {
    const [honest, spoilt, mended] = [await measure(plain), await measure(copied), await measure(joined)];
    expect(spoilt.error).toBeGreaterThan(honest.error * 2);
    expect(mended.error).toBeLessThan(honest.error * 1.2 + 5);
    expect(mended.training.model.prior / honest.training.model.prior).toBeCloseTo(1, 1);
  });
});

describe('joined comparisons', () => {
  const first = similarityAtThresholds('c0', 'jaro_winkler_similarity', [0.9]);
  const near = distanceAtThresholds('c1', 'levenshtein', [1]);
  const second = { ...near, levels: near.levels.slice(1) };

  it('have a level for each combination, and the pair is where both parts put it', async () => {
    const both = joinComparisons(first, second);
    expect(both.columns).toEqual(['c0', 'c1']);
    expect(both.levels).toHaveLength(4 * 3);
    const [last] = both.levels.slice(-1);
    expect(last !== undefined && isElse(last)).toBe(true);
    expect(modelProblems(defineModel({ comparisons: [both] }))).toEqual([]);
    const sides = ['c0', 'c1'].flatMap((name) =>
      ['l', 'r'].map((side) => `${side}.${name} AS ${name}_${side}`),
    );
    const rows = await engine.all(
      `SELECT DISTINCT a, b, both_parts FROM (SELECT ${gammaSql(first)} AS a, ${gammaSql(second)} AS b, ${gammaSql(both)} AS both_parts
       FROM (SELECT ${sides.join(', ')} FROM world l JOIN world r ON l.unique_id < r.unique_id AND r.unique_id < 300))`,
    );
    expect(new Set(rows.map((row) => row.both_parts)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(3);
  });

  it('say nothing only where both say nothing', () => {
    const both = joinComparisons(exactMatch('c0'), exactMatch('c1'));
    expect(both.levels.map(({ label, isNull }) => [label, isNull ?? false]).slice(0, 2)).toEqual([
      ['c0 missing / c1 missing', true],
      ['c0 missing / c1 equal', false],
    ]);
  });

  it('are refused when they have too many levels', () => {
    expect(() => joinComparisons(first, first, { maxLevels: 10 })).toThrow(RangeError);
  });
});
