import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { exactMatch } from '../levels/levels.ts';
import { defineModel, type Model } from '../model/model.ts';
import { openSession } from '../session.ts';
import { patternGammas } from './pattern.ts';
import { type ScoreOptions, scorePairs } from './score-pairs.ts';
import { modelForSources } from './source-parameters.ts';
import { loadRecords, type RandomRecord, randomModels, randomRecords } from './testing/random-scoring.ts';
import { UntrainedError } from './untrained.ts';
import { comparisonWeights, priorWeight } from './weights.ts';

let engine: Engine;
let single: Engine;
beforeAll(async () => {
  engine = await openEngine({ threads: 2 });
  single = await openEngine({ threads: 1 });
});
afterAll(() => {
  engine.close();
  single.close();
});

type Scored = readonly (readonly unknown[])[];

/** Pairs as ids, rule, pattern and weight, in the order of the ids. */
async function score(
  model: Model,
  records: readonly RandomRecord[],
  options: ScoreOptions = {},
  { on = engine, order }: { readonly on?: Engine; readonly order?: readonly number[] } = {},
): Promise<Scored> {
  await loadRecords(on, records, order);
  const session = await openSession(on, { inputs: [{ relation: 'input' }], model });
  // Rules of every kind, also those that the guard refuses.
  const { table } = await scorePairs(session, model, { guard: 'off', ...options });
  const rows = await on.all(
    `SELECT l.unique_id AS l, r.unique_id AS r, match_key, pattern, match_weight
     FROM ${table} JOIN ${session.records} l ON l.rid = rid_l JOIN ${session.records} r ON r.rid = rid_r ORDER BY 1, 2`,
  );
  return rows.map((row) => Object.values(row));
}

const threshold = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -5, max: 15, noNaN: true }));

