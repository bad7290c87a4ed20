import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openEngine } from '../engine/engine.ts';
import { call, column } from '../expression/expression.ts';
import { exactMatch } from '../levels/levels.ts';
import { defineModel, type LinkType, type Model } from '../model/model.ts';
import { InputError } from '../session.ts';
import { applyDelta } from './apply-delta.ts';
import { createIndex } from './create-index.ts';
import { find, findMany } from './find.ts';
import type { LinkIndex } from './open-index.ts';
import { connectedComponents } from './partition.ts';
import { createOf, frequenciesOf, type Run } from './testing/small-indexes.ts';
import { type Person, person, relationOf, withoutRepeats } from './testing/small-worlds.ts';
import { withDefaults } from './testing/with-defaults.ts';

const many = { limit: 1_000 };
const people = fc.array(person, { minLength: 25, maxLength: 50, size: 'max' });
const run = (linkType: LinkType): Run => ({
  linkType,
  several: linkType !== 'dedupe_only',
  partitioner: connectedComponents(),
});

/** Neighbours of each record by the edges of the index: `source-id`, weight and rule. */
async function neighboursOf({ engine, tables }: LinkIndex, one: Person, several: boolean) {
  const key = (alias: string) => (several ? `${alias}.source || '-' || ${alias}.id` : `${alias}.id::VARCHAR`);
  const self = several ? `${one.source}-${one.id}` : String(one.id);
  const rows = await engine.all(`SELECT * FROM (
    SELECT ${key('l')} AS self, ${key('r')} AS other, match_weight, match_key FROM ${tables.edges} e JOIN ${tables.records} l ON l.rid = rid_l JOIN ${tables.records} r ON r.rid = rid_r
    UNION ALL SELECT ${key('r')}, ${key('l')}, match_weight, match_key FROM ${tables.edges} e JOIN ${tables.records} l ON l.rid = rid_l JOIN ${tables.records} r ON r.rid = rid_r)
    WHERE self = '${self}' ORDER BY other`);
  return rows.map((row) => [String(row.other), Number(row.match_weight), Number(row.match_key)] as const);
}

describe('finding one record', () => {
  test.each(['dedupe_only', 'link_only', 'link_and_dedupe'] as const)(
    'gives the edges that a full run gives it: %s',
    async (linkType) => {
      const { several } = run(linkType);
      let found = 0;
      await fc.assert(
        fc.asyncProperty(people, people, async (start, later) => {
          const engine = await openEngine();
          try {
            const index = await createOf(engine, withoutRepeats(start, several), run(linkType));
            const changed = withoutRepeats(later, several).slice(0, 10);
            await applyDelta(index, { upserts: relationOf(changed) });
            for (const one of withoutRepeats([...start, ...changed], several)) {
              const { id, source, first, last, year, birth } = one;
              if ([first, last, year, birth].every((value) => value === null)) continue;
              const record = { id, ...(several ? { source } : {}), first, last, year, birth };
              const { matches } = await find(index, record, many);
              const keyed = matches.map(
                (match) =>
                  [
                    several ? `${match.source}-${match.id}` : String(match.id),
                    match.weight,
                    match.rule,
                  ] as const,
              );
              keyed.sort(([a], [b]) => (a < b ? -1 : 1));
              const wanted = await neighboursOf(index, one, several);
              expect(keyed.map(([key, , rule]) => [key, rule])).toEqual(
                wanted.map(([key, , rule]) => [key, rule]),
              );
              for (const [place, [, weight]] of wanted.entries())
                expect(keyed[place]?.[1]).toBeCloseTo(weight, 9);
              found += wanted.length;
            }
          } finally {
            engine.close();
          }
        }),
        { seed: 20_261_126, numRuns: 2 },
      );
      expect(found).toBeGreaterThan(50);
    },
  );

  test('without an id, it stands on the right, as a record that came last would', async () => {
    const start = fc.sample(people, { seed: 4, numRuns: 4 }).flat();
    const engine = await openEngine();
    const known = withoutRepeats(start, false);
    const index = await createOf(engine, known, run('dedupe_only'));
    let found = 0;
    for (const { source: _, ...late } of fc.sample(person, { seed: 5, numRuns: 8 })) {
      const last = { ...late, source: 'a', id: 99, year: 2001 } as const;
      const whole = await createOf(engine, [...known, last], run('dedupe_only'), {
        prefix: 'whole_',
        frequencies: frequenciesOf(index),
      });
      const { matches } = await find(index, { ...last, id: null, source: null }, many);
      const wanted = new Map((await neighboursOf(whole, last, false)).map(([id, weight]) => [id, weight]));
      expect(matches.map(({ id }) => String(id)).sort()).toEqual([...wanted.keys()].sort());
      for (const { id, weight } of matches) expect(weight).toBeCloseTo(wanted.get(String(id)) ?? 0, 9);
      found += matches.length;
    }
    expect(found).toBeGreaterThan(5);
    engine.close();
  });

  test('says why, and sums up to the weight', async () => {
    const engine = await openEngine();
    const index = await createOf(
      engine,
      [{ id: 7, source: 'a', first: 'ANNE', last: 'MARTIN', year: 2001, birth: '2001-02-03' }],
      run('dedupe_only'),
    );
    const { matches, candidates, notices } = await find(index, {
      first: 'ANN',
      last: 'MARTIN',
      birth: '2001-03-02',
      town: 'not read',
    });
    const [match] = matches;
    expect(candidates).toBe(1);
    expect(notices).toEqual([{ code: 'columns_not_read', columns: ['town'] }]);
    expect(match).toMatchObject({ id: 7, source: '', cluster: 1, rule: 0 });
    expect(
      match?.explanation.steps.map(({ comparison, label, gamma }) => [comparison, label, gamma]),
    ).toEqual([
      ['first', 'left begins with right', 3],
      ['last', 'last equal', 4],
      ['birth', 'damerau_levenshtein of birth <= 2', 1],
      ['year', 'year missing', -1],
    ]);
    expect(match?.explanation.steps.at(-1)?.runningTotal).toBeCloseTo(match?.weight ?? 0, 12);
    expect(JSON.stringify(match?.explanation)).not.toMatch(/ANN|MARTIN|2001/);
    engine.close();
  });
});

