import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { noting } from '../engine/noting.ts';
import type { Model } from '../model/model.ts';
import { trainModel } from '../parameters/train.ts';
import { type LinkSession, openSession } from '../session.ts';
import { type ScoreOptions, scorePairs } from './score-pairs.ts';
import { loadRecords, randomModels, randomRecords } from './testing/random-scoring.ts';

let engine: Engine;
const statements: string[] = [];
beforeAll(async () => {
  engine = await openEngine({ threads: 2 });
});
afterAll(() => engine.close());

const threshold = fc.option(fc.integer({ min: -10, max: 12 }), { nil: undefined });
/** Rules that are hash joins: the others are refused where pairs are counted. */
const BLOCKED = ['l.town = r.town', 'l.last = r.last AND l.site = r.site', 'l.born = r.born'].map((sql) => ({
  sql,
}));

function open(model: Model): Promise<LinkSession> {
  return openSession(
    noting(engine, (sql) => statements.push(sql)),
    { inputs: [{ relation: 'input' }], model },
  );
}

async function scored(session: LinkSession, model: Model, options: ScoreOptions) {
  const { table } = await scorePairs(session, model, options);
  return engine.all(`SELECT * FROM ${table} ORDER BY ALL`);
}

/** Whether pairs were compared since it was last asked. */
const compared = (): boolean => statements.splice(0).some((sql) => sql.includes('linkage_candidate_pairs'));

describe('every pair with its pattern, then what it weighs', () => {
  it('is what weighing each pair as it is found gives', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(randomModels(), randomRecords, threshold, async (random, records, least) => {
        const model = { ...random, blockingRules: BLOCKED };
        await loadRecords(engine, records);
        const session = await open(model);
        const asked = least === undefined ? {} : { threshold: least };
        const found = await scored(session, model, { ...asked, keptPairs: -1, cascade: false });
        expect(compared()).toBe(false);
        expect(await scored(session, model, { ...asked, cascade: false })).toEqual(found);
        expect(compared()).toBe(true);
        kept += found.length;
      }),
      { seed: 17, numRuns: 60 },
    );
    expect(kept).toBeGreaterThan(100);
  });

  it('is not worked out again by the scoring that follows training, whatever training learned', async () => {
    await fc.assert(
      fc.asyncProperty(randomModels(), randomRecords, threshold, async (random, records, least) => {
        const model = { ...random, blockingRules: BLOCKED };
        await loadRecords(engine, records);
        const session = await open(model);
        const { model: trained } = await trainModel(session, model, { repeated: 'kept' });
        expect(compared()).toBe(true);
        const asked = least === undefined ? {} : { threshold: least };
        const after = await scored(session, trained, asked);
        expect(compared()).toBe(false);
        expect(after).toEqual(await scored(await open(trained), trained, asked));
      }),
      { seed: 19, numRuns: 30 },
    );
  });

  it('is worked out again for other rules or other levels, and no working table stays', async () => {
    const [random, records] =
      fc.sample(fc.tuple(randomModels(), randomRecords), { seed: 23, numRuns: 1 })[0] ?? [];
    if (random === undefined || records === undefined) throw new RangeError('nothing drawn');
    const model = { ...random, blockingRules: BLOCKED };
    await loadRecords(engine, records);
    const others: readonly Model[] = [
      { ...model, blockingRules: BLOCKED.slice(1) },
      { ...model, comparisons: model.comparisons.toReversed() },
    ];
    for (const other of others) {
      const session = await open(model);
      await trainModel(session, model, { repeated: 'kept' });
      statements.length = 0;
      const after = await scored(session, other, {});
      expect(compared()).toBe(true);
      expect(after).toEqual(await scored(await open(other), other, {}));
    }
    const tables = await engine.all(
      "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'linkage%'",
    );
    expect(tables.map(({ table_name }) => table_name).toSorted()).toEqual([
      'linkage_pairs',
      'linkage_records_base',
    ]);
  });
});