describe('however pairs are scored, the same ones come out with the same weights', () => {
  it('cascade = everything evaluated', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(randomModels(), randomRecords, threshold, async (model, records, least) => {
        const plain = await score(model, records, { threshold: least, cascade: false });
        expect(await score(model, records, { threshold: least })).toEqual(plain);
        const all = await score(model, records);
        expect(plain).toEqual(all.filter((row) => Number(row[4]) >= least));
        kept += plain.length > 0 && plain.length < all.length ? 1 : 0;
      }),
      { seed: 3, numRuns: 80 },
    );
    expect(kept).toBeGreaterThan(20);
  });

  it('of records that are grouped, pairs of two groups: those of all that are not of one', async () => {
    let left = 0;
    await fc.assert(
      fc.asyncProperty(randomModels(), randomRecords, threshold, async (model, records, least) => {
        const all = await score(model, records);
        const sites = await engine.all('SELECT unique_id, site FROM input');
        const siteOf = new Map(sites.map(({ unique_id: id, site }) => [id, site]));
        const apart = all.filter(([l, r]) => siteOf.get(l) !== siteOf.get(r));
        const likely = apart.filter((row) => Number(row[4]) >= least);
        const groupedBy = 'site';
        const among = '(SELECT rid FROM linkage_records)';
        expect(await score(model, records, { groupedBy })).toEqual(apart);
        expect(await score(model, records, { groupedBy, among })).toEqual(apart);
        expect(await score(model, records, { groupedBy, threshold: least })).toEqual(likely);
        expect(await score(model, records, { groupedBy, threshold: least, cascade: false })).toEqual(likely);
        const blocked = { ...model, blockingRules: [{ sql: 'l.town = r.town' }] };
        const guarded = { groupedBy, guard: {}, keptPairs: 100 };
        const known = await score(blocked, records, { guard: {}, keptPairs: 100 });
        const expected = known.filter(([l, r]) => siteOf.get(l) !== siteOf.get(r));
        expect(await score(blocked, records, guarded)).toEqual(expected);
        left += all.length - apart.length;
      }),
      { seed: 23, numRuns: 30 },
    );
    expect(left).toBeGreaterThan(50);
  });

  it('chunks = whole; one thread = two; shuffled input = the same', async () => {
    await fc.assert(
      fc.asyncProperty(randomModels(), randomRecords, fc.integer(), async (model, records, salt) => {
        const whole = await score(model, records);
        expect(await score(model, records, { chunks: 3 })).toEqual(whole);
        expect(await score(model, records, {}, { on: single })).toEqual(whole);
        const order = records
          .map((_, index) => index)
          .toSorted((a, b) => ((a * 7919 + salt) % 31) - ((b * 7919 + salt) % 31) || b - a);
        expect(await score(model, records, {}, { order })).toEqual(whole);
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it('what is asked first never changes a level: levels are those of the plain conditions', async () => {
    await fc.assert(
      fc.asyncProperty(randomModels(), randomRecords, async (model, records) => {
        const rows = await score(model, records);
        const found = new Map(rows.map((row) => [`${row[0]}|${row[1]}`, row[3]]));
        for (const [index, { levels }] of model.comparisons.entries()) {
          const count = levels.filter(({ isNull }) => isNull !== true).length;
          const whens = levels
            .slice(0, -1)
            .map(({ sql }, place) => `WHEN ${sql} THEN ${place === 0 ? -1 : count - place}`);
          const sides = ['first', 'last', 'born', 'town'].flatMap((name) =>
            ['l', 'r'].map((side) => `${side}."${name}" AS "${name}_${side}"`),
          );
          const plain = await engine.all(
            `SELECT l, r, CASE ${whens.join(' ')} ELSE 0 END AS gamma FROM (SELECT l.unique_id AS l, r.unique_id AS r, ${sides.join(', ')}
             FROM input l JOIN input r ON l.unique_id < r.unique_id)`,
          );
          for (const { l, r, gamma } of plain) {
            const pattern = found.get(`${l}|${r}`);
            if (pattern !== undefined) expect(patternGammas(model, Number(pattern))[index]).toBe(gamma);
          }
        }
      }),
      { seed: 7, numRuns: 30 },
    );
  });
});

describe('m by source', () => {
  it('weighs each pair as the model of its two inputs does, with and without the cascade', async () => {
    const shares = (model: Model, step: number): number[][] =>
      model.comparisons.map(({ levels }) =>
        levels.slice(1).map((_, gamma) => 0.1 + ((gamma * 3 + step) % 7) / 10),
      );
    await fc.assert(
      fc.asyncProperty(
        randomModels('link_and_dedupe'),
        randomRecords,
        threshold,
        async (common, records, least) => {
          const model: Model = {
            ...common,
            sourceParameters: [
              { sources: ['a', 'b'], m: shares(common, 1) },
              { sources: ['c', 'c'], m: shares(common, 5) },
            ],
          };
          await loadRecords(engine, records);
          const inputs = ['b', 'a', 'c'].map((name) => ({
            name,
            relation: `(SELECT * FROM input WHERE site = '${name}')`,
          }));
          const session = await openSession(engine, { inputs, model });
          const { table } = await scorePairs(session, model, { guard: 'off' });
          const rows = await engine.all(
            `SELECT p.*, l.site AS a, r.site AS b FROM ${table} p JOIN ${session.records} l ON l.rid = rid_l JOIN ${session.records} r ON r.rid = rid_r`,
          );
          const hasTerms = model.comparisons.some(({ levels }) =>
            levels.some((one) => one.termFrequency !== undefined),
          );
          for (const { a, b, pattern, match_weight: weight } of hasTerms ? [] : rows) {
            const own = modelForSources(model, String(a), String(b));
            const gammas = patternGammas(model, Number(pattern));
            const sum = own.comparisons.reduce(
              (total, comparison, index) =>
                total + (comparisonWeights(comparison)[gammas[index] ?? -1]?.weight ?? 0),
              priorWeight(model.prior),
            );
            expect(Number(weight)).toBeCloseTo(sum, 9);
          }
          const cut = await scorePairs(session, model, {
            threshold: least,
            into: 'linkage_cut',
            guard: 'off',
          });
          expect(cut.pairs).toBe(rows.filter((row) => Number(row.match_weight) >= least).length);
        },
      ),
      { seed: 11, numRuns: 40 },
    );
  });
});

describe('untrained levels', () => {
  const model = defineModel({ comparisons: [exactMatch('last')], blockingRules: ['l.town = r.town'] });
  const person: RandomRecord = { first: null, last: 'X', born: null, town: 'PAU', site: 'a' };

  it('are refused by name', async () => {
    await expect(score(model, [person, person])).rejects.toThrow(UntrainedError);
    await expect(score(model, [person, person])).rejects.toThrow('last «last equal»: m, u');
  });

  it('have the weights that Splink invents, when asked for: 10 at the top of two levels, −5 below', async () => {
    const rows = await score(model, [person, person, { ...person, last: 'Y' }], { untrained: 'defaults' });
    expect(rows.map((row) => Number(row[4]) - priorWeight(1e-4))).toEqual([
      expect.closeTo(10, 9),
      expect.closeTo(-5, 9),
      expect.closeTo(-5, 9),
    ]);
  });
});
