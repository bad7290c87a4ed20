import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { exactMatch } from '../levels/levels.ts';
import { defineModel } from '../model/model.ts';
import { modelForSources } from '../scoring/source-parameters.ts';
import { openSession } from '../session.ts';
import { plantWorld } from './testing/planted-world.ts';
import { trainModel } from './train.ts';
import { trainBySource } from './train-by-source.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const columns = [30, 60, 40, 80].map((values) => ({ values, error: 0.04 }));
const model = defineModel({
  linkType: 'link_only',
  comparisons: columns.map((_, index) => exactMatch(`c${index}`)),
  blockingRules: ['l.c0 = r.c0', 'l.c1 = r.c1', 'l.c3 = r.c3'],
});

describe('m by source', () => {
  it('tells the careless sender from the careful one', async () => {
    // The odd half of the second records comes from a careless sender: a third input.
    await plantWorld(engine, { records: 4000, columns, oddError: 0.04 });
    await engine.run(`CREATE OR REPLACE TABLE senders AS SELECT * REPLACE (
        CASE WHEN site = 'odd' AND person % 2 = 0 AND md5_number_lower(concat('x', unique_id)) % 100 < 40 THEN 'wrong' ELSE c2 END AS c2,
        CASE WHEN site = 'even' THEN 'register' WHEN person % 2 = 0 THEN 'careless' ELSE 'careful' END AS site) FROM world`);
    const inputs = ['register', 'careless', 'careful'].map((name) => ({
      name,
      relation: `(SELECT * FROM senders WHERE site = '${name}')`,
    }));
    const session = await openSession(engine, { inputs, model });
    const { model: common } = await trainModel(session, model);
    const trained = await trainBySource(session, common);
    const m = (name: string): number =>
      modelForSources(trained, 'register', name).comparisons[2]?.levels[1]?.m ?? 0;
    expect(m('careful')).toBeGreaterThan(0.85);
    expect(m('careless')).toBeLessThan(0.65);
    const between = common.comparisons[2]?.levels[1]?.m ?? 0;
    expect(between).toBeGreaterThan(m('careless'));
    expect(between).toBeLessThan(m('careful'));
    const few = await trainBySource(session, common, { leastMatches: 100_000 });
    expect(few.sourceParameters).toEqual([]);
    const drawn = await trainBySource(session, common, { shrinkage: 1e9 });
    const same = modelForSources(drawn, 'register', 'careless').comparisons[2]?.levels[1]?.m ?? 0;
    expect(same).toBeCloseTo(between, 4);
  });
});
