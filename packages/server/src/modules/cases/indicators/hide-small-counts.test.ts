import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hideSmallCounts, type Sum } from './hide-small-counts.ts';

const table = (counts: Readonly<Record<string, number>>) => new Map(Object.entries(counts));
const hiddenOf = (counts: Readonly<Record<string, number>>, sums: readonly Sum[]) =>
  [...hideSmallCounts(table(counts), sums)].sort();

describe('small counts', () => {
  const sum = [{ total: 'all', parts: ['a', 'b', 'c'] }];
  test.each([
    ['nothing is small: nothing is hidden', { a: 5, b: 9, c: 0, all: 14 }, []],
    [
      'one is small: the next smallest goes too, or the total would give it back',
      { a: 3, b: 9, c: 20, all: 32 },
      ['a', 'b'],
    ],
    ['two are small and hold five together', { a: 3, b: 4, c: 20, all: 27 }, ['a', 'b']],
    ['two are small, and so is their sum', { a: 1, b: 1, c: 20, all: 22 }, ['a', 'b', 'c']],
    ['the total itself is small', { a: 2, b: 0, c: 0, all: 2 }, ['a', 'all']],
    ['all but nothing: a nothing goes with it', { a: 4, b: 0, c: 0, all: 4 }, ['a', 'all']],
  ] as const)('%s', (_, counts, expected) => {
    expect(hiddenOf(counts, sum)).toEqual(expected);
  });

  test('of two levels: what is hidden below does not follow from above', () => {
    // One platform in the département: whatever is hidden of one is hidden of the other.
    expect(
      hiddenOf({ p: 3, d: 3, q: 9, e: 9, r: 12 }, [
        { total: 'd', parts: ['p'] },
        { total: 'e', parts: ['q'] },
        { total: 'r', parts: ['d', 'e'] },
      ]),
    ).toEqual(['d', 'e', 'p', 'q']);
  });
});

/** Régions of départements of platforms, each with two states and a total: sums along both sides. */
const hierarchy = fc
  .array(fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((departments) => {
    const counts = new Map<string, number>();
    const sums: Sum[] = [];
    const place = (id: string, states: readonly [number, number]) => {
      counts
        .set(`${id}/x`, states[0])
        .set(`${id}/y`, states[1])
        .set(`${id}/all`, states[0] + states[1]);
      sums.push({ total: `${id}/all`, parts: [`${id}/x`, `${id}/y`] });
    };
    const add = (of: readonly (readonly [number, number])[]): [number, number] => [
      of.reduce((all, [x]) => all + x, 0),
      of.reduce((all, [, y]) => all + y, 0),
    ];
    const above = (id: string, parts: readonly string[]) => {
      for (const column of ['x', 'y', 'all'])
        sums.push({ total: `${id}/${column}`, parts: parts.map((part) => `${part}/${column}`) });
    };
    place('r', add(departments.map(add)));
    above(
      'r',
      departments.map((_, d) => `r.${d}`),
    );
    for (const [d, platforms] of departments.entries()) {
      place(`r.${d}`, add(platforms));
      above(
        `r.${d}`,
        platforms.map((_, p) => `r.${d}.${p}`),
      );
      for (const [p, states] of platforms.entries()) place(`r.${d}.${p}`, states);
    }
    return { counts, sums };
  });

/** Rank of a matrix by elimination on numbers with a point, unlike the code under test. */
function rank(matrix: number[][]): number {
  const rows = matrix.map((row) => [...row]);
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column += 1) {
    const at = rows.findIndex((row, index) => index >= found && Math.abs(row[column] ?? 0) > 1e-9);
    const pivot = rows[at];
    if (pivot === undefined) continue;
    rows[at] = rows[found] ?? pivot;
    rows[found] = pivot;
    for (let index = found + 1; index < rows.length; index += 1) {
      const factor = (rows[index]?.[column] ?? 0) / (pivot[column] ?? 1);
      rows[index] = (rows[index] ?? []).map((value, c) => value - factor * (pivot[c] ?? 0));
    }
    found += 1;
  }
  return found;
}

describe('whatever the counts', () => {
  test('no hidden count follows from those shown, none small is shown, and hidden parts are not small together', () => {
    fc.assert(
      fc.property(hierarchy, ({ counts, sums }) => {
        const hidden = hideSmallCounts(counts, sums);
        for (const [key, n] of counts) if (n > 0 && n < 5) expect(hidden.has(key)).toBe(true);
        const keys = [...hidden];
        const matrix = sums.map(({ total, parts }) =>
          keys.map((key) => (key === total ? -1 : 0) + parts.filter((part) => part === key).length),
        );
        const whole = rank(matrix);
        for (const column of keys.keys()) {
          // Without a count that follows from the others the rank is one less.
          expect(rank(matrix.map((row) => row.filter((_, c) => c !== column)))).toBe(whole);
        }
        for (const { total, parts } of sums) {
          const own = parts.filter((part) => hidden.has(part));
          if (own.length === 0 || hidden.has(total)) continue;
          expect(own.reduce((all, part) => all + (counts.get(part) ?? 0), 0)).toBeGreaterThanOrEqual(5);
        }
      }),
      { seed: 20_261_126, numRuns: 300 },
    );
  });

  test('the order in which they are told changes nothing', () => {
    fc.assert(
      fc.property(hierarchy, ({ counts, sums }) => {
        const turned = new Map([...counts].reverse());
        expect([...hideSmallCounts(turned, [...sums].reverse())].sort()).toEqual(
          [...hideSmallCounts(counts, sums)].sort(),
        );
      }),
      { seed: 20_261_126, numRuns: 100 },
    );
  });
});
