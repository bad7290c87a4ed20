import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { birthsOf } from './births.ts';
import { drawPlace } from './places.ts';

const DRAWS = 300_000;

/** How many of `DRAWS` people are of each age, when the first of the two school years starts in `year`. */
function agesIn(year: number): ReadonlyMap<number, number> {
  const random = new Random('places');
  const ages = new Map<number, number>();
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const { age } = drawPlace(random, year);
    ages.set(age, (ages.get(age) ?? 0) + 1);
  }
  return ages;
}

const shareOf = (ages: ReadonlyMap<number, number>, age: number): number => (ages.get(age) ?? 0) / DRAWS;

describe('places and ages', () => {
  const ages = agesIn(2024);

  it('are of 14 to 25, of every age, and hardly of 14', () => {
    expect([...ages.keys()].sort()).toEqual(Array.from({ length: 12 }, (_, rank) => 14 + rank));
    expect(shareOf(ages, 14)).toBeLessThan(0.01);
    expect(shareOf(ages, 14)).toBeGreaterThan(0.003);
  });

  it.each([15, 16, 17])('have nearly as many of %i as were born in their year', (age) => {
    const people = 3_000_000 * shareOf(ages, age);
    expect(people / (1000 * birthsOf(2024 - age))).toBeGreaterThan(0.94);
    expect(people / (1000 * birthsOf(2024 - age))).toBeLessThan(1.04);
  });

  it('are fewer of each age from 18 on', () => {
    const older = [17, 18, 19, 20, 21, 22, 23].map((age) => ages.get(age) ?? 0);
    expect(older).toEqual([...older].sort((one, other) => other - one));
  });

  it('follow the births: fewer of the years in which fewer were born', () => {
    // Born in 2020 and 2018: 735 and 759 thousand; in 2009 and 2007: 825 and 819.
    const later = agesIn(2035);
    const ratio = (of: ReadonlyMap<number, number>) => shareOf(of, 15) / shareOf(of, 17);
    const expected = birthsOf(2020) / birthsOf(2018) / (birthsOf(2009) / birthsOf(2007));
    expect(expected).toBeLessThan(0.97);
    // Five standard deviations of a ratio of four counts of about 80,000.
    expect(Math.abs(ratio(later) / ratio(ages) - expected)).toBeLessThan(5 * Math.sqrt(4 / 80_000));
  });
});

describe('births', () => {
  it.each([
    [1980, 777],
    [2008, 828],
    [2030, 735],
  ])('of %i are those of the nearest year that is known', (year, thousands) => {
    expect(birthsOf(year)).toBe(thousands);
  });
});
