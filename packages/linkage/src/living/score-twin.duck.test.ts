import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openEngine } from '../engine/engine.ts';
import type { Row, Value } from '../expression/expression.ts';
import { pairOf } from '../levels/gamma-twin.ts';
import { defineModel, ELSE } from '../model/model.ts';
import { patternGammas } from '../scoring/pattern.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { openSession } from '../session.ts';
import { explainPair } from './explain-pair.ts';
import { compilePairTwin } from './score-twin.ts';
import { person, relationOf, withoutRepeats, worldModel } from './testing/small-worlds.ts';

/** The small worlds' model, its levels for the engine alone left out, and all pairs looked at. */
const whole = worldModel('dedupe_only');
const model = defineModel({
  ...whole,
  comparisons: whole.comparisons.filter(({ levels }) =>
    levels.every((one) => one.condition || one.sql === ELSE),
  ),
  blockingRules: [],
});

describe('the score of one pair in TypeScript', () => {
  test('equals that of the engine, level by level', async () => {
    expect(model.comparisons.map(({ name }) => name)).toEqual(['first', 'last', 'birth']);
    const engine = await openEngine();
    let pairs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 10, maxLength: 30, size: 'max' }), async (some) => {
        const inputs = [{ relation: relationOf(withoutRepeats(some, false)) }];
        const session = await openSession(engine, { inputs, model });
        const { table } = await scorePairs(session, model);
        const rows = await engine.all(`SELECT * FROM ${session.records}`);
        const records = new Map(
          rows.map((row) => [Number(row.rid), row as Readonly<Record<string, Value>> as Row]),
        );
        for (const row of await engine.all(`SELECT * FROM ${table}`)) {
          const explained = explainPair(
            model,
            records.get(Number(row.rid_l)) ?? {},
            records.get(Number(row.rid_r)) ?? {},
          );
          expect(explained.steps.map(({ gamma }) => gamma)).toEqual(
            patternGammas(model, Number(row.pattern)),
          );
          expect(explained.weight).toBeCloseTo(Number(row.match_weight), 9);
          expect(explained.steps.at(-1)?.runningTotal).toBeCloseTo(explained.weight, 9);
          pairs++;
        }
      }),
      { seed: 20_261_128, numRuns: 5 },
    );
    expect(pairs).toBeGreaterThan(500);
    engine.close();
  });

  test.each([
    ['both known: the commoner counts', 0.2, 0.4, 0.4],
    ['one missing: the other counts', null, 0.4, 0.4],
    ['both missing: nothing is added', null, null, 0.1],
    ['rarer than the floor: the floor counts', 0.001, 0.002, 0.02],
  ])('frequencies, %s', (_name, left, right, counted) => {
    const record = (tf: number | null) => ({ first: 'ANNE', last: null, birth: null, tf_first: tf });
    const [step] = explainPair(model, record(left), record(right)).steps;
    expect(step?.termFrequency).toBeCloseTo(Math.log2(0.1 / counted), 12);
  });

  test('a comparison that only the engine reads must be given', () => {
    const twin = compilePairTwin(whole);
    expect(twin.engineOnly.map(({ name }) => name)).toEqual(['year']);
    const pair = pairOf({ year: 2000 }, { year: 2001 });
    expect(() => twin.score(pair)).toThrow('year has no twin');
    const { comparisons } = twin.score(pair, new Map([['year', 1]]));
    expect(comparisons.at(-1)?.weight).toBeCloseTo(Math.log2(0.95 / 0.6), 12);
  });
});
