import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { exactMatch } from '../levels/levels.ts';
import { withDefaults } from '../living/testing/with-defaults.ts';
import { type BlockingRule, defineModel, type Model } from '../model/model.ts';
import { trainModel } from '../parameters/train.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { type LinkSession, openSession } from '../session.ts';
import type { BlockingGuard } from './guard.ts';
import { BlockingBudgetError, BlockingRuleError } from './rule-error.ts';
import {
  loadRecords,
  pairsByBruteForce,
  RULES,
  type SmallRecord,
  smallRecords,
} from './testing/small-world.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const OR_RULE: BlockingRule = { sql: 'l.a = r.a OR (l.b = r.b AND l.c = r.c)' };

const modelOf = (...rules: readonly BlockingRule[]): Model =>
  withDefaults(
    defineModel({
      idColumn: 'id',
      comparisons: [exactMatch('b'), exactMatch('c')],
      blockingRules: rules,
      retainColumns: ['a', 'list'],
    }),
  );

/** A session on small records; the numbers of records stay those of `loadRecords`. */
async function sessionOf(records: readonly SmallRecord[], model: Model): Promise<LinkSession> {
  await loadRecords(engine, records);
  const relation = '(SELECT * EXCLUDE (rid, source_no), rid AS id FROM records)';
  return openSession(engine, { inputs: [{ relation }], model });
}

async function scored(session: LinkSession, model: Model, guard?: BlockingGuard) {
  const { table } = await scorePairs(session, model, guard === undefined ? {} : { guard });
  const rows = await engine.all(`SELECT rid_l, rid_r, match_key FROM ${table} ORDER BY ALL`);
  return rows.map(({ rid_l, rid_r, match_key }) => ({
    l: Number(rid_l),
    r: Number(rid_r),
    key: Number(match_key),
  }));
}

/** The same runner, noting how the engine would run each statement that finds pairs. */
function planning(session: LinkSession, plans: string[]): LinkSession {
  const { runner } = session;
  const run = async (sql: string): Promise<void> => {
    if (sql.startsWith('INSERT')) plans.push(JSON.stringify(await runner.all(`EXPLAIN ${sql}`)));
    return runner.run(sql);
  };
  return { ...session, runner: { ...runner, run } };
}

const twin = (a: string | null, b: string): SmallRecord => ({ source: 0, a, b, c: 1, list: null });
const FIVE = ["O'NEIL", "O'NEIL", "O'NEIL", 'x', 'x'].map((a, index) => twin(a, index % 2 === 0 ? 'p' : 'q'));

describe('pairs are guarded by the engine itself', () => {
  test('alternatives find what a look at every pair finds, and belong to the rule that was given', async () => {
    const places = fc.uniqueArray(fc.nat({ max: RULES.length - 1 }), { maxLength: 2 });
    let found = 0;
    await fc.assert(
      fc.asyncProperty(smallRecords, places, async (records, some) => {
        const one = records.map((record) => ({ ...record, source: 0 }));
        const rules = [OR_RULE, ...some.flatMap((place) => RULES[place] ?? [])];
        const model = modelOf(...rules);
        const session = await sessionOf(one, model);
        const wanted = await pairsByBruteForce(engine, 'dedupe_only', rules);
        expect(await scored(session, model)).toEqual(wanted);
        found += wanted.length;
      }),
      { seed: 31, numRuns: 60 },
    );
    expect(found).toBeGreaterThan(100);
  });

  test('alternatives are joined by hash, not looked for pair by pair', async () => {
    const model = modelOf(OR_RULE);
    const plans: string[] = [];
    const session = planning(await sessionOf(FIVE, model), plans);
    await scored(session, model);
    const guarded = plans.splice(0).join();
    await scored(session, model, 'off');
    const oneByOne = /NESTED_LOOP|BLOCKWISE_NL|CROSS_PRODUCT|MERGE_JOIN|IE_JOIN/;
    expect(guarded).toContain('HASH_JOIN');
    expect(guarded).not.toMatch(oneByOne);
    expect(plans.join()).toMatch(oneByOne);
  });

  test.each([
    [
      'training',
      (session: LinkSession, model: Model) => trainModel(session, model, { guard: { blockPairs: 2 } }),
    ],
    [
      'scoring',
      (session: LinkSession, model: Model) => scorePairs(session, model, { guard: { blockPairs: 2 } }),
    ],
  ])('%s refuses a block that is too large, and says which it is', async (_name, act) => {
    const model = modelOf({ sql: 'l.b = r.b AND l.c = r.c AND l.list = r.list' }, { sql: 'l.a = r.a' });
    const refusal = await act(await sessionOf(FIVE, model), model).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BlockingBudgetError);
    const { code, rule, values, records, pairs, message } = refusal as BlockingBudgetError;
    expect({ code, rule, values, records, pairs }).toEqual({
      code: 'block_too_large',
      rule: { sql: 'l.a = r.a' },
      values: ["O'NEIL"],
      records: 3,
      pairs: 3,
    });
    expect(message).toMatch(/rule 2 \(l\.a = r\.a\).* 3 records, 3 pairs, 2 allowed/);
  });

  test('a block is divided where the limits say so; its pairs belong to the rule given', async () => {
    const model = modelOf({ sql: 'l.a = r.a' }, { sql: 'l.c = r.c' });
    const notes: string[] = [];
    const guard: BlockingGuard = {
      blockPairs: 10,
      oversized: 'split',
      subKeys: ['b'],
      onNote: (note) => notes.push(note),
    };
    const found = await scored(await sessionOf([...FIVE, twin('x', 'p')], model), model, guard);
    expect(notes).toMatchObject([expect.stringMatching(/^rule 2: 1 block too large.*agree on b/)]);
    expect(new Set(found.map(({ key }) => key))).toEqual(new Set([0, 1]));
    const wanted = await pairsByBruteForce(engine, 'dedupe_only', [
      { sql: 'l.a = r.a' },
      { sql: 'l.c = r.c AND l.b = r.b' },
    ]);
    expect(found).toEqual(wanted);
  });

  test('no rule is every pair, and counts against the limit', async () => {
    const model = modelOf();
    const session = await sessionOf(FIVE, model);
    await expect(scorePairs(session, model, { guard: { totalPairs: 9 } })).rejects.toThrow(/all 10 pairs/);
    expect(await scored(session, model, { totalPairs: 10 })).toHaveLength(10);
  });

  test('a rule without an equality runs only where the guard is off', async () => {
    const model = modelOf({ sql: 'l.a <> r.a' });
    const session = await sessionOf(FIVE, model);
    await expect(scorePairs(session, model)).rejects.toThrow(BlockingRuleError);
    await expect(trainModel(session, model)).rejects.toThrow(BlockingRuleError);
    expect(await scored(session, model, 'off')).toHaveLength(6);
  });
});
