import { expect, test } from 'vitest';
import { reminderTime, whenItMayRing } from './sending-time.ts';

test.each<[string, string, string, string]>([
  ['by day', '62', '2025-11-20T10:00:00.000Z', '2025-11-20T10:00:00.000Z'],
  ['early', '62', '2025-11-20T04:00:00.000Z', '2025-11-20T08:00:00.000Z'],
  ['at night', '62', '2025-11-20T19:30:00.000Z', '2025-11-21T08:00:00.000Z'],
  ['on a Saturday night', '62', '2025-11-22T20:00:00.000Z', '2025-11-24T08:00:00.000Z'],
  ['on a Sunday', '62', '2025-11-23T10:00:00.000Z', '2025-11-24T08:00:00.000Z'],
  ['at Christmas', '62', '2025-12-25T10:00:00.000Z', '2025-12-26T08:00:00.000Z'],
  ['at Christmas in Alsace', '67', '2025-12-25T10:00:00.000Z', '2025-12-27T08:00:00.000Z'],
  ['by night in La Réunion', '974', '2025-11-20T17:00:00.000Z', '2025-11-21T05:00:00.000Z'],
])('an SMS asked %s leaves when it may ring', (_, department, asked, leaves) => {
  expect(whenItMayRing(asked, department)).toBe(leaves);
});

test.each<[string, string, string, string | null]>([
  ['the day before', '2025-11-27T09:00:00.000Z', '2025-11-20T10:00:00.000Z', '2025-11-26T09:00:00.000Z'],
  [
    'the Saturday before a Monday',
    '2025-11-24T09:00:00.000Z',
    '2025-11-20T10:00:00.000Z',
    '2025-11-22T09:00:00.000Z',
  ],
  ['too late to remind', '2025-11-21T09:00:00.000Z', '2025-11-20T10:00:00.000Z', null],
])('%s', (_, at, now, leaves) => {
  expect(reminderTime(at, now, '62')).toBe(leaves);
});
