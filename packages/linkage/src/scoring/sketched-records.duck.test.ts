import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dateComparison } from '../comparisons/dates.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { noting } from '../engine/noting.ts';
import { quoteText } from '../expression/sql-text.ts';
import { frenchFamilyName } from '../french/family-name.ts';
import { frenchFirstNames } from '../french/given-names.ts';
import { defineModel, type Model } from '../model/model.ts';
import { openSession } from '../session.ts';
import { scorePairs } from './score-pairs.ts';

let engine: Engine;
const statements: string[] = [];
beforeAll(async () => {
  engine = await openEngine({ threads: 2 });
});
afterAll(() => engine.close());

const [family, given] = [frenchFamilyName('last', { usage: 'usage' }), frenchFirstNames('first')];
const MODEL: Model = defineModel({
  derivations: [...family.derivations, ...given.derivations],
  comparisons: [...family.comparisons, ...given.comparisons, dateComparison('born')].map((comparison) => ({
    ...comparison,
    levels: comparison.levels.map((level, index) =>
      level.isNull === true ? level : { ...level, m: 0.5 ** index, u: Math.min(0.9, 0.005 * 2 ** index) },
    ),
  })),
  prior: 0.01,
  blockingRules: ['l.town = r.town'],
});

const LASTS = [
  'DUPONT',
  'dupont',
  'DUPOND',
  'DE LA TOUR',
  'LATOUR',
  'LÉGER',
  'LEGER',
  'L?GER',
  'N GUYEN',
  '',
];
const FIRSTS = ['ANNE', 'Anne', 'ANNE LOU', 'ANNIE', 'LÉO', 'LEO', 'A', 'ÉMILE', 'EMILE', ''];
const one = (values: readonly string[]) => fc.option(fc.constantFrom(...values), { freq: 5 });
const people = fc.array(
  fc.tuple(
    one(LASTS),
    one(LASTS),
    one(FIRSTS),
    one(['2001-02-03', '2001-03-02', '2001-02-30', '2004-02-03']),
  ),
  { minLength: 12, maxLength: 20 },
);

it.each([
  ['', -9],
  ['COLLATE NOACCENT', -9],
  ['COLLATE NOCASE', -9],
])('what is told once for each spelling loses no pair: %s', async (collation, threshold) => {
  let [kept, dropped] = [0, 0];
  await fc.assert(
    fc.asyncProperty(people, async (rows) => {
      const quoted = rows.map(
        (row, id) =>
          `(${[String(id), ...row.map((text) => (text === null ? 'NULL' : quoteText(text))), "'PAU'"].join(', ')})`,
      );
      await engine.run(`CREATE OR REPLACE TABLE input (unique_id INTEGER, last VARCHAR ${collation}, usage VARCHAR ${collation},
          first VARCHAR ${collation}, born VARCHAR, town VARCHAR);
        INSERT INTO input VALUES ${quoted.join(', ')}`);
      const runner = noting(engine, (sql) => statements.push(sql));
      const session = await openSession(runner, { inputs: [{ relation: 'input' }], model: MODEL });
      const scored = async (cascade: boolean) => {
        const { table } = await scorePairs(session, MODEL, { threshold, cascade });
        return engine.all(`SELECT * FROM ${table} ORDER BY ALL`);
      };
      const all = await scored(false);
      statements.length = 0;
      expect(await scored(true)).toEqual(all);
      expect(statements.filter((sql) => sql.includes('linkage_spelt_'))).not.toEqual([]);
      expect(statements.filter((sql) => sql.includes('linkage_early'))).not.toEqual([]);
      kept += all.length;
      dropped += (rows.length * (rows.length - 1)) / 2 - all.length;
    }),
    { seed: 31, numRuns: 8 },
  );
  expect(Math.min(kept, dropped)).toBeGreaterThan(20);
  const working = "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'linkage_spelt%'";
  expect(await engine.all(working)).toEqual([]);
});
