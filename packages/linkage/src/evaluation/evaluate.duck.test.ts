import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { exactMatch, similarityAtThresholds } from '../levels/levels.ts';
import { defineModel, type Model } from '../model/model.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { type LinkSession, openSession } from '../session.ts';
import { planReview } from './clerical-plan.ts';
import { evaluateLinkage } from './evaluate.ts';
import { LabelError, type PairLabels } from './labels.ts';
import { prepareTruth } from './prepare-truth.ts';
import { unlinkableShare, unlinkables } from './unlinkables.ts';

const model: Model = defineModel({
  prior: 0.01,
  comparisons: [
    withParameters(similarityAtThresholds('name', 'jaro_winkler_similarity', [0.9]), [
      [0.05, 0.9],
      [0.1, 0.02],
      [0.85, 0.001],
    ]),
    withParameters(exactMatch('born'), [
      [0.1, 0.99],
      [0.9, 0.01],
    ]),
  ],
  blockingRules: ['l.name = r.name', 'l.born = r.born'],
  retainColumns: ['person', 'team'],
});

function withParameters(
  comparison: Model['comparisons'][number],
  byGamma: readonly (readonly [number, number])[],
) {
  const levels = comparison.levels.filter(({ isNull }) => isNull !== true).reverse();
  return {
    ...comparison,
    levels: comparison.levels.map((one) => {
      const own = byGamma[levels.indexOf(one)];
      return own === undefined ? one : { ...one, m: own[0], u: own[1] };
    }),
  };
}

const ROWS = [
  ['a1', 'MARTIN', '2008-01-01', 'p1', 'north'],
  ['a2', 'MARTIN', '2008-01-01', 'p1', 'north'],
  ['a3', 'MARTINE', '2009-09-09', 'p1', 'south'],
  ['b1', 'DURAND', '2008-01-01', 'p2', 'south'],
  ['b2', 'DURANT', '2008-01-01', 'p2', 'south'],
  ['c1', 'MARTIN', '2008-01-01', 'p3', 'north'],
  ['d1', '', '', '', 'north'],
];

let engine: Engine;
let session: LinkSession;
let pairs: string;
beforeAll(async () => {
  engine = await openEngine();
  const values = ROWS.map(
    (row) => `(${row.map((value) => (value === '' ? 'NULL' : `'${value}'`)).join(', ')})`,
  );
  await engine.run(
    `CREATE TABLE people (unique_id VARCHAR, name VARCHAR, born VARCHAR, person VARCHAR, team VARCHAR); INSERT INTO people VALUES ${values.join(', ')}`,
  );
  session = await openSession(engine, { inputs: [{ relation: 'people' }], model });
  pairs = (await scorePairs(session, model)).table;
});
afterAll(() => engine.close());

describe('an evaluation by hand', () => {
  test('counts, blocking, errors by pattern, groups', async () => {
    const labels = { kind: 'clusters', column: 'person' } as const;
    const found = await evaluateLinkage(session, model, {
      labels,
      pairs,
      threshold: 2,
      groups: ['team'],
      minimumGroup: 1,
    });
    // Matches: a1-a2, a1-a3, a2-a3, b1-b2. Links: a1-a2, and c1 with both; b1-b2 (similar and same birth date).
    expect(found.atThreshold).toMatchObject({
      truePositives: 2,
      falsePositives: 2,
      falseNegatives: 2,
      trueNegatives: 15,
    });
    expect(found.blocking).toMatchObject({ matches: 4, found: 2, recall: 0.5 });
    expect(found.blocking.rules).toEqual([
      { sql: 'l.name = r.name', found: 1, foundFirst: 1 },
      { sql: 'l.born = r.born', found: 2, foundFirst: 1 },
    ]);
    expect(
      found.errors.map(({ kind, pairs: count, levels }) => [kind, count, levels.map(({ gamma }) => gamma)]),
    ).toEqual([
      ['wrong', 2, [2, 1]],
      ['unscored', 2, [1, 0]],
    ]);
    expect(found.errors[0]?.examples.map(({ idL, idR }) => [idL, idR])).toEqual([
      ['a1', 'c1'],
      ['a2', 'c1'],
    ]);
    const [team] = found.groups;
    expect(
      team?.groups.map(({ group, missed, wrong }) => [group, missed.count, missed.of, wrong.count, wrong.of]),
    ).toEqual([
      ['north', 2, 3, 2, 3],
      ['south', 2, 3, 0, 1],
    ]);
    expect(team?.wrongGap).toMatchObject({ highest: 'north', lowest: 'south' });
  });

  test('no value leaves unless it is asked for', async () => {
    const labels = { kind: 'clusters', column: 'person' } as const;
    const plain = await evaluateLinkage(session, model, { labels, pairs });
    expect(JSON.stringify(plain)).not.toMatch(/MARTIN|2008-01-01/);
    const asked = await evaluateLinkage(session, model, { labels, pairs, values: ['name'] });
    expect(JSON.stringify(asked)).toMatch(/MARTIN/);
    expect(JSON.stringify(asked)).not.toMatch(/2008-01-01/);
  });

  test('small groups are counted, not shown', async () => {
    const labels = { kind: 'clusters', column: 'person' } as const;
    const { groups } = await evaluateLinkage(session, model, {
      labels,
      pairs,
      groups: ['team'],
      minimumGroup: 4,
    });
    expect(groups[0]).toMatchObject({ groups: [{ group: 'north' }], smallGroups: 1, smallGroupRecords: 3 });
    expect(groups[0]?.missedGap).toBeUndefined();
  });
});

