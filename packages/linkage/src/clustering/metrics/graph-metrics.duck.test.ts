import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, openEngine } from '../../engine/engine.ts';
import { nodes, PAIR_COLUMNS, relation } from '../testing/relations.ts';
import { graphMetrics } from './graph-metrics.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const rowsOf = async (table: string): Promise<unknown[][]> =>
  (await engine.all(`SELECT * FROM ${table}`)).map((row) => Object.values(row));

test('a triangle with a tail, a weak pair within, a pair across and a record alone', async () => {
  const pairs = relation(PAIR_COLUMNS, [
    [2, 1, 9],
    [2, 3, 8],
    [1, 3, 30],
    [3, 4, 5],
    [2, 4, -3],
    [4, 5, 12],
    [5, 6, 2],
  ]);
  const clusters = relation(
    ['rid INTEGER', 'cluster INTEGER'],
    [
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 5],
      [6, 5],
      [7, 7],
    ],
  );
  const tables = await graphMetrics(engine, {
    nodes: nodes(7),
    pairs,
    clusters,
    threshold: { weight: 0 },
    floor: -10,
    into: 'figures',
  });
  expect(await rowsOf(tables.nodes)).toEqual([
    [1, 1, 2, 2 / 3],
    [2, 1, 2, 2 / 3],
    [3, 1, 3, 1],
    [4, 1, 1, 1 / 3],
    [5, 5, 1, 1],
    [6, 5, 1, 1],
    [7, 7, 0, 0],
  ]);
  expect(await rowsOf(tables.edges)).toEqual([
    [1, 2, 9, 0],
    [1, 3, 30, 0],
    [2, 3, 8, 0],
    [3, 4, 5, 1],
    [5, 6, 2, 1],
  ]);
  expect(await rowsOf(tables.clusters)).toEqual([
    // Record 4 belongs least: 5, −3, and −10 for the pair that was not scored.
    [1, 4, 4, 2 / 3, 1, 5, expect.closeTo(-8 / 3, 12)],
    [5, 2, 1, 1, 1, 2, 2],
    [7, 1, 0, 1, 0, null, null],
  ]);
});
