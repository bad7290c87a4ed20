import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, openEngine } from '../../engine/engine.ts';
import { nodes, PAIR_COLUMNS, relation } from '../testing/relations.ts';
import { assignManyToOne, assignOneToOne } from './assign-pairs.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

test('one to one: greedy takes the heaviest, exact the heaviest sum', async () => {
  const pairs = relation(PAIR_COLUMNS, [
    [2, 3, 8],
    [1, 4, 8],
    [1, 3, 9],
    [2, 4, 1],
    [5, 6, -1],
  ]);
  const options = { nodes: nodes(6), pairs, threshold: { weight: 0 }, into: 'links' };
  expect(await assignOneToOne(engine, options)).toEqual({ links: 2, totalWeight: 10, greedyComponents: 0 });
  expect(await engine.all('SELECT * FROM links')).toEqual([
    { rid_l: 1, rid_r: 3, match_weight: 9 },
    { rid_l: 2, rid_r: 4, match_weight: 1 },
  ]);
  expect(await assignOneToOne(engine, { ...options, method: 'exact' })).toMatchObject({ totalWeight: 16 });
  expect(await engine.all('SELECT * FROM links')).toEqual([
    { rid_l: 1, rid_r: 4, match_weight: 8 },
    { rid_l: 2, rid_r: 3, match_weight: 8 },
  ]);
});

test('many to one: sure when heavy enough and well before the second', async () => {
  const pairs = relation(PAIR_COLUMNS, [
    [1, 7, 9], // alone
    [2, 7, 9], // clear of the second
    [2, 8, 5],
    [3, 8, 9], // not clear
    [3, 7, 6],
    [4, 7, 9], // a tie
    [4, 8, 9],
    [5, 7, 2], // light
    [6, 7, -3], // nobody
  ]);
  const options = {
    nodes: nodes(8),
    pairs,
    thresholds: { upper: { weight: 4 }, lower: { weight: 0 } },
    margin: 4,
    into: 'best',
  };
  expect(await assignManyToOne(engine, options)).toEqual({ same: 2, review: 3 });
  expect((await engine.all('SELECT * FROM best')).map((row) => Object.values(row))).toEqual([
    [1, 7, 9, null, null, 'same'],
    [2, 7, 9, 8, 4, 'same'],
    [3, 8, 9, 7, 3, 'review'],
    [4, 7, 9, 8, 0, 'review'],
    [5, 7, 2, null, null, 'review'],
  ]);
  expect(await assignManyToOne(engine, { ...options, margin: 0 })).toEqual({ same: 3, review: 2 });
  await expect(assignManyToOne(engine, { ...options, margin: -1 })).rejects.toThrow(RangeError);
});
