import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { profileColumns } from './profile-columns.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
  await engine.run(`CREATE TABLE people AS SELECT * FROM (VALUES
    (1, 'Anna', '1990-01-31', ' a1 ', 'x'), (2, 'Anna', '1990-02-01', 'b22', 'x'), (3, 'Zoé', '1991-12-24', '', 'x'),
    (4, 'Bob', NULL, 'NA', 'x'), (5, NULL, '1990-01-31', 'NA', 'x'))
    v(no, prenom, "date ""of"" birth", code, same)`);
});
afterAll(() => engine.close());

test('describes each column', async () => {
  const [number, name, date, code, same] = await profileColumns(engine, { relation: 'people', top: 2 });
  expect(name).toMatchObject({
    name: 'prenom',
    type: 'VARCHAR',
    rows: 5,
    missing: 1,
    distinct: 3,
    top: [
      { value: 'Anna', rows: 2 },
      { value: 'Bob', rows: 1 },
    ],
    length: { least: 3, mean: 3.5, most: 4 },
    shapes: [{ value: 'A', rows: 4 }],
    entropy: 1.5,
    meaning: 'first_name',
    placeholders: [],
  });
  expect(date).toMatchObject({ meaning: 'date', dateFormat: 'ymd', missing: 1, distinct: 3 });
  expect(code).toMatchObject({
    missing: 1,
    placeholders: ['NA'],
    shapes: [
      { value: 'A', rows: 2 },
      { value: 'A9', rows: 2 },
    ],
  });
  expect(same).toMatchObject({ meaning: 'nothing', entropy: 0, distinct: 1 });
  expect(number).toMatchObject({ type: 'INTEGER', distinct: 5 });
});

test('the same rows in another order, on one thread, give the same profile', async () => {
  const alone = await openEngine({ threads: 1 });
  const rows = `SELECT i AS no, 'n' || hash(i, 1) % 97 AS a, (DATE '1950-01-01' + (hash(i, 2) % 9999)::INTEGER) AS b FROM range(6000) t(i)`;
  const one = await profileColumns(alone, { relation: `(${rows})` });
  const other = await profileColumns(engine, { relation: `(SELECT * FROM (${rows}) ORDER BY hash(no, 9))` });
  expect(other).toEqual(one);
  alone.close();
});

test('a column without any value, and a table without rows', async () => {
  const [empty] = await profileColumns(engine, { relation: '(SELECT NULL::VARCHAR AS x FROM range(3))' });
  expect(empty).toMatchObject({ rows: 3, missing: 3, distinct: 0, entropy: 0, top: [], meaning: 'nothing' });
  const [none] = await profileColumns(engine, { relation: "(SELECT 'a' AS x WHERE false)" });
  expect(none).toMatchObject({ rows: 0, missing: 0, meaning: 'nothing' });
});

test('only the columns wanted', async () => {
  const profiles = await profileColumns(engine, { relation: 'people', columns: ['code'] });
  expect(profiles.map(({ name }) => name)).toEqual(['code']);
});
