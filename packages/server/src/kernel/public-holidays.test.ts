import { expect, test } from 'vitest';
import { addDays } from './civil-date.ts';
import { isWeekend, nextWorkingDay, publicHoliday, weekdayOf } from './public-holidays.ts';

/** As the State publishes them for 2026 (service-public.gouv.fr, « jours fériés »). */
const IN_2026 = [
  '2026-01-01',
  '2026-04-06',
  '2026-05-01',
  '2026-05-08',
  '2026-05-14',
  '2026-05-25',
  '2026-07-14',
  '2026-08-15',
  '2026-11-01',
  '2026-11-11',
  '2026-12-25',
];
const daysOf = (year: number, department: string) =>
  Array.from({ length: 366 }, (_, after) => addDays(`${year}-01-01`, after)).filter(
    (date) => date.startsWith(String(year)) && publicHoliday(date, department) !== null,
  );

test('the eleven days of the law, and no other', () => {
  expect(daysOf(2026, '62')).toEqual(IN_2026);
});

test.each<[string, string[]]>([
  ['67', ['2026-04-03', '2026-12-26']],
  ['57', ['2026-04-03', '2026-12-26']],
  ['971', ['2026-05-27']],
  ['972', ['2026-05-22']],
  ['973', ['2026-06-10']],
  ['974', ['2026-12-20']],
  ['976', ['2026-04-27']],
])('%s has its own besides', (department, own) => {
  expect(daysOf(2026, department)).toEqual([...IN_2026, ...own].sort());
});

test.each([
  [2008, '2008-03-24'],
  [2011, '2011-04-25'],
  [2024, '2024-04-01'],
  [2027, '2027-03-29'],
  [2038, '2038-04-26'],
])('Easter Monday of %i', (year, date) => {
  expect(publicHoliday(date, '62')).toBe('lundi de Pâques');
  expect(daysOf(year, '62').length).toBeGreaterThanOrEqual(10);
});

test('working days', () => {
  expect(weekdayOf('2025-11-23')).toBe(7);
  expect([isWeekend('2025-11-21'), isWeekend('2025-11-22')]).toEqual([false, true]);
  expect(nextWorkingDay('2025-11-20', '62')).toBe('2025-11-21');
  expect(nextWorkingDay('2025-11-21', '62')).toBe('2025-11-24');
  expect(nextWorkingDay('2025-12-24', '62')).toBe('2025-12-26');
  expect(nextWorkingDay('2025-12-24', '68')).toBe('2025-12-29');
});
