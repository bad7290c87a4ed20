import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar.ts';
import { cohortOf, delaysOf, figuresOf, type Listing } from './delays.ts';
import type { DropOut } from './drop-outs.ts';

function dropOut(person: string, since: string, more: Partial<DropOut> = {}): DropOut {
  return { person, ruleSet: 'siei-2011', leftOn: since, since, until: undefined, ...more };
}

const listing = (asOf: string, ...people: readonly string[]): Listing => ({ asOf, listed: new Set(people) });

/** Three months; `a` is listed at once, `b` a month late, `c` never. */
const MONTHLY = [
  listing('2025-01-15'),
  listing('2025-02-15', 'a'),
  listing('2025-03-15', 'a', 'b'),
  listing('2025-04-15', 'a', 'b'),
];

describe('the wait of a drop-out', () => {
  const of = (one: DropOut, calendar: readonly Listing[] = MONTHLY) => {
    const [delay] = delaysOf([one], calendar);
    return {
      listedOn: delay?.listedOn,
      rules: delay?.rules,
      calendar: delay?.calendar,
      senders: delay?.senders,
    };
  };

  it('is that of the rules, of the calendar and of the senders', () => {
    const one = dropOut('b', '2025-02-05', { leftOn: '2025-01-31' });
    expect(of(one)).toEqual({ listedOn: '2025-03-15', rules: 5, calendar: 10, senders: 28 });
  });

  it('is none of the calendar for who is to be listed on the day of a campaign', () => {
    const one = dropOut('a', '2025-02-15', { leftOn: '2025-02-14' });
    expect(of(one)).toMatchObject({ listedOn: '2025-02-15', calendar: 0, senders: 0 });
  });

  it('ends with the rules for who was listed before they would', () => {
    const one = dropOut('a', '2025-03-01', { leftOn: '2025-02-10' });
    expect(of(one)).toEqual({ listedOn: '2025-02-15', rules: 5, calendar: 0, senders: 0 });
  });

  it('does not count lists from before somebody left, nor after they were back', () => {
    const left = dropOut('a', '2025-02-20');
    expect(of(left)).toMatchObject({ listedOn: '2025-03-15' });
    expect(of({ ...left, until: '2025-03-14' })).toMatchObject({ listedOn: undefined, calendar: undefined });
    expect(of({ ...left, until: '2025-03-15' })).toMatchObject({ listedOn: '2025-03-15' });
  });

  it('is longer with fewer campaigns, by the calendar alone when senders are prompt', () => {
    const few = MONTHLY.filter(({ asOf }) => asOf === '2025-04-15');
    expect(of(dropOut('a', '2025-02-05'), few)).toMatchObject({ calendar: 69, senders: 0 });
  });
});

describe('a cohort', () => {
  const cohort = { from: '2025-01-15', to: '2025-02-15', shortest: 30 };

  it.each([
    ['who became somebody to list on the eve of it', dropOut('a', '2025-01-15'), false],
    ['its first day', dropOut('a', '2025-01-16'), true],
    ['its last day', dropOut('a', '2025-02-15'), true],
    ['the day after', dropOut('a', '2025-02-16'), false],
    ['who was back after 29 days', dropOut('a', '2025-02-01', { until: '2025-03-01' }), false],
    ['who was back after 30 days', dropOut('a', '2025-02-01', { until: '2025-03-02' }), true],
  ])('%s', (_name, one, within) => {
    expect(cohortOf([one], cohort)).toEqual(within ? [one] : []);
  });
});

describe('figures', () => {
  const delays = delaysOf(
    [
      dropOut('a', '2025-02-05', { leftOn: '2025-01-26' }),
      dropOut('b', '2025-02-05'),
      dropOut('c', '2025-02-05'),
      dropOut('d', '2025-02-05', { until: '2025-03-20' }),
    ],
    MONTHLY,
  );

  it('are of all: who was never listed waits for ever', () => {
    expect(figuresOf(delays, 'due')).toEqual({
      dropOuts: 4,
      listed: 2,
      overBefore: 1,
      never: 1,
      median: 38,
      p90: undefined,
      medianWithin: { low: 0, high: undefined },
      // Fewer than two of four are below it four times in a thousand.
      p90Within: { low: 38, high: undefined },
      within: { 30: 0.25, 60: 0.5, 90: 0.5 },
      mean: 24,
    });
  });

  it('count from the last day in training, or from the day of the rules', () => {
    expect(figuresOf(delays.slice(0, 1), 'due')).toMatchObject({ median: 10, p90: 10 });
    expect(figuresOf(delays.slice(0, 1), 'leaving')).toMatchObject({ median: 20, p90: 20 });
  });

  it('of many come with the days between which they lie', () => {
    // Waits of 1 to 30 days, three of each: the 36th and the 55th are around the 45th, the 75th and the 87th around the 81st.
    const people = Array.from({ length: 90 }, (_, rank) => `p${rank}`);
    const dropOuts = people.map((person, rank) => dropOut(person, addDays('2025-01-16', rank % 30)));
    expect(figuresOf(delaysOf(dropOuts, [listing('2025-02-15', ...people)]), 'due')).toMatchObject({
      median: 15,
      medianWithin: { low: 12, high: 19 },
      p90: 27,
      p90Within: { low: 25, high: 29 },
    });
  });

  it('of nobody are none', () => {
    expect(figuresOf([], 'due')).toMatchObject({
      dropOuts: 0,
      median: undefined,
      within: { 30: 0 },
      mean: 0,
    });
  });
});
