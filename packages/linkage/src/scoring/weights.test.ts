import { describe, expect, it } from 'vitest';
import { and, call, equal, left, not, right } from '../expression/expression.ts';
import { exactLevel, nullLevel, similarityLevel } from '../levels/levels.ts';
import { type ComparisonLevel, level, otherwise } from '../model/model.ts';
import { comparisonWeights, exactColumns, probabilityOf, weightOf } from './weights.ts';

describe('weights', () => {
  it.each([
    ['a plain equality', equal(left('Name'), right('Name')), ['name']],
    ['the sides the other way round', equal(right('name'), left('name')), ['name']],
    ['two equalities', and(equal(left('b'), right('b')), equal(left('a'), right('a'))), ['a', 'b']],
    ['the same equality twice', and(equal(left('a'), right('a')), equal(right('a'), left('a'))), ['a']],
    ['not unequal', not(call('<>', left('a'), right('a'))), ['a']],
    ['two columns', equal(left('a'), right('b')), undefined],
    ['a function', equal(call('lower', left('a')), call('lower', right('a'))), undefined],
    ['one side only', equal(left('a'), left('a')), undefined],
    [
      'more than equality',
      and(equal(left('a'), right('a')), call('>', call('length', left('a')), 3)),
      undefined,
    ],
  ])('know an exact level: %s', (_, condition, columns) => {
    expect(exactColumns(level('', condition))).toEqual(columns);
  });

  const adjusted = { column: 'a', weight: 0.5, minimumU: 0, ownU: false };
  const levels = (fuzzy: Partial<ComparisonLevel>): readonly ComparisonLevel[] => [
    nullLevel('a'),
    { ...exactLevel('a'), m: 0.8, u: 0.01 },
    { ...similarityLevel('a', 'jaro_similarity', 0.9), m: 0.1, u: 0.04, ...fuzzy },
    { ...otherwise(), m: 0.1, u: 0.95 },
  ];
  const base = (fuzzy: Partial<ComparisonLevel>): number | undefined =>
    comparisonWeights({ name: 'a', columns: ['a'], levels: levels(fuzzy) })[1]?.termFrequency?.log2Base;

  it('adjust a fuzzy level from the u of the exact one, unless told to take its own', () => {
    expect(base({ termFrequency: adjusted })).toBe(Math.log2(0.01));
    expect(base({ termFrequency: { ...adjusted, ownU: true } })).toBe(Math.log2(0.04));
    expect(base({ termFrequency: { ...adjusted, weight: 0 } })).toBeUndefined();
    expect(() => base({ termFrequency: { ...adjusted, column: 'b' } })).toThrow('plain equality');
  });

  it('are infinite where m or u is 0', () => {
    const extreme = [
      { ...exactLevel('a'), m: 0.9, u: 0 },
      { ...otherwise(), m: 0, u: 1 },
    ];
    const weights = comparisonWeights({ name: 'a', columns: ['a'], levels: extreme });
    expect(weights.map(({ weight }) => weight)).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe('weights and probabilities', () => {
  it('are undone by the probability, at both ends', () => {
    for (const probability of [1e-9, 0.2, 0.5, 0.999]) {
      expect(probabilityOf(weightOf(probability)) / probability).toBeCloseTo(1, 9);
    }
    expect([probabilityOf(2000), probabilityOf(-2000)]).toEqual([1, 0]);
  });
});
