import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar.ts';
import { livesIn } from '../testing/lives.ts';
import { lifeOn } from './life-on.ts';
import type { Accompaniment, Life, Stay } from './model.ts';

const LIVES = livesIn({ until: '2026-02-15', people: 500 });
const DAYS = [
  '2024-09-01',
  '2024-12-15',
  '2025-03-31',
  '2025-07-05',
  '2025-08-31',
  '2025-09-01',
  '2025-11-15',
];

describe('a life on a day', () => {
  it.each(DAYS)('has nothing later than %s in it', (day) => {
    const later = LIVES.flatMap((whole) => {
      const life = lifeOn(whole, day);
      const happened = [
        ...life.stays.flatMap(({ firstDay, lastDay, contracts }) => [
          contracts.length > 0 ? undefined : firstDay,
          lastDay,
        ]),
        ...life.stays.flatMap(({ contracts }) =>
          contracts.flatMap(({ start, brokenOn }) => [start, brokenOn]),
        ),
        ...life.awards.map(({ date }) => date),
        ...life.accompaniments.flatMap(({ start, end, lastContact }) => [start, end, lastContact]),
        ...life.residences.slice(1).map(({ from }) => from),
        life.deceasedOn,
        life.employedFrom,
      ];
      return happened.filter((date) => typeof date === 'string' && date > day);
    });
    expect(later).toEqual([]);
  });

  it('is the same whether asked of the whole life or of the life on a later day', () => {
    for (const day of DAYS)
      for (const life of LIVES) expect(lifeOn(lifeOn(life, '2025-12-15'), day)).toEqual(lifeOn(life, day));
  });

  it('keeps what had ended by then as it is', () => {
    const ended = ({ stays }: Life) =>
      stays.filter(({ lastDay }) => lastDay !== null && lastDay <= '2025-03-31');
    const stays = LIVES.flatMap(ended);
    expect(stays.length).toBeGreaterThan(20);
    expect(LIVES.flatMap((life) => ended(lifeOn(life, '2025-03-31'))).map(withoutContracts)).toEqual(
      stays.map(withoutContracts),
    );
  });
});

const withoutContracts = ({ contracts, ...stay }: Stay) => ({ ...stay, contracts: contracts.length });

describe('an accompaniment that ended later', () => {
  const base = LIVES.find(({ accompaniments }) => accompaniments.length > 0);
  const on = (day: string, one: Partial<Accompaniment>) => {
    const [first] = base?.accompaniments ?? [];
    const accompaniments = first ? [{ ...first, ...one }] : [];
    return base && lifeOn({ ...base, accompaniments }, day).accompaniments[0];
  };
  const closed = {
    start: '2025-01-01',
    end: '2025-05-01',
    lastContact: '2025-05-01',
    status: 'clos',
  } as const;

  it('was going on, with an earlier contact', () => {
    expect(on('2025-04-30', closed)).toMatchObject({
      status: 'actif',
      end: undefined,
      lastContact: '2025-03-17',
    });
  });

  it('had its first contact at its beginning at the earliest', () => {
    expect(on('2025-01-02', closed)).toMatchObject({ lastContact: '2025-01-01' });
  });

  it('is closed from its last day on', () => {
    expect(on('2025-05-01', closed)).toMatchObject(closed);
    expect(on(addDays('2025-05-01', 1), closed)).toMatchObject(closed);
  });
});
