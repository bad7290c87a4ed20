import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import type { LinkType } from '../model/model.ts';
import { analyseRule, splitAlternatives } from './analyse-rule.ts';
import { countCandidatePairs, countRulePairs } from './count-pairs.ts';
import { BlockingRuleError } from './rule-error.ts';
import { loadRecords, pairsByBruteForce, RULES, smallRecords } from './testing/small-world.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const linkTypes = fc.constantFrom<LinkType>('dedupe_only', 'link_only', 'link_and_dedupe');
const places = fc.nat({ max: RULES.length - 1 });

describe('counting the pairs of a rule', () => {
  test('gives what the join gives, or says that it is an upper bound', async () => {
    await fc.assert(
      fc.asyncProperty(smallRecords, linkTypes, places, async (records, linkType, place) => {
        const rule = RULES[place] ?? { sql: 'false' };
        await loadRecords(engine, records);
        const found = (await pairsByBruteForce(engine, linkType, [rule])).length;
        const counted = await countRulePairs(engine, { records: 'records', linkType }, rule);
        if (counted.upperBound) expect(counted.pairs).toBeGreaterThanOrEqual(found);
        else expect(counted.pairs).toBe(found);
      }),
      { seed: 6, numRuns: 120 },
    );
  });

  test.each([
    ['a key', 'l.a = r.a', false],
    ['crossed keys', 'l.a = r.b', false],
    ['a filter on one side', "l.a = r.a AND l.b = 'x'", false],
    ['a filter on both sides', 'l.a = r.a AND l.c <> r.c', true],
    ['alternatives', 'l.a = r.a OR l.b = r.b', true],
  ])('%s: is it an upper bound?', async (_name, sql, expected) => {
    await loadRecords(engine, [{ source: 0, a: 'x', b: 'x', c: 1, list: null }]);
    const counted = await countRulePairs(engine, { records: 'records', linkType: 'dedupe_only' }, { sql });
    expect(counted.upperBound).toBe(expected);
  });

  test('names the largest blocks, ties by value', async () => {
    const record = (a: string | null) => ({ source: 0, a, b: null, c: null, list: null });
    await loadRecords(engine, ['y', 'y', 'x', 'x', "z'", "z'", "z'", null, null].map(record));
    const { pairs, blocks, largest } = await countRulePairs(
      engine,
      { records: 'records', linkType: 'dedupe_only' },
      { sql: 'l.a = r.a' },
      2,
    );
    expect({ pairs, blocks, largest }).toEqual({
      pairs: 5,
      blocks: 3,
      largest: [
        { values: ["z'"], records: 3, pairs: 3 },
        { values: ['x'], records: 2, pairs: 1 },
      ],
    });
  });

  test('of all rules: each pair once, for its first rule', async () => {
    await fc.assert(
      fc.asyncProperty(
        smallRecords,
        fc.uniqueArray(places, { minLength: 1, maxLength: 3 }),
        async (records, some) => {
          await loadRecords(engine, records);
          const rules = some.flatMap((place) => RULES[place] ?? []);
          const found = await pairsByBruteForce(engine, 'dedupe_only', rules);
          const counted = await countCandidatePairs(
            engine,
            { records: 'records', linkType: 'dedupe_only' },
            rules,
          );
          expect(counted).toEqual({
            pairs: found.length,
            added: rules.map((_, index) => found.filter(({ key }) => key === index).length),
          });
        },
      ),
      { seed: 7, numRuns: 30 },
    );
  });
});

describe('taking a rule apart', () => {
  test('keys, filters of each side and of both', async () => {
    const sql = "l.a = r.a AND r.b = l.c AND l.b > 'x' AND r.c IN (1, 2) AND (l.c = r.c OR l.c < 2)";
    const { branches } = await analyseRule(engine, { sql });
    expect(branches).toHaveLength(1);
    const [branch] = branches;
    expect(branch?.keys.map(({ symmetric }) => symmetric)).toEqual([true, false]);
    expect([branch?.leftFilters, branch?.rightFilters, branch?.residual].map((part) => part?.length)).toEqual(
      [1, 1, 1],
    );
    expect(branch?.sql).toBe(sql);
  });

  test('alternatives find the same pairs once split', async () => {
    const rule = { sql: "(l.a = r.a OR l.b = r.b AND l.c = r.c) AND coalesce(l.b, 'it''s \"q_l\"') <> 'y'" };
    await fc.assert(
      fc.asyncProperty(smallRecords, async (records) => {
        await loadRecords(engine, records);
        const split = await splitAlternatives(engine, [rule]);
        expect(split.map(({ origin }) => origin)).toEqual([0, 0]);
        for (const one of split) expect(one.rule.sql).toContain(`'it''s "q_l"'`);
        const bare = async (rules: readonly { readonly sql: string }[]) =>
          (await pairsByBruteForce(engine, 'dedupe_only', rules)).map(({ l, r }) => `${l}-${r}`);
        expect(await bare(split.map((one) => one.rule))).toEqual(await bare([rule]));
      }),
      { seed: 8, numRuns: 20 },
    );
  });

  test.each([
    ['no equality', 'levenshtein(l.a, r.a) < 2', 'no_equality'],
    ['an equality of one record with itself', 'l.a = l.b', 'no_equality'],
    ['an alternative without equality', 'l.a = r.a OR l.c > r.c', 'no_equality'],
    ['a column of neither side', 'a = r.a', 'no_side'],
    [
      'too many alternatives',
      Array.from({ length: 17 }, (_, index) => `(l.a = r.a AND l.c = ${index})`).join(' OR '),
      'too_many_alternatives',
    ],
  ])('refuses %s', async (_name, sql, code) => {
    const refusal = await analyseRule(engine, { sql }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BlockingRuleError);
    expect((refusal as BlockingRuleError).code).toBe(code);
  });
});
