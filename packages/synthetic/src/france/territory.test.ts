import { isValidUai } from '@raccroche/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Country } from './country.ts';
import { DEPARTMENTS } from './departments.ts';
import { countPeople, PEOPLE_OF_FRANCE, Territory } from './territory.ts';

const FEW = { seed: 3, people: 40_000, departments: ['2A', '33', '59', '75', '974'] };

describe('the territory', () => {
  const whole = new Territory({ seed: 1, people: PEOPLE_OF_FRANCE });

  it('holds the whole country in bassins of a size that fits in memory', () => {
    expect(new Set(whole.bassins.map(({ department }) => department))).toEqual(new Set(DEPARTMENTS.values()));
    expect(whole.bassins.length).toBeGreaterThan(400);
    expect(Math.max(...whole.bassins.map(({ people }) => people))).toBeLessThan(25_000);
  });

  it('numbers everybody once', () => {
    let next = 1;
    for (const { firstNumber, people } of whole.bassins) {
      expect(firstNumber).toBe(next);
      next += people;
    }
    expect(next - 1).toBe(PEOPLE_OF_FRANCE);
  });

  it('says of any pair of bassins who goes between them, each person once', () => {
    const territory = new Territory(FEW);
    for (const from of territory.bassins) {
      let next = from.firstNumber + territory.countStaying(from);
      for (const to of territory.bassins) {
        const { firstNumber, count } = territory.peopleBetween(from, to);
        expect(firstNumber).toBe(next);
        if (from === to) expect(count).toBe(0);
        next += count;
      }
      expect(next).toBe(from.firstNumber + from.people);
    }
  });

  it('keeps the number of people, however few', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer(), (people, seed) => {
        const { bassins } = new Territory({ seed, people, departments: ['48', '62', '976'] });
        return bassins.reduce((sum, bassin) => sum + bassin.people, 0) === people;
      }),
      { seed: 7, numRuns: 8 },
    );
  });

  it('scales with the country', () => {
    expect(countPeople(1)).toBe(PEOPLE_OF_FRANCE);
    expect(countPeople(0.01)).toBe(PEOPLE_OF_FRANCE / 100);
    const north = countPeople(1, ['59', '62']);
    expect(north).toBeGreaterThan(150_000);
    expect(north).toBeLessThan(220_000);
  });
});

describe('the schools', () => {
  const country = new Country({ ...FEW, senders: 'national' });
  const schools = country.territory.bassins.flatMap((bassin) => country.schoolsOf(bassin).all);

  it('have a UAI of their own with a right key, abroad none', () => {
    const numbers = schools.flatMap(({ kind, uai }) => (kind === 'abroad' ? [] : [uai]));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((uai) => !isValidUai(uai))).toEqual([]);
    expect(schools.filter(({ kind, uai }) => kind === 'abroad' && uai !== '')).toEqual([]);
  });

  it('teach every way in every bassin, so that nobody must leave home to go on', () => {
    for (const bassin of country.territory.bassins) {
      const kinds = new Set(country.schoolsOf(bassin).all.map(({ kind }) => kind));
      expect([...kinds].sort()).toEqual(
        ['abroad', 'agri', 'cfa', 'cfaa', 'college', 'lgt', 'lp', 'private', 'university'].sort(),
      );
    }
  });
});
