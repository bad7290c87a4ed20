import { expect, test } from 'vitest';
import { instantOf, localTime, timeZoneOf } from './local-time.ts';

test.each<[string, string, string, string]>([
  ['62', '2025-11-24', '10:00', '2025-11-24T09:00:00.000Z'],
  ['62', '2025-07-01', '10:00', '2025-07-01T08:00:00.000Z'],
  ['974', '2025-11-24', '10:00', '2025-11-24T06:00:00.000Z'],
  ['972', '2025-11-24', '22:00', '2025-11-25T02:00:00.000Z'],
])('in %s, %s at %s', (department, date, hour, instant) => {
  const zone = timeZoneOf(department);
  expect(instantOf(date, hour, zone)).toBe(instant);
  expect(localTime(instant, zone)).toEqual({ date, hour });
});

test('when clocks change: an hour left out is the one after it, one that comes twice the first', () => {
  expect(instantOf('2025-03-30', '01:30', 'Europe/Paris')).toBe('2025-03-30T00:30:00.000Z');
  expect(instantOf('2025-03-30', '02:30', 'Europe/Paris')).toBe('2025-03-30T01:30:00.000Z');
  expect(instantOf('2025-03-30', '03:30', 'Europe/Paris')).toBe('2025-03-30T01:30:00.000Z');
  expect(instantOf('2025-10-26', '02:30', 'Europe/Paris')).toBe('2025-10-26T00:30:00.000Z');
  expect(instantOf('2025-10-26', '03:30', 'Europe/Paris')).toBe('2025-10-26T02:30:00.000Z');
});
