import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoundValue, ENGINE_THREADS, isOver, runStatements } from './run-statements.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '2', ...ENGINE_THREADS });
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

const rowsOf = async (sql: string, values?: readonly BoundValue[]) =>
  (await runStatements(connection, sql, values)).getRowsJson();

describe('statements run by the engine’s own threads', () => {
  it('one after the other, each seeing what those before it did; the last gives the result and takes the values', async () => {
    expect(
      await rowsOf(
        'CREATE OR REPLACE TABLE t (x INTEGER); INSERT INTO t VALUES (1), (2), (3); SELECT x + $1 FROM t ORDER BY x',
        [10],
      ),
    ).toEqual([[11], [12], [13]]);
  });

  it('drops among them, which the calling thread does itself, in their turn', async () => {
    expect(
      await rowsOf(
        'CREATE OR REPLACE TABLE d AS SELECT 1 AS x; DROP TABLE d; CREATE TABLE d AS SELECT 2 AS x; DROP TABLE IF EXISTS e; FROM d',
      ),
    ).toEqual([[2]]);
    await expect(rowsOf('DROP TABLE d; DROP TABLE d')).rejects.toThrow('d does not exist');
    expect(await rowsOf('SELECT 1')).toEqual([[1]]);
  });

  it('through steps for one thread and for several, with all their rows', async () => {
    const part = (from: number) => `SELECT range AS x FROM range(${from}, ${from + 300_000})`;
    expect(
      await rowsOf(
        `SELECT count(*)::INTEGER, sum(x)::BIGINT, bool_and(x + 1 = r) FROM
         (SELECT x, row_number() OVER () AS r FROM (${part(0)} UNION ALL ${part(300_000)}))`,
      ),
    ).toEqual([[600_000, '179999700000', true]]);
  });

  it.each([
    ['RESULT_NOT_READY', false],
    ['NO_TASKS_AVAILABLE', false],
    // A task waits for another.
    ['RESULT_READY', false],
    ['ERROR', true],
  ] as const)('%s: over %s', (state, over) => {
    expect(isOver(duckdb.PendingState[state])).toBe(over);
  });

  it.each([
    ['that cannot be read', 'SELEC 1', 'syntax error'],
    ['of a table that is not there', 'SELECT * FROM absent', 'absent'],
    [
      'that fails half-way',
      "SELECT CASE WHEN range = 400000 THEN error('so far') ELSE 0 END AS e, count(*) FROM range(500000) GROUP BY e",
      'so far',
    ],
    ['after one that fails', "SELECT error('the first'); SELECT 1", 'the first'],
  ])('a statement %s says so, and the next one runs', async (_case, sql, told) => {
    await expect(rowsOf(sql)).rejects.toThrow(told);
    expect(await rowsOf('SELECT 1')).toEqual([[1]]);
  });

  it.each(['', ' \n '])('none: %j is no error', async (sql) => {
    expect(await rowsOf(sql)).toEqual([]);
    expect(await rowsOf('SELECT 1')).toEqual([[1]]);
  });

  it('ends when it is interrupted', async () => {
    const endless = rowsOf(
      'SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range = 7 - b.range % 3',
    );
    const again = setInterval(() => connection.interrupt(), 20);
    await expect(endless).rejects.toThrow(/interrupt/i);
    clearInterval(again);
    expect(await rowsOf('SELECT 1')).toEqual([[1]]);
  });
});
