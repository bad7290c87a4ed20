import { describe, expect, it } from 'vitest';
import { SIEI_2011 } from '../rule-sets/siei-2011.ts';
import { buildPerson, D } from '../testing/build-person.ts';
import { assessPerson } from './assess-person.ts';

const assess = (spells: readonly object[], records: readonly object[] = [{}]) =>
  assessPerson(buildPerson({ records, spells }), SIEI_2011, D);

describe('same school and year told twice (rules §8)', () => {
  const goesOn = { recordId: 'r1', schoolYear: 2026 };
  const left = { recordId: 'r2', schoolYear: 2026, lastDay: '2026-10-10' };

  it.each([
    ['an explicit end beats an implicit one', goesOn, left, 'not_enrolled'],
    ['also an implicit one extracted later', { ...goesOn, recordedOn: '2026-11-20' }, left, 'not_enrolled'],
    ['also when both come from one row', goesOn, { ...left, recordId: 'r1' }, 'not_enrolled'],
    ['another school is another stay', { ...goesOn, uai: '0011058V' }, left, 'enrolled'],
    ['another school year is another stay', goesOn, { ...left, schoolYear: 2025 }, 'enrolled'],
    ['an unknown school is never the same', { ...goesOn, uai: null }, { ...left, uai: null }, 'enrolled'],
    [
      'an unknown year is never the same',
      { ...goesOn, schoolYear: null, lastDay: '2027-08-31', implicitEnd: true },
      { ...left, schoolYear: null },
      'enrolled',
    ],
    ['back in the same school after the end', { ...goesOn, firstDay: '2026-11-02' }, left, 'enrolled'],
    [
      'a stay that begins on the day the other ends follows it',
      { ...goesOn, firstDay: '2026-10-10' },
      left,
      'enrolled',
    ],
    [
      'begun a day before the other ends is the same stay',
      { ...goesOn, firstDay: '2026-10-09' },
      left,
      'not_enrolled',
    ],
    ['a single day at the start', goesOn, { ...left, lastDay: '2026-09-01' }, 'not_enrolled'],
    [
      'of two explicit ends, the most recently extracted',
      { ...goesOn, lastDay: '2027-06-30', recordedOn: '2026-11-02' },
      left,
      'enrolled',
    ],
    [
      'of two explicit ends, the older is dropped',
      { ...goesOn, lastDay: '2027-06-30', recordedOn: '2026-10-31' },
      left,
      'not_enrolled',
    ],
    [
      'an unknown extraction counts as oldest',
      { ...goesOn, lastDay: '2027-06-30', recordedOn: null },
      left,
      'not_enrolled',
    ],
    ['two implicit ends both stay', goesOn, { ...goesOn, recordId: 'r2', notInClass: true }, 'enrolled'],
  ])('%s', (_case, first, second, state) => {
    expect(assess([first, second]).state).toBe(state);
    expect(assess([second, first]).state).toBe(state);
  });

  it('prefers the order of sources, then of records, between ends extracted on the same day', () => {
    const until = { schoolYear: 2026, lastDay: '2027-06-30' };
    const bySource = [
      { recordId: 'r1', source: 'CFA' },
      { recordId: 'r2', source: 'SYGNE' },
    ];
    expect(assess([{ ...until, recordId: 'r1' }, left], bySource).state).toBe('not_enrolled');
    expect(assess([{ ...until, recordId: 'r1' }, left]).state).toBe('enrolled');
  });

  it.each([
    ['two senders, one says left, the other still there', 'SYGNE', {}, ['contradictory_sources']],
    ['one sender, told again later', 'SIECLE', {}, []],
    ['the end is still to come', 'SYGNE', { lastDay: '2026-12-01' }, []],
  ])('contradiction: %s', (_case, source, change, flags) => {
    const records = [
      { recordId: 'r1', source: 'SIECLE' },
      { recordId: 'r2', source },
    ];
    expect(assess([goesOn, { ...left, ...change }], records).flags).toEqual(flags);
  });
});
