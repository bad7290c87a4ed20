import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { exactMatch, similarityAtThresholds } from '../levels/levels.ts';
import { defineModel, type Model } from '../model/model.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { type LinkSession, openSession } from '../session.ts';
import { gatherClusters } from './gather-clusters.ts';
import { pairsNearThreshold, picturePairs } from './gather-pairs.ts';
import { countOutcomes, scoredByRule, weightHistogram } from './gather-run.ts';
import { linkageReport } from './report.ts';

const model: Model = defineModel({
  prior: 0.01,
  comparisons: [
    similarityAtThresholds('name', 'jaro_winkler_similarity', [0.9, 0.8], {
      termFrequency: true,
      minimumU: 0.3,
    }),
    exactMatch('born', { termFrequency: true }),
    exactMatch('town'),
  ],
  blockingRules: ['l.name = r.name', 'l.born = r.born', 'l.town = r.town'],
});

let engine: Engine;
let session: LinkSession;
let pairs: string;
beforeAll(async () => {
  engine = await openEngine();
  await engine.run(`CREATE TABLE people AS SELECT 'p' || lpad(i::VARCHAR, 3, '0') AS unique_id,
    CASE WHEN i % 7 > 0 THEN ['MARTIN', 'MARTIEN', 'DURAND', 'DURANT', 'LEROY'][1 + i % 5] END AS name,
    CASE WHEN i % 11 > 0 THEN '2008-0' || (1 + i % 4) || '-01' END AS born, ['Pau', 'Foix'][1 + i % 2] AS town
    FROM range(60) t(i)`);
  session = await openSession(engine, { inputs: [{ relation: 'people' }], model });
  pairs = (await scorePairs(session, model)).table;
});
afterAll(() => engine.close());

test('what comparisons add sums up to the weight of the pair, rarity included', async () => {
  const rows = await engine.all(`SELECT rid_l, rid_r, match_weight FROM ${pairs} ORDER BY rid_l, rid_r`);
  const keys = rows.map((row) => ({ ridL: Number(row.rid_l), ridR: Number(row.rid_r) }));
  const pictures = await picturePairs(session, model, keys);
  expect(pictures).toHaveLength(rows.length);
  let adjusted = 0;
  for (const [index, { weight, priorWeight, contributions }] of pictures.entries()) {
    const sum = contributions.reduce((total, one) => total + one.weight + one.termFrequency, priorWeight);
    expect(weight).toBeCloseTo(Number(rows[index]?.match_weight), 9);
    expect(sum).toBeCloseTo(weight, 9);
    adjusted += contributions.some(({ termFrequency }) => termFrequency !== 0) ? 1 : 0;
  }
  expect(adjusted).toBeGreaterThan(100);
});

describe('counts of a run', () => {
  test('bins, outcomes and rules count every pair once', async () => {
    const [row] = await engine.all(`SELECT count(*) AS n, min(match_weight) AS least FROM ${pairs}`);
    const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
    const histogram = await weightHistogram(session, pairs, 0.5);
    expect(total(histogram.pairs)).toBe(Number(row?.n));
    expect(histogram.from).toBeLessThanOrEqual(Number(row?.least));
    const { same, review, apart } = await countOutcomes(session, pairs, { same: 5, review: -3 });
    expect(same + review + apart).toBe(Number(row?.n));
    const [counted] = await engine.all(
      `SELECT count(*) AS n FROM ${pairs} WHERE match_weight >= -3 AND match_weight < 5`,
    );
    expect(review).toBe(Number(counted?.n));
    expect(total((await scoredByRule(session, model, pairs)).map(({ newPairs }) => newPairs))).toBe(
      Number(row?.n),
    );
  });

  test('the pairs nearest the threshold, from both sides', async () => {
    const near = await pairsNearThreshold(session, pairs, 0, 3);
    const pictures = await picturePairs(session, model, near);
    expect(pictures.filter(({ weight }) => weight >= 0)).toHaveLength(3);
    expect(pictures.filter(({ weight }) => weight < 0)).toHaveLength(3);
  });
});

test('clusters: sizes, and those that hang by one link first', async () => {
  await engine.run(
    `CREATE OR REPLACE TABLE c AS SELECT rid, CASE WHEN rid <= 6 THEN 1 WHEN rid <= 9 THEN 2 ELSE rid END AS cluster FROM ${session.records}`,
  );
  await engine.run(`CREATE OR REPLACE TABLE e AS SELECT * FROM (VALUES (1, 2, 9.0), (2, 3, 9.0), (1, 3, 9.0), (3, 4, 2.0),
    (4, 5, 9.0), (5, 6, 9.0), (4, 6, 9.0), (7, 8, 9.0), (8, 9, 9.0), (7, 9, -5.0)) v(rid_l, rid_r, match_weight)`);
  const figures = await gatherClusters(session, model, { clusters: 'c', pairs: 'e', threshold: 0 });
  expect(figures.sizes).toEqual([
    { size: 1, clusters: 51 },
    { size: 3, clusters: 1 },
    { size: 6, clusters: 1 },
  ]);
  expect(figures.shown.map(({ name, edges }) => [name, edges.length])).toEqual([
    ['p000', 7],
    ['p006', 2],
  ]);
});

test('the report of a run is the same with one thread and with two', async () => {
  const page = async (threads: number): Promise<string> => {
    await engine.run(`SET threads = ${threads}`);
    return linkageReport({
      model,
      histogram: await weightHistogram(session, pairs),
      pairs: await picturePairs(session, model, await pairsNearThreshold(session, pairs, 0, 2)),
    });
  };
  expect(await page(1)).toBe(await page(2));
});
