import { describe, expect, expectTypeOf, test } from 'vitest';
import { crossedNames } from '../comparisons/crossed-names.ts';
import { dateComparison } from '../comparisons/dates.ts';
import { distanceInKm } from '../comparisons/numbers.ts';
import type { Prepared } from '../comparisons/prepared.ts';
import { nameComparison } from '../comparisons/splink.ts';
import { NoTwinError } from '../expression/compile.ts';
import { call, left, right } from '../expression/expression.ts';
import { frenchFamilyName } from '../french/family-name.ts';
import { type Comparison, level, otherwise } from '../model/model.ts';
import { gammaOf, pairOf } from './gamma-twin.ts';
import { exactLevel, nullLevel } from './levels.ts';
import { allOf, notThis } from './logic-levels.ts';

const comparison = (...levels: Comparison['levels']): Comparison => ({ name: 'c', columns: [], levels });

describe('the twin of γ', () => {
  const gamma = gammaOf(comparison(nullLevel('a'), exactLevel('a'), exactLevel('b'), otherwise()));
  test.each([
    ['missing', { a: null, b: 1 }, { a: 'x', b: 1 }, -1],
    ['the first level', { a: 'x', b: 1 }, { a: 'x', b: 1 }, 2],
    ['the second', { a: 'x', b: 1 }, { a: 'y', b: 1 }, 1],
    ['NULL is not true', { a: 'x', b: null }, { a: 'y', b: 1 }, 0],
    ['ELSE', { a: 'x', b: 2 }, { a: 'y', b: 1 }, 0],
  ])('%s', (_name, l, r, expected) => {
    expect(gamma(pairOf(l, r))).toBe(expected);
  });

  test('a comparison that does not end in ELSE is refused', () => {
    expect(() => gammaOf(comparison(exactLevel('a')))).toThrow(TypeError);
    expect(() => gammaOf(comparison())).toThrow(TypeError);
  });

  test('a level that runs in SQL only says so', () => {
    const soundex = level('s', call('=', call('soundex', left('a')), call('soundex', right('a'))));
    expect(() => gammaOf(comparison(soundex, otherwise()))).toThrow(NoTwinError);
    expect(() => gammaOf(comparison({ label: 't', sql: 'true' }, otherwise()))).toThrow(NoTwinError);
  });
});

test('ELSE and levels of SQL only cannot be put together', () => {
  expect(() => allOf('all', exactLevel('a'), otherwise())).toThrow(TypeError);
  expect(() => notThis('not', { label: 't', sql: 'true' })).toThrow(TypeError);
});

test('comparisons are typed by the columns they read', () => {
  expectTypeOf(dateComparison('born')).toEqualTypeOf<Comparison<'born'>>();
  expectTypeOf(distanceInKm('lat', 'lon')).toEqualTypeOf<Comparison<'lat' | 'lon'>>();
  expectTypeOf(crossedNames('a', 'b')).toExtend<readonly Comparison<'a' | 'b'>[]>();
  expectTypeOf(nameComparison('a')).toEqualTypeOf<Comparison<'a'>>();
  expectTypeOf(nameComparison('a', { phoneticKeys: 'k' })).toEqualTypeOf<Comparison<'a' | 'k'>>();
  expectTypeOf(frenchFamilyName('a', { usage: 'u' })).toEqualTypeOf<Prepared<'a' | 'u'>>();
  expect(dateComparison('born').columns).toEqual(['born']);
});
