import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { niceScale, shortened } from './chart-style.ts';
import { differences } from './differences.ts';
import { bridgesOf, deepestCut, layOut } from './graph-layout.ts';
import { visibleText } from './html.ts';
import { numberWriter } from './numbers.ts';

describe('numbers', () => {
  const [en, fr] = [numberWriter('en'), numberWriter('fr')];
  test.each([
    [en.count(1234567), '1,234,567'],
    [fr.count(1234567), '1\u202F234\u202F567'],
    [en.weight(3.456), '+3.46'],
    [en.weight(-0.001), '0.00'],
    [fr.weight(-12.5), '\u221212,50'],
    [en.weight(Number.POSITIVE_INFINITY), '+∞'],
    [en.weight(Number.NEGATIVE_INFINITY), '\u2212∞'],
    [en.percent(0.5), '50.0%'],
    [en.percent(0.9923), '99.23%'],
    [en.percent(0.99999), '> 99.99%'],
    [en.percent(0.0001), '< 0.1%'],
    [fr.percent(1), '100\u202F%'],
    [en.plainPercent(0.25), '25%'],
    [en.probability(0.5), '0.5'],
    [en.probability(0.0123456), '0.0123'],
    [fr.probability(0.0000423), '4,2 × 10⁻⁵'],
    [en.decimal(1200, 1), '1,200'],
    [en.measure(Number.NaN), '–'],
  ])('%s', (written, wanted) => {
    expect(written).toBe(wanted);
  });
});

test('a scale holds what it shows, in round steps', () => {
  const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(bound, bound, fc.integer({ min: 2, max: 10 }), (a, b, most) => {
      const { min, max, step } = niceScale(Math.min(a, b), Math.max(a, b), most);
      const slack = step * 1e-6;
      expect(min).toBeLessThanOrEqual(Math.min(a, b) + slack);
      expect(max).toBeGreaterThanOrEqual(Math.max(a, b) - slack);
      expect((max - min) / step).toBeLessThanOrEqual(most + 2);
    }),
    { seed: 3, numRuns: 300 },
  );
  expect(niceScale(-7.9, 12.8, 7)).toEqual({ min: -10, max: 15, step: 5 });
});

test('a long label keeps both its ends', () => {
  expect(shortened('jaro_winkler_similarity of name >= 0.92', 17)).toBe('jaro_win… >= 0.92');
  expect(shortened('short', 17)).toBe('short');
});

describe('differences', () => {
  const text = (stretches: readonly { text: string; common: boolean }[]): string =>
    stretches.map(({ text: part, common }) => (common ? part : `[${part}]`)).join('');
  test.each([
    ['MARTIN', 'MARTIN', 'MARTIN', 'MARTIN'],
    ['MARTIN', 'MARTEN', 'MART[I]N', 'MART[E]N'],
    ['2014-03-31', '2014-03-13', '2014-03-[3]1', '2014-03-1[3]'],
    ['', 'X', '', '[X]'],
    ['👩x', '👨x', '[👩]x', '[👨]x'],
  ])('%s and %s', (a, b, left, right) => {
    expect(differences(a, b).map(text)).toEqual([left, right]);
  });

  test('lose nothing, and have the same in common', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '𝒳'), maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const [left, right] = differences(a, b);
        const common = (parts: typeof left): string =>
          parts.map((one) => (one.common ? one.text : '')).join('');
        expect(left.map((one) => one.text).join('')).toBe(a);
        expect(right.map((one) => one.text).join('')).toBe(b);
        expect(common(left)).toBe(common(right));
      }),
      { seed: 9, numRuns: 300 },
    );
  });
});

describe('clusters', () => {
  const edge = (from: number, to: number) => ({ from, to, weight: 1 });
  const twoTriangles = [edge(0, 1), edge(1, 2), edge(0, 2), edge(2, 3), edge(3, 4), edge(4, 5), edge(3, 5)];
  test('the link between two triangles is a bridge, and leaves three records on each side', () => {
    expect([...bridgesOf(6, twoTriangles)]).toEqual([3]);
    expect(deepestCut({ name: '', nodes: ['a', 'b', 'c', 'd', 'e', 'f'], edges: twoTriangles })).toBe(3);
  });

  test('a chain is all bridges, a ring has none', () => {
    expect(bridgesOf(3, [edge(0, 1), edge(1, 2)]).size).toBe(2);
    expect(bridgesOf(3, [edge(0, 1), edge(1, 2), edge(2, 0)]).size).toBe(0);
    expect(deepestCut({ name: '', nodes: ['a'], edges: [] })).toBe(0);
  });

  test('places are in the box, apart, and always the same', () => {
    const places = layOut(6, twoTriangles);
    expect(layOut(6, twoTriangles)).toEqual(places);
    expect(new Set(places.map(String)).size).toBe(6);
    for (const [x, y] of places) expect([x, y].every((value) => value >= 0 && value <= 1000)).toBe(true);
  });
});

test('hidden characters are shown, spaces and accents are left', () => {
  expect(visibleText('é à\u00A0b')).toBe('é à\u00A0b');
  expect(visibleText('a\tb\u007F\u200B\uFEFF')).toBe('a␉b[U+007F][U+200B][U+FEFF]');
  expect(visibleText('\uDC00x')).toBe('[U+DC00]x');
});
