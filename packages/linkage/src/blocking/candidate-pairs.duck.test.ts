import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import type { BlockingRule, LinkType } from '../model/model.ts';
import { splitAlternatives } from './analyse-rule.ts';
import { candidatePairsSql } from './candidate-pairs.ts';
import { checkBudget } from './check-budget.ts';
import {
  type FoundPair,
  loadRecords,
  pairsByBruteForce,
  RULES,
  smallRecords,
} from './testing/small-world.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

async function pairsOf(
  linkType: LinkType,
  rules: readonly BlockingRule[],
  more: {
    readonly columns?: readonly string[];
    readonly chunk?: { readonly part: number; readonly of: number };
  } = {},
): Promise<readonly FoundPair[]> {
  const sql = candidatePairsSql({ records: 'records', linkType, rules, columns: [], ...more });
  const rows = await engine.all(`SELECT * FROM (${sql}) ORDER BY rid_l, rid_r`);
  return rows.map((row) => ({ l: Number(row.rid_l), r: Number(row.rid_r), key: Number(row.match_key) }));
}

const linkTypes = fc.constantFrom<LinkType>('dedupe_only', 'link_only', 'link_and_dedupe');
const someRules = fc.uniqueArray(fc.nat({ max: RULES.length - 1 }), { minLength: 1, maxLength: 4 });
const chosen = (places: readonly number[]) => places.flatMap((place) => RULES[place] ?? []);

describe('candidate pairs', () => {
  test('are those of looking at every pair, each once, with its first rule', async () => {
    await fc.assert(
      fc.asyncProperty(smallRecords, linkTypes, someRules, async (records, linkType, places) => {
        await loadRecords(engine, records);
        const rules = chosen(places);
        expect(await pairsOf(linkType, rules)).toEqual(await pairsByBruteForce(engine, linkType, rules));
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  test('are the same set whatever the order of the rules', async () => {
    await fc.assert(
      fc.asyncProperty(smallRecords, someRules, async (records, places) => {
        await loadRecords(engine, records);
        const rules = chosen(places);
        const bare = (pairs: readonly FoundPair[]) => pairs.map(({ l, r }) => `${l}-${r}`);
        const reversed = await pairsOf('dedupe_only', [...rules].reverse());
        expect(bare(reversed)).toEqual(bare(await pairsOf('dedupe_only', rules)));
      }),
      { seed: 4, numRuns: 40 },
    );
  });

  test('are the same in chunks', async () => {
    await fc.assert(
      fc.asyncProperty(smallRecords, someRules, async (records, places) => {
        await loadRecords(engine, records);
        const rules = chosen(places);
        const parts: FoundPair[] = [];
        for (const part of [0, 1, 2])
          parts.push(...(await pairsOf('dedupe_only', rules, { chunk: { part, of: 3 } })));
        parts.sort((one, other) => one.l - other.l || one.r - other.r);
        expect(parts).toEqual(await pairsOf('dedupe_only', rules));
      }),
      { seed: 5, numRuns: 25 },
    );
  });

  test('a missing value in an earlier rule removes nothing', async () => {
    const record = (a: string | null, b: string) => ({ source: 0, a, b, c: null, list: null });
    await loadRecords(engine, [record(null, 'x'), record('y', 'x')]);
    const rules = [{ sql: 'l.a = r.a' }, { sql: 'l.b = r.b' }];
    expect(await pairsOf('dedupe_only', rules)).toEqual([{ l: 1, r: 2, key: 1 }]);
  });

  test('two lists that share several elements are one pair, with the columns of both records', async () => {
    const record = (...list: readonly string[]) => ({
      source: 0,
      a: list[0] ?? null,
      b: null,
      c: null,
      list,
    });
    await loadRecords(engine, [record('x', 'y', 'y'), record('y', 'x'), record('w')]);
    const sql = candidatePairsSql({
      records: 'records',
      linkType: 'dedupe_only',
      rules: [{ sql: 'l.list = r.list', explode: ['list'] }],
      columns: ['a', 'list'],
    });
    expect(await engine.all(sql)).toEqual([
      { rid_l: 1, rid_r: 2, match_key: 0, a_l: 'x', a_r: 'y', list_l: ['x', 'y', 'y'], list_r: ['y', 'x'] },
    ]);
  });

  test('without a rule are all that the link type allows', async () => {
    const record = (source: number) => ({ source, a: null, b: null, c: null, list: null });
    await loadRecords(engine, [record(0), record(0), record(1)]);
    expect(await pairsOf('dedupe_only', [])).toHaveLength(3);
    expect(await pairsOf('link_only', [])).toHaveLength(2);
  });
});

describe('plan', () => {
  async function joinsOf(rules: readonly BlockingRule[]): Promise<readonly string[]> {
    await engine.run(`CREATE OR REPLACE TABLE records AS SELECT i::INTEGER AS rid, 0::INTEGER AS source_no, 'a' || i % 700 AS a,
      'b' || i % 500 AS b, (i % 90)::INTEGER AS c, ['a' || i % 70, 'b' || i % 50] AS list FROM range(20000) t(i)`);
    const sql = candidatePairsSql({ records: 'records', linkType: 'dedupe_only', rules, columns: ['a'] });
    const rows = await engine.all(`EXPLAIN ${sql}`);
    const plan = rows.map((row) => String(row.explain_value)).join('\n');
    return [...plan.matchAll(/[A-Z_]*JOIN|CROSS_PRODUCT/g)].map(([name]) => name);
  }

  test.each(RULES.map((rule) => [rule.sql, rule] as const))('is a hash join for %s', async (_name, rule) => {
    expect(new Set(await joinsOf([rule, { sql: 'l.c = r.c' }]))).toEqual(new Set(['HASH_JOIN']));
  });

  test('is a hash join for both parts of a divided rule', async () => {
    await joinsOf([{ sql: 'l.c = r.c' }]);
    const { rules } = await checkBudget(engine, {
      records: 'records',
      linkType: 'dedupe_only',
      rules: [{ sql: 'l.c = r.c' }],
      blockPairs: 20_000,
      oversized: 'split',
      subKeys: ['a'],
    });
    expect(rules).toHaveLength(2);
    // Long lists of values are hash joins too.
    expect(new Set(await joinsOf(rules))).toEqual(new Set(['HASH_JOIN']));
  });

  test('is a loop for alternatives as written, hash joins once they are split', async () => {
    const rule = { sql: 'l.a = r.a OR (l.b = r.b AND l.c = r.c)' };
    expect(await joinsOf([rule])).not.toEqual(['HASH_JOIN']);
    const split = await splitAlternatives(engine, [rule]);
    expect(await joinsOf(split.map((one) => one.rule))).toEqual(['HASH_JOIN', 'HASH_JOIN']);
  });
});
