import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { rowsInput } from './inputs.ts';
import { readRows } from './outputs.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

async function* given<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

describe('rows from TypeScript', () => {
  const ROWS = [
    { id: 'a', name: "O'Brien; DROP TABLE x", age: 3, tags: ['x', "y'"], ok: true },
    { id: 'b', name: '', age: null, tags: [], ok: null },
    { id: 'c', name: 'Zoë "z"', age: 2.5, tags: null, ok: false },
  ];

  test.each([1, 2, 100])('as they were given, by batches of %s', async (batchRows) => {
    const input = await rowsInput(engine, ROWS, { table: 'given_rows', batchRows });
    expect(await engine.all(`SELECT * FROM ${input.relation} ORDER BY id`)).toEqual([
      ROWS[0],
      { id: 'b', name: null, age: null, tags: [], ok: null },
      ROWS[2],
    ]);
  });

  test('an async iterable is read as an array is', async () => {
    await rowsInput(engine, given(ROWS), { table: 'given_async', batchRows: 2 });
    expect(await engine.all('SELECT count(*)::INTEGER AS n FROM given_async')).toEqual([{ n: 3 }]);
  });

  test('a column that the first row lacks is refused', async () => {
    const rows: Record<string, string>[] = [{ id: 'a' }, { id: 'b', other: 'x' }];
    await expect(rowsInput(engine, rows, { table: 'given_other' })).rejects.toThrow(/column other/);
  });

  test('no row at all is refused', async () => {
    await expect(rowsInput(engine, [], { table: 'given_none' })).rejects.toThrow(/at least one row/);
  });
});

test('rows are read by pages, each once and in order', async () => {
  const read: number[] = [];
  for await (const row of readRows(engine, 'SELECT range::INTEGER AS n FROM range(1000)', 'n', 7)) {
    read.push(Number(row.n));
  }
  expect(read).toEqual(Array.from({ length: 1000 }, (_, index) => index));
});
