import { describe, expect, it } from 'vitest';
import { livesIn } from '../testing/lives.ts';

const UNTIL = '2025-11-15';
/** A hundred times the deaths of the country: about three in a hundred. */
const LIVES = livesIn({ until: UNTIL, people: 4000, mortality: 100 });
const DEAD = LIVES.flatMap((life) =>
  life.deceasedOn === undefined ? [] : [{ ...life, deceasedOn: life.deceasedOn }],
);
/** Whose training ended with them. */
const inTraining = ({ stays, deceasedOn }: (typeof DEAD)[number]) =>
  stays.filter(({ lastDay, ending }) => lastDay === deceasedOn && ending === 'during_year');

describe('death', () => {
  it('comes as often as the rates of those ages say, more often to boys', () => {
    const boys = DEAD.filter(({ person }) => person.sex === 'M').length;
    expect(DEAD.length / LIVES.length).toBeGreaterThan(0.022);
    expect(DEAD.length / LIVES.length).toBeLessThan(0.045);
    expect(boys).toBeGreaterThan(1.3 * (DEAD.length - boys));
    expect(livesIn({ until: UNTIL, people: 300, mortality: 0 }).every((life) => !life.deceasedOn)).toBe(true);
  });

  it('comes on any day, to pupils, to apprentices and to those out of training', () => {
    const months = new Set(DEAD.map(({ deceasedOn }) => deceasedOn.slice(0, 7)));
    expect(months.size).toBeGreaterThanOrEqual(14);
    expect([...months].sort().at(0)).toBe('2024-09');
    expect([...months].sort().at(-1)).toBe('2025-11');
    const statuses = DEAD.flatMap(inTraining).map(({ status }) => status);
    expect(new Set(statuses)).toContain('scolaire');
    expect(new Set(statuses)).toContain('apprenti');
    expect(DEAD.filter((life) => inTraining(life).length === 0).length).toBeGreaterThan(5);
  });

  it('ends all that was under way, and nothing comes later', () => {
    for (const { deceasedOn, stays, awards, accompaniments, residences, employedFrom } of DEAD) {
      const days = [
        ...stays.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay ?? '9999']),
        ...stays.flatMap(({ contracts }) =>
          contracts.flatMap(({ start, plannedEnd, brokenOn }) => [start, brokenOn ?? plannedEnd]),
        ),
        ...awards.map(({ date }) => date),
        ...accompaniments.flatMap(({ start, lastContact = start }) => [start, lastContact]),
        ...residences.slice(1).map(({ from }) => from),
        employedFrom ?? deceasedOn,
      ];
      expect(days.filter((day) => day > deceasedOn)).toEqual([]);
    }
  });
});
