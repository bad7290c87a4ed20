import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyseRule } from '../blocking/analyse-rule.ts';
import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { modelProblems } from '../model/validate-model.ts';
import { trainModel } from '../parameters/train.ts';
import type { ColumnProfile } from '../profile/column-profile.ts';
import { profileColumns } from '../profile/profile-columns.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { openSession } from '../session.ts';
import { suggestBlockingRules } from './suggest-blocking.ts';
import { SuggestionError, suggestModel } from './suggest-model.ts';
import { inventedPeopleSql } from './testing/invented-people.ts';

let engine: Engine;
let profiles: readonly ColumnProfile[];
beforeAll(async () => {
  engine = await openEngine();
  await engine.run(`CREATE TABLE people AS ${inventedPeopleSql(300, 5)}`);
  profiles = await profileColumns(engine, { relation: 'people' });
});
afterAll(() => engine.close());

const HIDDEN = { ignore: ['person'] };
async function begin(prefix: string) {
  const { model } = suggestModel(profiles, HIDDEN);
  return { model, session: await openSession(engine, { inputs: [{ relation: 'people' }], model, prefix }) };
}

/** Pairs of `sql` (rid_l, rid_r) of one person, pairs in all, and pairs there should be. */
async function judge(records: string, sql: string) {
  const [row] = await engine.all(`SELECT count(*) AS found, count(*) FILTER (a.person = b.person) AS same,
      (SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM people GROUP BY person)) AS wanted
    FROM (${sql}) p JOIN ${records} l ON l.rid = rid_l JOIN ${records} r ON r.rid = rid_r
    JOIN people a ON a.record_id = l.record_id JOIN people b ON b.record_id = r.record_id`);
  return { found: Number(row?.found), same: Number(row?.same), wanted: Number(row?.wanted) };
}

describe('a suggested model', () => {
  test('compares each piece of evidence once, and says why not the rest', () => {
    const { model, choices } = suggestModel(profiles, HIDDEN);
    expect(modelProblems(model)).toEqual([]);
    expect(model.idColumn).toBe('record_id');
    expect(model.comparisons.map(({ name }) => name)).toEqual([
      'first_name',
      'family_name',
      'crossed_names',
      'birth_date',
      'city',
    ]);
    expect(choices.find(({ column }) => column === 'origin')).toMatchObject({ reason: 'one value only' });
    expect(suggestModel(profiles, HIDDEN).model).toEqual(model);
  });

  test('finds the pairs without a label, all pairs compared', async () => {
    const { model, session } = await begin('all_');
    const { model: trained } = await trainModel(session, model);
    const { table } = await scorePairs(session, trained, { threshold: 0 });
    const { found, same, wanted } = await judge(session.records, `FROM ${table}`);
    expect(wanted).toBeGreaterThan(100);
    expect(same / found).toBeGreaterThan(0.98);
    expect(same / wanted).toBeGreaterThan(0.98);
  });

  test('one representation of a name and of a place', async () => {
    const letters = (salt: number) => `chr((65 + hash(i || '-${salt}') % 26)::INTEGER)`;
    const rows = `SELECT i AS id, 'Anna' || ${letters(1)} AS first_name, 'Roe' || ${letters(2)} || ${letters(3)} AS surname,
      first_name || ' ' || surname AS full_name, 'Town' || ${letters(4)} || ${letters(5)} AS birth_place,
      10000 + hash(birth_place) % 900 AS postcode, ['north', 'south'][1 + i % 2] AS region FROM range(500) t(i)`;
    const { model, choices } = suggestModel(await profileColumns(engine, { relation: `(${rows})` }));
    expect(model.comparisons.map(({ name }) => name)).toEqual([
      'first_name',
      'family_name',
      'crossed_names',
      'place',
    ]);
    const unused = choices.filter(({ comparison }) => comparison === undefined).map(({ column }) => column);
    expect(unused.sort()).toEqual(['full_name', 'region']);
  });

  test('refuses what it cannot model', () => {
    const without = profiles.filter(({ meaning }) => meaning !== 'id');
    expect(() => suggestModel(without)).toThrow(SuggestionError);
    expect(() => suggestModel(profiles.filter(({ meaning }) => meaning === 'id'))).toThrow(
      /no column can be compared/,
    );
  });
});

describe('suggested blocking rules', () => {
  test('find nearly all pairs within the budget, as estimated', async () => {
    const { model, session } = await begin('few_');
    const suggested = await suggestBlockingRules(session, model, { pairBudget: 5_000, searchPairs: 20_000 });
    expect(suggested.allPairs).toBe(false);
    expect(suggested.pairs).toBeLessThanOrEqual(5_000);
    const rules = suggested.rules.map(({ rule }) => rule);
    const sql = candidatePairsSql({ records: session.records, linkType: 'dedupe_only', rules, columns: [] });
    const { same, wanted } = await judge(session.records, sql);
    expect(same / wanted).toBeGreaterThan(0.98);
    expect(Math.abs(same / wanted - suggested.recall)).toBeLessThan(0.02);
    for (const rule of rules) expect((await analyseRule(engine, rule)).branches).toHaveLength(1);
  });

  test('are the same on one thread', async () => {
    const alone = await openEngine({ threads: 1 });
    await alone.run(`CREATE TABLE people AS ${inventedPeopleSql(300, 5)}`);
    const options = { pairBudget: 5_000, searchPairs: 20_000 };
    const { model, session } = await begin('two_');
    const other = await openSession(alone, { inputs: [{ relation: 'people' }], model, prefix: 'one_' });
    expect(await suggestBlockingRules(other, model, options)).toEqual(
      await suggestBlockingRules(session, model, options),
    );
    alone.close();
  });

  test('are none when all pairs are within the budget', async () => {
    const { model, session } = await begin('none_');
    const suggested = await suggestBlockingRules(session, model);
    expect(suggested).toMatchObject({ allPairs: true, rules: [], recall: 1, pairs: session.possiblePairs });
  });

  test('say so when the recall wanted cannot be had', async () => {
    const { model, session } = await begin('tight_');
    const suggested = await suggestBlockingRules(session, model, { pairBudget: 60, searchPairs: 20_000 });
    expect(suggested.pairs).toBeLessThanOrEqual(60);
    expect(suggested.notes.at(-1)).toMatch(/not reached/);
  });
});
