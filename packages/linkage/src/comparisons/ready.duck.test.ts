import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { compileExpression } from '../expression/compile.ts';
import { compileDerivations } from '../expression/derive.ts';
import type { Row, Value } from '../expression/expression.ts';
import { agree, createTable } from '../expression/testing/both-readings.ts';
import { gammaOf, pairOf } from '../levels/gamma-twin.ts';
import { type Comparison, type ComparisonLevel, defineModel, gammas, isElse } from '../model/model.ts';
import { comparedColumns } from '../records/record-tables.ts';
import { gammaSql } from '../scoring/pattern.ts';
import { openSession } from '../session.ts';
import { PEOPLE_TYPES, randomPeople } from './testing/random-people.ts';
import { PLAIN, PREPARED, SPLINK } from './testing/ready-comparisons.ts';

/** Every ready comparison, under names of their own. */
const COMPARISONS: readonly Comparison[] = [...PLAIN, ...PREPARED.comparisons, ...SPLINK].map(
  (comparison, index) => ({ ...comparison, name: `${index} ${comparison.name}` }),
);
const model = defineModel({
  idColumn: 'row_no',
  derivations: PREPARED.derivations,
  comparisons: COMPARISONS,
  // Those too that are only made on the way to others.
  retainColumns: [...Object.keys(PEOPLE_TYPES), ...PREPARED.derivations.map(({ name }) => name)],
});
const people = randomPeople(120, 20261205);
const derive = compileDerivations(PREPARED.derivations);

const LEVELS: readonly (readonly [string, ComparisonLevel])[] = COMPARISONS.flatMap((comparison) =>
  comparison.levels
    .filter((one) => !isElse(one))
    .map((one) => [`${comparison.name}: ${one.label}`, one] as const),
);
const derived = people.map(derive);

let engine: Engine;
let pairs: readonly Row[];
/** For each pair, by the engine: γ of each comparison, and whether each level's condition holds. */
let gammasBySql: readonly (readonly Value[])[];
let levelsBySql: readonly (readonly Value[])[];
beforeAll(async () => {
  engine = await openEngine();
  await createTable(engine, 'people', PEOPLE_TYPES, people);
  await openSession(engine, { inputs: [{ relation: 'people' }], model, prefix: 'ready_' });
  const candidates = candidatePairsSql({
    records: 'ready_records',
    linkType: 'dedupe_only',
    rules: [],
    columns: [...new Set([...comparedColumns(model), ...Object.keys(PEOPLE_TYPES)])],
  });
  await engine.run(`CREATE TABLE pairs AS SELECT * FROM (${candidates}) ORDER BY rid_l, rid_r`);
  const rows = await engine.all('SELECT rid_l, rid_r FROM pairs ORDER BY rid_l, rid_r');
  pairs = rows.map(({ rid_l, rid_r }) =>
    pairOf(derived[Number(rid_l) - 1] ?? {}, derived[Number(rid_r) - 1] ?? {}),
  );
  gammasBySql = await columnsOverPairs(COMPARISONS.map(gammaSql));
  levelsBySql = await columnsOverPairs(LEVELS.map(([, { sql }]) => sql));
});
afterAll(() => engine.close());

async function columnsOverPairs(expressions: readonly string[]): Promise<readonly (readonly Value[])[]> {
  const columns = expressions.map((sql, index) => `${sql} AS c${index}`);
  const rows = await engine.all(`SELECT ${columns.join(', ')} FROM pairs ORDER BY rid_l, rid_r`);
  return expressions.map((_, index) => rows.map((row) => row[`c${index}`] as Value));
}

describe('columns made once for each record', () => {
  test.each(PREPARED.derivations.map(({ name }) => name))('%s: SQL = twin', async (name) => {
    const rows = await engine.all(`SELECT "${name}" AS value FROM ready_records ORDER BY rid`);
    const apart = rows.flatMap(({ value }, index) => {
      const own = derived[index]?.[name] ?? null;
      return agree(value as Value, own) ? [] : [{ ...people[index], engine: value, own }];
    });
    expect(rows.length).toBe(people.length);
    expect(apart.slice(0, 3)).toEqual([]);
    expect(new Set(rows.map(({ value }) => JSON.stringify(value))).size).toBeGreaterThan(2);
  });
});

test('the pairs are those of all records', () => {
  expect(pairs.length).toBe((people.length * (people.length - 1)) / 2);
});

describe('γ by SQL = γ by twin', () => {
  test.each(COMPARISONS.map((comparison, index) => [comparison.name, comparison, index] as const))(
    '%s',
    (_name, comparison, index) => {
      const bySql = gammasBySql[index] ?? [];
      const twin = gammaOf(comparison);
      expect(pairs.filter((pair, row) => twin(pair) !== bySql[row]).slice(0, 3)).toEqual([]);
      // Every level is reached, null levels too: the data can tell them apart.
      const reached = new Set(bySql);
      const missed = gammas(comparison).filter(({ gamma }) => !reached.has(gamma));
      expect(missed.map(({ level }) => level.label)).toEqual([]);
    },
  );
});

describe('every level by itself: condition by SQL = condition by twin', () => {
  test.each(LEVELS.map(([name, one], index) => [name, one, index] as const))('%s', (_name, one, index) => {
    if (one.condition === undefined) throw new Error('a ready level has a twin');
    const bySql = levelsBySql[index] ?? [];
    const twin = compileExpression(one.condition);
    expect(pairs.filter((pair, row) => twin(pair) !== bySql[row]).slice(0, 3)).toEqual([]);
  });
});
