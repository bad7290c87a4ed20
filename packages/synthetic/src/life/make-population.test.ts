import { describe, expect, it } from 'vitest';
import { daysBetween } from '../calendar.ts';
import { livesIn } from '../testing/lives.ts';
import type { Life, Person } from './model.ts';

const UNTIL = '2025-11-15';
const BEFORE = 2024;
const LIVES = livesIn({ until: UNTIL, people: 4000 });
const bornIn = ({ birthDate }: Person): number => Number(birthDate.slice(0, 4));

/** The usual age in the first year of the training that somebody follows in the first of the two school years. */
const FIRST_YEAR_AGE = { college: 14, gt: 15, pro: 15, agri: 15, higher: 18, university: 18 } as const;

/** Where somebody was from the first days of the first of the two school years; undefined in a CFA or nowhere. */
function startOf({ stays }: Life): { sector: keyof typeof FIRST_YEAR_AGE; year: number } | undefined {
  const [first] = stays;
  if (first?.schoolYear !== BEFORE || first.firstDay > `${BEFORE}-09-05`) return undefined;
  const { sector } = first.training;
  if (sector === 'cfa' || sector === 'cfaa' || sector === 'abroad') return undefined;
  return { sector, year: sector === 'higher' || sector === 'university' ? 1 : first.year };
}

describe('a population', () => {
  it('is of an age for the year of training that each is in', () => {
    const known = LIVES.flatMap((life) => {
      const start = startOf(life);
      if (start === undefined) return [];
      const late = BEFORE - bornIn(life.person) - FIRST_YEAR_AGE[start.sector] - (start.year - 1);
      return [{ id: life.person.id, ...start, late }];
    });
    expect(known.length).toBeGreaterThan(2500);
    // At most two years behind.
    expect(known.filter(({ late }) => late < 0 || late > 2)).toEqual([]);
  });

  it('moves in any month, mostly in summer, and whoever moves in term changes schools on the way', () => {
    const movers = LIVES.flatMap((life) => {
      const [, moved] = life.residences;
      return moved?.address.commune === undefined ? [] : [{ ...life, moved: moved.from }];
    });
    const months = new Set(movers.map(({ moved }) => moved.slice(0, 7)));
    expect(months.size).toBeGreaterThan(7);
    const inTerm = movers.filter(({ moved }) => moved < '2025-07-01');
    expect(inTerm.length / movers.length).toBeGreaterThan(0.25);
    expect(inTerm.length / movers.length).toBeLessThan(0.55);
    for (const { stays, moved } of inTerm) {
      const [first, second] = stays;
      expect([first?.lastDay, first?.ending]).toEqual([moved, 'during_year']);
      expect(second?.training).toBe(first?.training);
      expect(second?.school).not.toBe(first?.school);
      expect((second?.firstDay ?? '') > moved).toBe(true);
    }
  });

  it('is born where there are maternity wards, and abroad in a country of its name', () => {
    const communes = LIVES.flatMap(({ person }) => person.birthCommune ?? []);
    const large = communes.filter(({ population }) => population >= 15_000);
    expect(large.length / communes.length).toBeGreaterThan(0.9);
    expect(large.length).toBeLessThan(communes.length);
    expect(new Set(communes).size).toBeLessThan(0.1 * communes.length);
    const abroad = LIVES.filter(({ person }) => person.birthCommune === undefined);
    const maghreb = abroad.filter(({ person }) => person.nameGroup === 'maghreb');
    expect(maghreb.length).toBeGreaterThan(10);
    expect(maghreb.filter(({ person }) => !/^9935[0-2]$/.test(person.birthCountry))).toEqual([]);
  });

  it('has brothers and sisters at one home, born at least ten months apart, and twins of one day', () => {
    const pairs = LIVES.map((life, rank) => [LIVES[rank - 1], life] as const).filter(
      ([one, other]) => one?.person.parent === other.person.parent,
    );
    expect(pairs.length).toBeGreaterThan(300);
    const apart = pairs.map(([one, other]) =>
      Math.abs(daysBetween(one?.person.birthDate ?? '', other.person.birthDate)),
    );
    expect(apart.filter((days) => days > 0 && days < 300)).toEqual([]);
    expect(apart).toContain(0);
    expect(
      pairs.filter(([one, other]) => one?.residences[0]?.address !== other.residences[0]?.address),
    ).toEqual([]);
  });
});
