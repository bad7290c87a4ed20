import { describe, expect, test } from 'vitest';
import { runningClocks, situationUntil } from './legal-clocks.ts';

const TODAY = '2025-11-20';
const MINOR = {
  birth_date: '2008-05-06',
  pathway: 'not_started',
  verification: 'to_verify',
  opened_on: '2025-11-15',
  joint_interview_at: null,
  interview_held_at: null,
  return_asked_on: null,
  obligation: 'not_met',
  summoned_on: null,
} as const;

describe('legal clocks', () => {
  test('a minor is to be received with the legal representative within three months', () => {
    expect(runningClocks(MINOR, TODAY)).toEqual([
      { clock: 'reorientation_interview', countedFrom: '2025-11-15', dueOn: '2026-02-15', daysLeft: 87 },
    ]);
  });

  test.each([
    ['an interview with the representative', { joint_interview_at: '2025-11-19T10:00:00.000Z' }],
    ['coming of age', { birth_date: '2007-11-20' }],
    ['a closed case', { pathway: 'closed' }],
    ['somebody who is not to be followed', { verification: 'refuted' }],
  ] as const)('%s stops it', (_, change) => {
    expect(runningClocks({ ...MINOR, ...change }, TODAY)).toEqual([]);
  });

  test('an interview without the representative does not stop it', () => {
    expect(runningClocks({ ...MINOR, interview_held_at: '2025-11-19T10:00:00.000Z' }, TODAY)).toHaveLength(1);
  });

  test('a request to return is answered within fifteen days, by an interview after it', () => {
    const adult = { ...MINOR, birth_date: '2005-01-01', return_asked_on: '2025-11-01' };
    expect(runningClocks(adult, TODAY)).toEqual([
      { clock: 'return_interview', countedFrom: '2025-11-01', dueOn: '2025-11-16', daysLeft: -4 },
    ]);
    const interview = (day: string) => ({ ...adult, interview_held_at: `${day}T08:00:00.000Z` });
    expect(runningClocks(interview('2025-10-31'), TODAY)).toHaveLength(1);
    expect(runningClocks(interview('2025-11-01'), TODAY)).toEqual([]);
  });

  test('a summons is followed within two months; the most urgent clock comes first', () => {
    const summoned = { ...MINOR, obligation: 'summoned', summoned_on: '2025-12-31' } as const;
    expect(runningClocks(summoned, '2026-01-02').map(({ clock, dueOn }) => [clock, dueOn])).toEqual([
      ['reorientation_interview', '2026-02-15'],
      ['department_report', '2026-02-28'],
    ]);
    expect(runningClocks({ ...summoned, obligation: 'met' }, '2026-01-02')).toHaveLength(1);
  });
});

test('what is known holds longer for who has entered a solution, and for nobody whom nobody asked', () => {
  expect(situationUntil({ confirmed_on: null, pathway: 'entered' })).toBe(null);
  expect(situationUntil({ confirmed_on: '2025-01-01', pathway: 'entered' })).toBe('2025-04-01');
  expect(situationUntil({ confirmed_on: '2025-01-01', pathway: 'diagnosis' })).toBe('2025-03-02');
});
