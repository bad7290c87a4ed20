import { expect, it } from 'vitest';
import { isDateFormat, isoDateOfSerial } from './xlsx-dates.ts';

it.each([
  [1, false, '1900-01-01'],
  [59, false, '1900-02-28'],
  [60, false, undefined],
  [61, false, '1900-03-01'],
  [45901, false, '2025-09-01'],
  [45901.75, false, '2025-09-01'],
  [0, true, '1904-01-01'],
  [44439, true, '2025-09-01'],
  [-1, false, undefined],
  [1e12, false, undefined],
])('serial %d (1904: %s) is %s', (serial, date1904, date) => {
  expect(isoDateOfSerial(serial, date1904)).toBe(date);
});

it.each([
  [14, undefined, true],
  [2, undefined, false],
  [164, 'dd/mm/yyyy', true],
  [164, 'jj/mm/aaaa', true],
  [164, '[Red]0.00', false],
  [164, '0" day"', false],
  [164, 'hh:mm', false],
])('format %d %s shows a date: %s', (id, code, shows) => {
  expect(isDateFormat(id, code)).toBe(shows);
});
