import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { UnsafeSqlError } from '../expression/parse-sql.ts';
import { exactMatch } from '../levels/levels.ts';
import { type BlockingRule, defineModel } from '../model/model.ts';
import { ModelError } from '../model/validate-model.ts';
import { InputError } from '../session.ts';
import { applyDelta } from './apply-delta.ts';
import { averageLinkage } from './average-linkage.ts';
import { createIndex } from './create-index.ts';
import type { Delta } from './delta-records.ts';
import { find } from './find.ts';
import { IndexError } from './index-format.ts';
import { type LinkIndex, openIndex } from './open-index.ts';
import { connectedComponents, type Partitioner } from './partition.ts';
import { withDefaults } from './testing/with-defaults.ts';

const people = (...rows: readonly string[]) =>
  `(SELECT * FROM (VALUES ${rows.join(', ')}) t(unique_id, name, town))`;
const START = people("(1, 'ANNE', 'LYON')", "(2, 'ANNE', 'LYON')", "(3, 'LOUIS', 'NICE')");
const model = (...blockingRules: readonly (BlockingRule | string)[]) =>
  withDefaults(
    defineModel({
      prior: 0.5,
      comparisons: [exactMatch('name'), exactMatch('town')],
      blockingRules: blockingRules.length === 0 ? ['l.name = r.name'] : blockingRules,
    }),
  );

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'living-index-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (name = 'index.db') => join(folder, name);

async function withEngine<T>(path: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine({ file: path });
  try {
    return await work(engine);
  } finally {
    engine.close();
  }
}

async function clustersOf({ engine, tables }: LinkIndex): Promise<readonly (readonly number[])[]> {
  const rows = await engine.all(
    `SELECT unique_id, cluster FROM ${tables.clusters} JOIN ${tables.records} USING (rid) ORDER BY unique_id`,
  );
  return rows.map((row) => [Number(row.unique_id), Number(row.cluster)]);
}

