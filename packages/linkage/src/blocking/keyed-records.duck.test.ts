import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import type { BlockingRule, LinkType } from '../model/model.ts';
import { candidatePairsSql } from './candidate-pairs.ts';
import { keyRecords } from './keyed-records.ts';
import { loadRecords, pairsByBruteForce, RULES, smallRecords } from './testing/small-world.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const key = (rules: readonly BlockingRule[]) =>
  keyRecords(engine, { records: 'records', rules, into: 'keyed' });

async function pairsOf(linkType: LinkType, given: readonly BlockingRule[], only?: string) {
  const { records, rules } = await key(given);
  const sample = only === undefined ? {} : { only };
  const sql = candidatePairsSql({ records, linkType, rules, columns: [], ...sample });
  const rows = await engine.all(`SELECT * FROM (${sql}) ORDER BY rid_l, rid_r`);
  return rows.map((row) => ({ l: Number(row.rid_l), r: Number(row.rid_r), key: Number(row.match_key) }));
}

const linkTypes = fc.constantFrom<LinkType>('dedupe_only', 'link_only', 'link_and_dedupe');
const someRules = fc
  .uniqueArray(fc.nat({ max: RULES.length - 1 }), { minLength: 1, maxLength: 4 })
  .map((places) => places.flatMap((place) => RULES[place] ?? []));

describe('records with a number for each rule', () => {
  test('give the pairs of looking at every pair, each with its first rule', async () => {
    await fc.assert(
      fc.asyncProperty(smallRecords, linkTypes, someRules, async (records, linkType, rules) => {
        await loadRecords(engine, records);
        expect(await pairsOf(linkType, rules)).toEqual(await pairsByBruteForce(engine, linkType, rules));
      }),
      { seed: 8, numRuns: 60 },
    );
  });

  test('give those of some left records when asked for a sample', async () => {
    await fc.assert(
      fc.asyncProperty(smallRecords, someRules, async (records, rules) => {
        await loadRecords(engine, records);
        const all = await pairsOf('dedupe_only', rules);
        expect(await pairsOf('dedupe_only', rules, 'l.rid % 2 = 1')).toEqual(
          all.filter(({ l }) => l % 2 === 1),
        );
      }),
      { seed: 9, numRuns: 30 },
    );
  });

  test('tell how many pairs the blocks of each rule hold', async () => {
    await fc.assert(
      fc.asyncProperty(smallRecords, someRules, async (records, rules) => {
        await loadRecords(engine, records);
        const { keys, blocks } = await key(rules);
        for (const [index, name] of keys.entries()) {
          const rule = rules[Number(name.replace('linkage_key_', ''))];
          const pairs = await pairsByBruteForce(engine, 'dedupe_only', rule === undefined ? [] : [rule]);
          expect(blocks[index]?.pairs).toBe(pairs.length);
          expect(blocks[index]?.largest).toBeLessThanOrEqual(pairs.length);
        }
      }),
      { seed: 10, numRuns: 15 },
    );
  });

  test('number only what is nothing but equalities of the same expressions', async () => {
    await engine.run(
      "CREATE OR REPLACE TABLE records AS SELECT 1 AS rid, 0 AS source_no, 'x' AS a, 'y' AS b, 1 AS c, ['z'] AS list",
    );
    const { records, rules } = await key(RULES);
    expect(records).toBe('keyed');
    const unchanged = rules.map((rule, place) => rule === RULES[place]);
    expect(unchanged).toEqual([false, false, true, true, true, true, true, true]);
    expect(await key([{ sql: 'l.a = r.b' }])).toMatchObject({
      records: 'records',
      rules: [{ sql: 'l.a = r.b' }],
      keys: [],
    });
  });

  test('take as equal what the collation of a column does', async () => {
    await engine.run(`CREATE OR REPLACE TABLE records (rid INTEGER, source_no INTEGER, a VARCHAR COLLATE NOCASE);
      INSERT INTO records VALUES (1, 0, 'Anne'), (2, 0, 'ANNE'), (3, 0, 'Anna')`);
    expect(await pairsOf('dedupe_only', [{ sql: 'l.a = r.a' }])).toEqual([{ l: 1, r: 2, key: 0 }]);
  });
});
