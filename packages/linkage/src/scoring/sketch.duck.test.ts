import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { quoteText } from '../expression/sql-text.ts';
import { distanceLevel, exactLevel, nullLevel, similarityLevel } from '../levels/levels.ts';
import type { ComparisonLevel } from '../model/model.ts';
import { newSketch } from './sketch.ts';
import { sharing } from './testing/random-scoring.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

/** Of few letters, in both cases, with figures, bytes beyond ASCII and what has no bit: texts are alike often. */
const texts = fc.array(
  fc
    .array(fc.constantFrom('A', 'a', 'B', 'b', 'c', 'e', 'é', 'É', 'ſ', 'K', '1', '-', ' '), { maxLength: 9 })
    .map((letters) => letters.join('')),
  { minLength: 12, maxLength: 12 },
);

const LEVELS: readonly ComparisonLevel[] = [
  exactLevel('name'),
  ...[0.5, 0.7, 0.8, 0.92].flatMap((least) => [
    similarityLevel('name', 'jaro_winkler_similarity', least),
    similarityLevel('name', 'jaro_similarity', least),
  ]),
  ...[0, 1, 2, 3].flatMap((most) => [
    distanceLevel('name', 'levenshtein', most),
    distanceLevel('name', 'damerau_levenshtein', most),
  ]),
  ...sharing('name'),
];

/** For each level, how many of all pairs of texts have it, and how many of those the sketch takes for impossible, and others. */
async function judged(values: readonly string[], collation = '') {
  const sketch = newSketch(() => 1);
  const implied = LEVELS.map((level) => sketch.implied(level) ?? 'NULL');
  const parts = sketch.parts();
  const names = parts.flatMap((part) => part.names);
  const selected = parts.flatMap((part) => part.selected);
  const joins = parts.flatMap(({ join }) => join?.('texts') ?? []);
  const rows = values.map((value, index) => `(${index + 1}, ${quoteText(value)})`);
  await engine.run(`CREATE OR REPLACE TABLE texts (rid INTEGER, name VARCHAR ${collation});
    INSERT INTO texts VALUES ${rows.join(', ')};
    CREATE OR REPLACE TABLE sketched AS SELECT rid, name, ${selected.join(', ')} FROM texts k ${joins.join('\n')}`);
  const sides = ['name', ...names].flatMap((name) => [`l.${name} AS ${name}_l`, `r.${name} AS ${name}_r`]);
  const counts = LEVELS.flatMap(({ sql }, index) => [
    `count(*) FILTER (${sql} AND NOT ${implied[index]}) AS lost_${index}`,
    `count(*) FILTER (NOT ${sql} AND NOT ${implied[index]}) AS spared_${index}`,
  ]);
  const [row = {}] = await engine.all(
    `SELECT ${counts.join(', ')} FROM (SELECT ${sides.join(', ')} FROM sketched l, sketched r)`,
  );
  const of = (what: string): number[] => LEVELS.map((_, index) => Number(row[`${what}_${index}`]));
  return { lost: of('lost'), spared: of('spared') };
}

describe('the sketch of two texts', () => {
  test('rules out nothing that is alike, and much that is not', async () => {
    const spared = LEVELS.map(() => 0);
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        const found = await judged(values);
        expect(found.lost).toEqual(LEVELS.map(() => 0));
        for (const [index, pairs] of found.spared.entries()) spared[index] = (spared[index] ?? 0) + pairs;
      }),
      { seed: 12, numRuns: 25 },
    );
    // Of a pattern nothing is told but that there is none.
    const told = spared.filter((_, index) => LEVELS[index]?.label !== 'a pattern');
    expect(Math.min(...told)).toBeGreaterThan(200);
  });

  test.each([
    ['no accent', 'NOACCENT', ['eeeeeeee', 'éééééééé', 'éééééééé1']],
    ['no case', 'NOCASE', ['ÉÉÉÉÉÉÉÉ', 'éééééééé', 'éééééééé1']],
  ])('under a collation that knows %s, measures what is written', async (_, collation, values) => {
    const found = await judged(values, `COLLATE ${collation}`);
    expect(found.lost).toEqual(LEVELS.map(() => 0));
  });

  test('tells missing values and what is not asked of one expression of both', () => {
    const sketch = newSketch(() => 1);
    expect(sketch.exactly(nullLevel('name'))).toBe('((linkage_known_0_l = linkage_known_0_r) IS NULL)');
    expect(sketch.exactly(similarityLevel('name', 'jaro_similarity', 0.8))).toBeUndefined();
    expect(sketch.implied({ label: 'by hand', sql: 'name_l > name_r' })).toBeUndefined();
    expect(sketch.parts().flatMap(({ names }) => names)).toEqual(['linkage_known_0']);
  });

  test('tells that a value is missing by its number, where that is read too', () => {
    const sketch = newSketch(() => 1);
    const missing = sketch.exactly(nullLevel('name')) ?? '';
    const equal = sketch.exactly(exactLevel('name')) ?? '';
    expect(sketch.merged(missing, missing)).toBe(missing);
    const merged = sketch.merged(`${missing} OR ${equal}`, `${missing} OR ${equal}`);
    expect(merged).toBe(
      '((linkage_code_0_l = linkage_code_0_r) IS NULL) OR (linkage_code_0_l = linkage_code_0_r)',
    );
    expect(sketch.parts(merged).flatMap(({ names }) => names)).toEqual(['linkage_code_0']);
  });
});
