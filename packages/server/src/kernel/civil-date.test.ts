import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  ageAt,
  daysBetween,
  isLeapYear,
  lastBirthOfAge,
  parseCivilDate,
  schoolYearOf,
} from './civil-date.ts';

describe('parseCivilDate', () => {
  it.each([
    ['ISO', '2008-03-05', '2008-03-05'],
    ['French', '05/03/2008', '2008-03-05'],
    ['blanks around', ' 05/03/2008 ', '2008-03-05'],
    ['29 February of a leap year', '29/02/2008', '2008-02-29'],
    ['29 February of a common year', '29/02/2007', undefined],
    ['31 February', '2008-02-31', undefined],
    ['31 April', '31/04/2008', undefined],
    ['two-digit year', '05/03/08', undefined],
    ['month 13', '2008-13-01', undefined],
    ['day 0', '2008-01-00', undefined],
    ['letters for digits', '2o08-03-05', undefined],
    ['digits of another script', '٢٠٠٨-03-05', undefined],
    ['a sign for a digit', '-008-03-05', undefined],
    ['a point for a digit', '05/03/2.08', undefined],
    ['year 0', '0000-03-05', undefined],
    ['dashes the other way round', '05-03-2008', undefined],
    ['a time behind', '2008-03-05T00:00', undefined],
    ['text', 'inconnue', undefined],
    ['empty', '', undefined],
    ['absent', undefined, undefined],
  ])('%s', (_case, text, expected) => {
    expect(parseCivilDate(text)).toBe(expected);
  });
});

describe('ageAt', () => {
  it.each([
    ['the day before the 16th birthday', '2009-11-16', '2025-11-15', 15],
    ['on the 16th birthday', '2009-11-15', '2025-11-15', 16],
    ['the day before the 26th birthday', '1999-11-16', '2025-11-15', 25],
    ['on the 26th birthday', '1999-11-15', '2025-11-15', 26],
    ['born on 29 February, on 28 February of a common year', '2008-02-29', '2025-02-28', 16],
    ['born on 29 February, on 1 March of a common year', '2008-02-29', '2025-03-01', 17],
    ['born on 29 February, on 29 February', '2008-02-29', '2024-02-29', 16],
  ])('%s', (_case, birth, at, age) => {
    expect(ageAt(birth, at)).toBe(age);
  });
});

it('the last birth of an age parts those of that age from the younger', () => {
  const day = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, (birth, at) => {
      expect(birth > lastBirthOfAge(16, at)).toBe(ageAt(birth, at) < 16);
    }),
    { seed: 20261127, numRuns: 500 },
  );
});

describe('school years and days', () => {
  it.each([
    ['31 August', '2025-08-31', 2024],
    ['1 September', '2025-09-01', 2025],
    ['1 January', '2025-01-01', 2024],
  ])('%s', (_case, date, year) => {
    expect(schoolYearOf(date)).toBe(year);
  });

  it('knows the centuries that are not leap years', () => {
    expect([1900, 2000, 2024, 2025].map(isLeapYear)).toEqual([false, true, true, false]);
  });

  it('adds days and counts them back', () => {
    const days = fc.integer({ min: -20_000, max: 20_000 });
    fc.assert(
      fc.property(days, days, (a, b) => {
        const from = addDays('2000-01-01', a);
        return daysBetween(from, addDays(from, b)) === b && parseCivilDate(from) === from;
      }),
      { seed: 1 },
    );
  });
});

it('months move to the same day, or to the last one of a shorter month', () => {
  expect(addMonths('2025-11-15', 3)).toBe('2026-02-15');
  expect(addMonths('2025-12-31', 2)).toBe('2026-02-28');
  expect(addMonths('2023-12-31', 2)).toBe('2024-02-29');
  expect(addMonths('2026-01-31', -1)).toBe('2025-12-31');
  expect(addMonths('2026-03-31', -13)).toBe('2025-02-28');
});
