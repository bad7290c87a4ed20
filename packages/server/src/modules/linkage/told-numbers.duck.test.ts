import { SEXES } from '@raccroche/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { ALL_SOURCES } from './input.ts';
import { tellingSteps } from './tellings.ts';
import { TOLD_NUMBERS, toldNumbersSql, toldSql } from './told-numbers.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ threads: 2 });
  await database.run('CREATE SCHEMA linkage');
});
afterAll(() => database.close());

const LARGEST = 2 ** 31 - 1;
const spelling = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 3 }), fc.constant(LARGEST));
const said = fc.record({
  family: spelling,
  usage: spelling,
  first1: spelling,
  first2: spelling,
  birth_date: fc.constantFrom(null, '1970-01-01', '1969-12-31', '2008-03-14', '0001-01-01', '9999-12-31'),
  born: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(2 ** 28)),
  sex: fc.constantFrom(null, ...SEXES),
  recent: fc.boolean(),
});
type Said = typeof said extends fc.Arbitrary<infer One> ? One : never;

const COLUMNS = ['family', 'usage', 'first1', 'first2', 'birth_date', 'born', 'sex', 'recent'] as const;
const own = Object.fromEntries(COLUMNS.map((name) => [name, name])) as Record<
  (typeof COLUMNS)[number],
  string
>;

const rowSql = (row: Said, place: number) =>
  `SELECT ${place} AS place, ${COLUMNS.map((name) => {
    const [value, type] = [row[name], TYPES[name]];
    return `${typeof value === 'string' ? `'${value}'` : value}::${type} AS ${name}`;
  }).join(', ')}`;
const TYPES = {
  ...{ family: 'INTEGER', usage: 'INTEGER', first1: 'INTEGER', first2: 'INTEGER' },
  ...{ birth_date: 'DATE', born: 'INTEGER', sex: 'VARCHAR', recent: 'BOOLEAN' },
} as const;

test('what three numbers say is what was told, and rows of the same numbers told the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 40 }), async (rows) => {
      await database.run(`CREATE OR REPLACE TABLE linkage.drawn AS ${rows.map(rowSql).join(' UNION ALL ')};
        CREATE OR REPLACE TABLE linkage.numbered AS SELECT place, ${toldNumbersSql(own)} FROM linkage.drawn`);
      const told = await database.all(`SELECT ${toldSql(...COLUMNS)} FROM linkage.numbered ORDER BY place`);
      const named = ({ family, usage, first1, first2, sex, ...rest }: Said) => ({
        ...{ family: family ?? 0, usage: usage ?? 0, first1: first1 ?? 0, first2: first2 ?? 0 },
        ...{ ...rest, sex: sex ?? '' },
      });
      expect(told).toEqual(rows.map(named));
      const [count] = await database.all<{ said: number; numbers: number }>(
        `SELECT (SELECT count(*) FROM (SELECT DISTINCT ${COLUMNS.join(', ')} FROM linkage.drawn))::INTEGER AS said,
          (SELECT count(*) FROM (SELECT DISTINCT ${TOLD_NUMBERS.join(', ')} FROM linkage.numbered))::INTEGER AS numbers`,
      );
      expect(count?.numbers).toBe(count?.said);
    }),
    { seed: 20_261_128, numRuns: 60 },
  );
});

/** More than the engine keeps together, so that two threads make the table. */
const RECORDS = 400_000;

test('tellings are numbered from 1, without a gap, in the order of their smallest record', async () => {
  // Three records in four say what another one says.
  await database.run(`CREATE OR REPLACE TABLE linkage.told AS
    SELECT 'r' || hash(i) AS record_id, i % ${RECORDS / 4} AS names, 0::BIGINT AS firsts, 0::BIGINT AS who,
      (i % ${RECORDS / 4})::VARCHAR AS held, i < ${RECORDS / 2} AS alone FROM range(${RECORDS}) numbers(i)`);
  const period = { asOf: '2026-11-24', windowStart: '2025-09-01' };
  const step = tellingSteps(period, ALL_SOURCES).find(({ name }) => name === 'linkage_tellings');
  await database.run(step?.sql ?? '');
  const [found] = await database.all(
    `SELECT count(*)::INTEGER AS tellings, min(telling) AS first, max(telling) AS last,
      count(*) FILTER (telling <> place)::INTEGER AS misplaced
    FROM (SELECT telling, row_number() OVER (ORDER BY record_id) AS place FROM linkage.tellings)`,
  );
  const tellings = RECORDS / 2 + RECORDS / 4;
  expect(found).toEqual({ tellings, first: 1, last: tellings, misplaced: 0 });
});
