import { createHash } from 'node:crypto';
import { type Model, readModelFile, writeModelFile } from '@raccroche/linkage';
import { describe, expect, test } from 'vitest';
import { readShipped, ShippedRecipe, shippedModel } from './shipped-model.ts';
import { SIEI_MODEL } from './siei-model.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const recipe = ShippedRecipe.parse(JSON.parse(readShipped('recipe')));
const shipped = readModelFile(readShipped('model'));

/** Without what training finds. */
const definition = (model: Model) =>
  JSON.stringify([
    model.derivations,
    model.blockingRules,
    model.comparisons.map(({ name, levels }) => [
      name,
      levels.map(({ label, sql, fixM }) => [label, sql, fixM]),
    ]),
  ]);

describe('the shipped model', () => {
  test('is what its recipe made: whoever changes what is compared runs npm run model', () => {
    expect(sha256(writeModelFile(SIEI_MODEL))).toBe(recipe.definition);
    expect(sha256(readShipped('model'))).toBe(recipe.model);
  });

  test('compares what campaigns compare', () => {
    expect(definition(shipped)).toBe(definition(SIEI_MODEL));
  });

  test('every level has its parameters', () => {
    for (const { levels } of shipped.comparisons) {
      const known = levels.filter(({ isNull }) => isNull !== true);
      expect(known.every(({ m = 0, u = 0 }) => m > 0 && u > 0)).toBe(true);
      expect(known.reduce((sum, { m = 0 }) => sum + m, 0)).toBeCloseTo(1, 1);
    }
  });

  test('believes as many matches of each person whatever the size, and no more for a handful', () => {
    const matchesOfEach = (variants: number) => (shippedModel(variants).prior * (variants - 1)) / 2;
    expect(matchesOfEach(2000)).toBeCloseTo((shipped.prior * (recipe.variants - 1)) / 2, 10);
    expect(matchesOfEach(1_000_000)).toBeCloseTo(matchesOfEach(2000), 10);
    expect(shippedModel(10).prior).toBe(shippedModel(2000).prior);
  });
});
