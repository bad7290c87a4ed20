import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { candidatePairsSql } from './candidate-pairs.ts';
import { type BudgetRequest, checkBudget } from './check-budget.ts';
import { BlockingBudgetError } from './rule-error.ts';
import { loadRecords, type SmallRecord, smallRecords } from './testing/small-world.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const SECRET = "MARTIN's";
const record = (a: string | null, b: string | null): SmallRecord => ({
  source: 0,
  a,
  b,
  c: null,
  list: null,
});

function check(more: Partial<BudgetRequest>) {
  return checkBudget(engine, {
    records: 'records',
    linkType: 'dedupe_only',
    rules: [{ sql: 'l.a = r.a' }],
    ...more,
  });
}

async function pairs(rules: BudgetRequest['rules'], where = 'true'): Promise<readonly string[]> {
  const sql = candidatePairsSql({ records: 'records', linkType: 'dedupe_only', rules, columns: ['a', 'b'] });
  const rows = await engine.all(
    `SELECT rid_l || '-' || rid_r AS pair FROM (${sql}) WHERE ${where} ORDER BY pair`,
  );
  return rows.map((row) => String(row.pair));
}

describe('the guard against large blocks', () => {
  test('leaves rules alone that are within the budget', async () => {
    await loadRecords(engine, [record('x', null), record('x', null)]);
    const { rules, splits, notes, pairs: counted } = await check({ blockPairs: 1 });
    expect({ rules, splits, notes, counted }).toEqual({
      rules: [{ sql: 'l.a = r.a' }],
      splits: [],
      notes: [],
      counted: 1,
    });
  });

  test('refuses a block, naming it in fields and not in the message', async () => {
    await loadRecords(
      engine,
      [SECRET, SECRET, SECRET, 'y', 'y'].map((a) => record(a, null)),
    );
    const refusal = await check({ blockPairs: 2 }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BlockingBudgetError);
    const { code, values, records, pairs: found, allowed, message } = refusal as BlockingBudgetError;
    expect({ code, values, records, found, allowed }).toEqual({
      code: 'block_too_large',
      values: [SECRET],
      records: 3,
      found: 3,
      allowed: 2,
    });
    expect(message).not.toContain('MARTIN');
    expect(message).toContain('l.a = r.a');
  });

  test('refuses too many pairs in all', async () => {
    await loadRecords(
      engine,
      ['x', 'x', 'x'].map((a) => record(a, a)),
    );
    const refusal = await check({ rules: [{ sql: 'l.a = r.a' }, { sql: 'l.b = r.b' }], totalPairs: 5 }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ code: 'too_many_pairs', pairs: 6, allowed: 5 });
  });

  test('a divided block has the pairs that agree on the second key, the others are untouched', async () => {
    let divided = 0;
    await fc.assert(
      fc.asyncProperty(smallRecords, async (records) => {
        await loadRecords(engine, records);
        const budget = await check({ blockPairs: 3, oversized: 'split', subKeys: ['b'] }).catch(
          () => undefined,
        );
        if (budget === undefined) return;
        divided += budget.splits.length;
        const large = budget.splits.flatMap(({ blocks }) => blocks.map(({ values }) => values[0] ?? ''));
        const listed = large.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
        const wanted = large.length === 0 ? 'true' : `a_l NOT IN (${listed}) OR b_l = b_r`;
        expect(await pairs(budget.rules)).toEqual(await pairs([{ sql: 'l.a = r.a' }], wanted));
        expect(budget.pairs).toBe((await pairs(budget.rules)).length);
      }),
      { seed: 9, numRuns: 60 },
    );
    expect(divided).toBeGreaterThan(10);
  });

  test('says what it gave up, without a value', async () => {
    const records = ['p', 'p', 'q', 'q', null].map((b) => record(SECRET, b));
    await loadRecords(engine, [...records, record('y', 'p'), record('y', 'q')]);
    const { splits, notes, origins, rules } = await check({
      blockPairs: 5,
      oversized: 'split',
      subKeys: ['c', 'b'],
    });
    expect(splits).toMatchObject([{ origin: 0, column: 'b', before: 10, after: 2, withoutValue: 1 }]);
    expect(notes).toEqual([
      'rule 1: 1 block too large, pairs must also agree on b: 2 of 10 pairs remain, 1 records without b have none there',
    ]);
    expect(origins).toEqual([0, 0]);
    expect(await pairs(rules)).toEqual(['1-2', '3-4', '6-7']);
  });

  test('takes the second key that divides least', async () => {
    const records = Array.from({ length: 8 }, (_, index) => ({
      ...record(SECRET, String(index % 4)),
      c: index % 2,
    }));
    await loadRecords(engine, records);
    const { splits } = await check({ blockPairs: 12, oversized: 'split', subKeys: ['b', 'c'] });
    expect(splits).toMatchObject([{ column: 'c', before: 28, after: 12 }]);
    const narrower = await check({ blockPairs: 5, oversized: 'split', subKeys: ['b', 'c'] });
    expect(narrower.splits).toMatchObject([{ column: 'b', after: 4 }]);
  });

  test('refuses when no second key is enough', async () => {
    await loadRecords(
      engine,
      Array.from({ length: 5 }, () => record('x', 'y')),
    );
    await expect(check({ blockPairs: 5, oversized: 'split', subKeys: ['b'] })).rejects.toThrow(
      /no column given/,
    );
  });

  test('splits alternatives, and says so', async () => {
    await loadRecords(engine, [record('x', 'y'), record('x', null), record(null, 'y')]);
    const { rules, origins, notes } = await check({ rules: [{ sql: 'l.a = r.a OR l.b = r.b' }] });
    expect(origins).toEqual([0, 0]);
    expect(notes).toEqual(['rule 1: each of its 2 alternatives is joined by itself']);
    expect(await pairs(rules)).toEqual(['1-2', '1-3']);
  });
});
