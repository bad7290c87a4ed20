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
  if (sector === 'cfa' || sector === 'abroad') return undefined;
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
