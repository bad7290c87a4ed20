import { describe, expect, it } from 'vitest';
import { type CfaTrainingDates, cfaLastDay } from './cfa-last-day.ts';

const NOTHING: CfaTrainingDates = {
  status: '3',
  firstDay: '2025-09-01',
  statusDate: undefined,
  excludedOn: undefined,
  trainingEnd: undefined,
  contractEnds: [],
};

describe('last day of a training in a CFA', () => {
  const cases: [string, Partial<CfaTrainingDates>, string | undefined, string | undefined, boolean][] = [
    ['nothing told', {}, undefined, undefined, false],
    ['the end of the training', { trainingEnd: '2027-06-30' }, '2027-06-30', undefined, false],
    [
      'an exclusion beats the end',
      { excludedOn: '2026-01-10', trainingEnd: '2027-06-30' },
      '2026-01-10',
      'exclusion',
      false,
    ],
    [
      'a status date counts for an abandon only',
      { statusDate: '2025-12-01', trainingEnd: '2027-06-30' },
      '2027-06-30',
      undefined,
      false,
    ],
    [
      'an abandon',
      { status: '0', statusDate: '2025-12-01', trainingEnd: '2027-06-30' },
      '2025-12-01',
      'abandon',
      false,
    ],
    [
      'an abandon before an exclusion',
      { status: '0', statusDate: '2025-12-01', excludedOn: '2026-01-10' },
      '2025-12-01',
      'abandon',
      false,
    ],
    [
      'an exclusion before the abandon',
      { status: '0', statusDate: '2026-02-01', excludedOn: '2026-01-10' },
      '2026-01-10',
      'exclusion',
      false,
    ],
    [
      'an undated abandon with an exclusion',
      { status: '0', excludedOn: '2026-01-10', contractEnds: ['2025-11-01'] },
      '2026-01-10',
      'exclusion',
      false,
    ],
    [
      'an undated abandon: last contract',
      { status: '0', contractEnds: ['2025-11-01', '2025-10-01'], trainingEnd: '2027-06-30' },
      '2025-11-01',
      'abandon',
      true,
    ],
    [
      'an undated abandon without contract: first day',
      { status: '0', trainingEnd: '2027-06-30' },
      '2025-09-01',
      'abandon',
      true,
    ],
    [
      'an undated abandon of nothing at all',
      { status: '0', firstDay: undefined },
      undefined,
      'abandon',
      true,
    ],
    [
      'a trainee without contract',
      { status: '2', contractEnds: ['2025-11-01'], trainingEnd: '2027-06-30' },
      '2027-06-30',
      undefined,
      false,
    ],
  ];
  it.each(cases)('%s', (_name, told, lastDay, reason, undatedAbandon) => {
    expect(cfaLastDay({ ...NOTHING, ...told })).toEqual({ lastDay, reason, undatedAbandon });
  });
});
