import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { UnsafeSqlError } from '../expression/parse-sql.ts';
import { otherwise } from '../model/model.ts';
import { gammaOf } from './gamma-twin.ts';
import { sqlLevel } from './logic-levels.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

test('a level from SQL has a twin, and its settings', async () => {
  const one = await sqlLevel(engine, 'same initial', 'substr(l.a, 1, 1) = substr(r.a, 1, 1)', { m: 0.9 });
  expect(one).toMatchObject({ label: 'same initial', m: 0.9 });
  const gamma = gammaOf({ name: 'c', columns: ['a'], levels: [one, otherwise()] });
  expect([gamma({ a_l: 'xy', a_r: 'xz' }), gamma({ a_l: 'xy', a_r: 'y' })]).toEqual([1, 0]);
});

test('what is no harmless expression is refused', async () => {
  await expect(sqlLevel(engine, 'x', 'true; DROP TABLE t')).rejects.toThrow(UnsafeSqlError);
});