/** Keys and derived columns that only the engine can make, and lists whose elements are keys. */
const ENGINE_MODEL: Model = withDefaults(
  defineModel({
    prior: 0.1,
    derivations: [{ name: 'code', expression: call('md5', column('name')) }],
    comparisons: [exactMatch('name'), exactMatch('tags')],
    blockingRules: ['l.code = r.code', { sql: 'l.tags = r.tags', explode: ['tags'] }],
  }),
);
const TAGGED = `(SELECT * FROM (VALUES (1, 'A', ['x', 'y']), (2, 'A', ['z']), (3, 'B', ['y', 'z']), (4, 'C', NULL)) t(unique_id, name, tags))`;

describe('models that only the engine reads', () => {
  test.each([
    ['by a derived key', { name: 'A' }, [1, 2]],
    ['by any element of a list', { tags: ['z', 'q'] }, [2, 3]],
    ['by either', { name: 'C', tags: ['y'] }, [1, 3, 4]],
    ['by nothing', { name: 'Z' }, []],
  ] as const)('found %s', async (_name, record, wanted) => {
    const engine = await openEngine();
    const index = await createIndex(engine, ENGINE_MODEL, [{ relation: TAGGED }], { threshold: -50 });
    const { matches } = await find(index, record);
    expect(matches.map(({ id }) => id).sort()).toEqual(wanted);
    engine.close();
  });

  test('exploding rules find each pair once, at once and by deltas', async () => {
    const engine = await openEngine();
    const index = await createIndex(engine, ENGINE_MODEL, [{ relation: TAGGED }], { threshold: -50 });
    const edges = () =>
      engine.all(`SELECT l.unique_id AS l, r.unique_id AS r, match_key FROM ${index.tables.edges}
      JOIN ${index.tables.records} l ON l.rid = rid_l JOIN ${index.tables.records} r ON r.rid = rid_r ORDER BY 1, 2`);
    expect(await edges()).toEqual([
      { l: 1, r: 2, match_key: 0 },
      { l: 1, r: 3, match_key: 1 },
      { l: 2, r: 3, match_key: 1 },
    ]);
    await applyDelta(index, { upserts: `(SELECT 2 AS unique_id, 'B' AS name, ['x', 'y', 'z'] AS tags)` });
    expect(await edges()).toEqual([
      { l: 1, r: 2, match_key: 1 },
      { l: 1, r: 3, match_key: 1 },
      { l: 2, r: 3, match_key: 0 },
    ]);
    engine.close();
  });
});

describe('what find tells and refuses', () => {
  const persons = `(SELECT i AS unique_id, 'MARTIN' AS name, i % 7 AS kind FROM range(1, 41) t(i))`;
  const model = withDefaults(
    defineModel({
      comparisons: [exactMatch('name'), exactMatch('kind')],
      blockingRules: ['l.name = r.name', 'l.kind = r.kind'],
    }),
  );

  test('a block that is too large, by its rule', async () => {
    const engine = await openEngine();
    const index = await createIndex(engine, model, [{ relation: persons }]);
    const record = { name: 'MARTIN', kind: 3 };
    const { candidates, notices } = await find(index, record, { threshold: -50, maxBlock: 10 });
    expect(notices).toEqual([
      { code: 'block_too_large', rule: 0, sql: 'l.name = r.name', size: 40, lookedAt: 10 },
    ]);
    // Ten by name; of the six of that kind, one is among them.
    expect(candidates).toBe(14);
    const [whole, none] = await findMany(index, [record, { name: 'X' }], { threshold: -50 });
    expect(whole).toMatchObject({ candidates: 40, notices: [] });
    expect(none).toEqual({ candidates: 0, notices: [], matches: [] });
    engine.close();
  });

  test.each([
    ['a number for a text', { name: 3 }, 'name must be a text (its type in the index is VARCHAR)'],
    [
      'a text for a number',
      { kind: 'SECRET' },
      'kind must be a whole number (its type in the index is BIGINT)',
    ],
    [
      'nothing that it reads',
      { other: 'SECRET' },
      'the record has no value in any column of the index: name, kind',
    ],
  ])('%s', async (_name, record, message) => {
    const engine = await openEngine();
    const index = await createIndex(engine, model, [{ relation: persons }]);
    await expect(find(index, record)).rejects.toThrow(new InputError(message));
    engine.close();
  });
});