test('bootstrap intervals hold the point and are the same for a seed', async () => {
  const request = {
    labels: { kind: 'clusters', column: 'person' },
    pairs,
    bootstrap: { replicates: 80, seed: 5 },
  } as const;
  const [first, second] = [
    await evaluateLinkage(session, model, request),
    await evaluateLinkage(session, model, request),
  ];
  expect(first.chosen).toEqual(second.chosen);
  const [best] = first.chosen;
  expect(best?.f1.low).toBeLessThanOrEqual(best?.point.f1 ?? 0);
  expect(best?.f1.high).toBeGreaterThanOrEqual(best?.point.f1 ?? 1);
  expect((best?.f1.high ?? 0) - (best?.f1.low ?? 0)).toBeGreaterThan(0.1);
});

test('records that could never be linked', async () => {
  const points = await unlinkables(session, model);
  expect(points.map(({ records }) => records)).toEqual([1, 6]);
  expect(unlinkableShare(points, 0)).toBeCloseTo(1 / 7, 12);
  expect(unlinkableShare(points, -50)).toBe(0);
});

describe('the review plan', () => {
  test('covers all pairs, splits at the threshold, and draws what it says', async () => {
    const plan = await planReview(session, model, { pairs, threshold: 2, size: 6, minimumPerBand: 1 });
    const [row] = await engine.all(
      `SELECT count(*) AS n, count(*) FILTER (match_weight >= 2) AS linked FROM ${pairs}`,
    );
    const sum = (of: (band: (typeof plan.bands)[number]) => number): number =>
      plan.bands.reduce((total, one) => total + of(one), 0);
    expect(sum(({ pairs: count }) => count)).toBe(Number(row?.n));
    expect(sum(({ pairs: count, linked }) => (linked ? count : 0))).toBe(Number(row?.linked));
    for (const band of plan.bands) {
      const drawn = plan.pairs.filter((pair) => pair.band === band.number);
      expect(drawn).toHaveLength(band.sample);
      for (const { weight } of drawn) expect(band.from <= weight && weight < band.to).toBe(true);
    }
    expect(await planReview(session, model, { pairs, threshold: 2, size: 6, minimumPerBand: 1 })).toEqual(
      plan,
    );
  });
});

describe('labels of no use are refused without quoting a value', () => {
  const labels = (rows: string): PairLabels => ({
    kind: 'pairs',
    relation: `(SELECT * FROM (VALUES ${rows}) v(unique_id_l, unique_id_r, clerical_match_score))`,
  });
  test.each([
    ['judged both ways', labels("('a1', 'a2', 1), ('a2', 'a1', 0)"), /^1 pairs are judged both ways$/],
    ['an unknown record', labels("('a1', 'nobody', 1)"), /^1 labels name a record that is not there$/],
    ['a record with itself', labels("('a1', 'a1', 1)"), /^1 labels join a record with itself$/],
    ['no score', labels("('a1', 'a2', NULL)"), /^1 labels have no score$/],
    ['no such column', { kind: 'clusters', column: 'nobody' } as const, /retainColumns/],
    [
      'two labels for a record',
      {
        kind: 'clusters',
        column: 'p',
        relation: "(SELECT unique_id, unnest(['x', 'y']) AS p FROM people WHERE name = 'DURAND')",
      } as const,
      /^1 records have more than one label$/,
    ],
  ])('%s', async (_, given, message) => {
    const failure = await prepareTruth(session, model, given).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LabelError);
    expect((failure as LabelError).message).toMatch(message);
  });
});