describe('an index in a file', () => {
  test('is opened again, found in and continued', async () => {
    await withEngine(file(), (engine) => createIndex(engine, model(), [{ relation: START }]));
    await withEngine(file(), async (engine) => {
      const index = await openIndex(engine);
      expect((await find(index, { name: 'ANNE', town: 'LYON' })).matches.map(({ id }) => id)).toEqual([1, 2]);
      const ticks = [100, 350];
      const report = await applyDelta(
        index,
        {
          upserts: people("(3, 'ANNE', 'LYON')", "(4, 'LOUIS', 'NICE')", "(1, 'ANNE', 'LYON')"),
          deletes: '(SELECT unique_id FROM (VALUES (2), (8)) t(unique_id))',
        },
        { clock: () => ticks.shift() ?? 0 },
      );
      expect(report).toEqual({
        delta: 1,
        inserted: 1,
        changed: 1,
        unchanged: 1,
        deleted: 1,
        unknown: 1,
        pairsScored: 1,
        edgesAdded: 1,
        edgesRemoved: 1,
        recordsReclustered: 3,
        clustersTouched: 2,
        clustersCreated: 1,
        clustersMerged: 1,
        clustersSplit: 0,
        clustersEnded: 0,
        elapsedMs: 250,
      });
    });
    await withEngine(file(), async (engine) => {
      const index = await openIndex(engine);
      expect(await clustersOf(index)).toEqual([
        [1, 1],
        [3, 1],
        [4, 4],
      ]);
      expect(await engine.all(`SELECT * FROM ${index.tables.journal} ORDER BY ALL`)).toEqual([
        { delta: 1, event: 1, kind: 'created', from_id: null, to_id: '4', record_id: '4' },
        { delta: 1, event: 2, kind: 'removed', from_id: '1', to_id: null, record_id: '2' },
        { delta: 1, event: 3, kind: 'merged', from_id: '3', to_id: '1', record_id: '3' },
      ]);
      expect((await find(index, { name: 'LOUIS' }, { threshold: -50 })).matches).toMatchObject([
        { id: 4, cluster: 4 },
      ]);
    });
  });

  test.each([
    ['not_an_index', 'DROP TABLE index_manifest', connectedComponents(), 'make one by createIndex'],
    ['older_format', 'UPDATE index_manifest SET format = 0', connectedComponents(), 'create it again'],
    ['newer_format', 'UPDATE index_manifest SET format = 999', connectedComponents(), 'update the package'],
    ['other_partitioner', 'SELECT 1', connectedComponents(3), 'open it with that one'],
  ] as const)('is refused: %s', async (code, sql, partitioner, advice) => {
    await withEngine(file(), async (engine) => {
      await createIndex(engine, model(), [{ relation: START }]);
      await engine.run(sql);
      const error = await openIndex(engine, { partitioner }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(IndexError);
      expect(error).toMatchObject({ code, message: expect.stringContaining(advice) as string });
    });
  });

  test('whose model would read files is refused', async () => {
    await withEngine(file(), async (engine) => {
      await createIndex(engine, model(), [{ relation: START }]);
      await engine.run(`UPDATE index_manifest SET body = replace(body, '"sql":"(\\"town_l\\" = \\"town_r\\")"',
        '"sql":"(SELECT count(*) FROM read_text(''/etc/hosts'')) > 0"')`);
      await expect(openIndex(engine)).rejects.toThrow(UnsafeSqlError);
    });
  });
});

test('alternatives of a rule are looked up each by itself', async () => {
  const engine = await openEngine();
  const index = await createIndex(engine, model('l.name = r.name OR l.town = r.town'), [{ relation: START }]);
  expect(index.manifest.model.blockingRules.map(({ sql }) => sql)).toEqual([
    '((l."name" = r."name"))',
    '((l."town" = r."town"))',
  ]);
  const { matches } = await find(index, { name: 'EVE', town: 'NICE' }, { threshold: -50 });
  expect(matches.map(({ id }) => id)).toEqual([3]);
  engine.close();
});

test('an index says how its clusters are made: nobody needs to say it again', async () => {
  const partitioner = averageLinkage({ threshold: 1, floor: -5, traits: ['town'] });
  await withEngine(file(), (engine) => createIndex(engine, model(), [{ relation: START }], { partitioner }));
  await withEngine(file(), async (engine) => {
    const index = await openIndex(engine);
    expect(index.partitioner.name).toBe('average_linkage>=1; floor -5; cap 20; apart by town');
    expect(index.manifest.threshold).toBe(-5);
    await expect(openIndex(engine, { partitioner: connectedComponents(1) })).rejects.toThrow(IndexError);
  });
});

describe('what people decide', () => {
  const decided = (...rows: readonly string[]) =>
    `(SELECT * FROM (VALUES ${rows.join(', ')}) t(unique_id_l, unique_id_r, verdict))`;

  test('joins and parts at the next delta, and can be taken back', async () => {
    const engine = await openEngine();
    const index = await createIndex(engine, model(), [{ relation: START }], {
      partitioner: averageLinkage(),
    });
    const clusters = async () => (await clustersOf(index)).map(([, cluster]) => cluster);
    expect(await clusters()).toEqual([1, 1, 3]);
    const decisions = decided("(1, 2, 'cannot_link')", "(3, 2, 'must_link')");
    const report = await applyDelta(index, { decisions });
    expect(report).toMatchObject({ recordsReclustered: 3, clustersTouched: 2, pairsScored: 0 });
    expect(await clusters()).toEqual([1, 3, 3]);
    await applyDelta(index, { decisions: decided("(2, 1, 'none')", "(2, 3, 'none')") });
    expect(await clusters()).toEqual([1, 1, 3]);
    engine.close();
  });

  test.each<readonly [string, readonly string[], Partitioner, RegExp]>([
    [
      'another verdict',
      ["(1, 2, 'maybe')"],
      averageLinkage(),
      /another verdict than must_link, cannot_link, none/,
    ],
    ['one record twice', ["(1, 1, 'must_link')"], averageLinkage(), /do not name two records/],
    [
      'two ways at once',
      ["(1, 2, 'must_link')", "(2, 1, 'cannot_link')"],
      averageLinkage(),
      /in two ways at once/,
    ],
    [
      'for clusters that look at none',
      ["(1, 2, 'must_link')"],
      connectedComponents(),
      /look at no decisions/,
    ],
    [
      'a chain that contradicts',
      ["(1, 2, 'must_link')", "(2, 3, 'must_link')", "(1, 3, 'cannot_link')"],
      averageLinkage(),
      /join records that must be apart/,
    ],
  ])('is refused: %s', async (_name, rows, partitioner, message) => {
    const engine = await openEngine();
    const index = await createIndex(engine, model(), [{ relation: START }], { partitioner });
    const before = await clustersOf(index);
    await expect(applyDelta(index, { decisions: decided(...rows) })).rejects.toThrow(message);
    expect(await clustersOf(index)).toEqual(before);
    engine.close();
  });
});

describe('rules that cannot be looked up', () => {
  test.each([
    ['no equality', 'l.town < r.town', 'blockingRules[1] (l.town < r.town): cannot be keyed'],
    ['alternatives, one of them no equality', 'l.name = r.name OR l.town < r.town', 'cannot be keyed'],
    ['one side only', 'l.name = l.town', 'cannot be keyed'],
    ['types that differ', 'l.name = r.unique_id', 'its keys are of different types, VARCHAR and INTEGER'],
    [
      'exploding with more than equalities',
      { sql: 'l.name = r.name AND l.town > r.town', explode: ['name'] },
      'an exploding rule of an index may hold equalities only',
    ],
  ] as const)('%s', async (_name, rule, message) => {
    const engine = await openEngine();
    const created = createIndex(engine, model('l.name = r.name', rule), [{ relation: START }]);
    await expect(created).rejects.toThrow(ModelError);
    await expect(created).rejects.toThrow(message);
    engine.close();
  });
});

describe('deltas that cannot be applied', () => {
  const several = (rows: string) =>
    `(SELECT * FROM (VALUES ${rows}) t(unique_id, source_dataset, name, town))`;

  test.each<readonly [string, Delta, string]>([
    [
      'an id twice',
      { upserts: several("(1, 'a', 'X', 'Y'), (1, 'a', 'X', 'Z')") },
      'unique_id is not unique: 1 ids',
    ],
    ['no id', { upserts: several("(NULL, 'a', 'X', 'Y')") }, 'unique_id is missing in 1 rows'],
    [
      'an unknown source',
      { upserts: several("(1, 'c', 'X', 'Y')") },
      '1 rows are of a source that the index does not know',
    ],
    [
      'put in and deleted',
      { upserts: several("(1, 'a', 'X', 'Y')"), deletes: several("(1, 'a', 'X', 'Y')") },
      '1 rows are both to be put in and to be deleted',
    ],
  ])('%s', async (_name, delta, message) => {
    const engine = await openEngine();
    const inputs = ['a', 'b'].map((name) => ({ name, relation: START }));
    const index = await createIndex(engine, { ...model(), linkType: 'link_only' }, inputs);
    const before = await clustersOf(index);
    await expect(applyDelta(index, delta)).rejects.toThrow(InputError);
    await expect(applyDelta(index, delta)).rejects.toThrow(message);
    expect(await clustersOf(index)).toEqual(before);
    engine.close();
  });

  /** Does what `during` says in the middle of the next delta, when its edges are written. */
  function interruptible(during: { act: () => void }): Partitioner {
    const plain = connectedComponents();
    return {
      ...plain,
      partition(graph) {
        during.act();
        return plain.partition(graph);
      },
    };
  }
  const delta = { upserts: people("(2, 'LOUIS', 'NICE')", "(9, 'LOUIS', 'NICE')") };
  const everything = async ({ engine, tables }: LinkIndex) => {
    const rows = [];
    for (const table of [
      tables.records,
      tables.edges,
      tables.clusters,
      tables.keys(0, 'left'),
      tables.deltas,
    ]) {
      rows.push(await engine.all(`SELECT * FROM ${table} ORDER BY ALL`));
    }
    return rows;
  };

  test('one that fails leaves the index as it was', async () => {
    const during = { act: () => {} };
    const engine = await openEngine();
    const index = await createIndex(engine, model(), [{ relation: START }], {
      partitioner: interruptible(during),
    });
    const before = await everything(index);
    during.act = () => {
      throw new Error('out of luck');
    };
    await expect(applyDelta(index, delta)).rejects.toThrow('out of luck');
    expect(await everything(index)).toEqual(before);
    during.act = () => {};
    expect(await applyDelta(index, delta)).toMatchObject({ delta: 1, inserted: 1, changed: 1 });
    engine.close();
  });

  test('the files of one that is killed half-way hold the index as it was', async () => {
    const during = { act: () => {} };
    mkdirSync(join(folder, 'live'));
    const [before, after] = await withEngine(file('live/index.db'), async (engine) => {
      const index = await createIndex(engine, model(), [{ relation: START }], {
        partitioner: interruptible(during),
      });
      const whole = await everything(index);
      // What a process that dies here would leave on the disk.
      during.act = () => cpSync(join(folder, 'live'), join(folder, 'killed'), { recursive: true });
      await applyDelta(index, delta);
      return [whole, await everything(index)];
    });
    await withEngine(file('killed/index.db'), async (engine) => {
      expect(await everything(await openIndex(engine))).toEqual(before);
    });
    expect(after).not.toEqual(before);
  });
});
