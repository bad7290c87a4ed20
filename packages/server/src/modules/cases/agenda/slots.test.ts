import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { USUAL_HOURS } from './receptions.ts';
import { conflictsAt, freeSlots } from './slots.ts';

const NOW = '2025-11-20T10:00:00.000Z';
const MONDAY = '2025-11-24';
const busy = (starts: string, ends: string) => ({ starts, ends });
const lens = { department: '62', hours: USUAL_HOURS, busy: [] };

describe('free slots', () => {
  test('stand one behind the other within the hours, at the place of the platform', () => {
    expect(freeSlots(lens, { days: [MONDAY], minutes: 60, now: NOW })).toEqual(
      ['08', '09', '10', '13', '14', '15'].map((hour) => `2025-11-24T${hour}:00:00.000Z`),
    );
    const reunion = { ...lens, department: '974' };
    expect(freeSlots(reunion, { days: [MONDAY], minutes: 180, now: NOW })).toEqual([
      '2025-11-24T05:00:00.000Z',
      '2025-11-24T10:00:00.000Z',
    ]);
  });

  test.each<[string, string, string, string, number]>([
    ['a public holiday', '62', '2025-12-25', NOW, 0],
    ['the same day where it is none', '62', '2025-12-26', NOW, 6],
    ['of Alsace-Moselle', '67', '2025-12-26', NOW, 0],
    ['a Saturday', '62', '2025-11-22', NOW, 0],
    ['what has gone by', '62', MONDAY, '2025-11-24T12:59:00.000Z', 3],
  ])('%s', (_, department, day, now, count) => {
    expect(freeSlots({ ...lens, department }, { days: [day], minutes: 60, now })).toHaveLength(count);
  });

  test('never cross what is taken, nor the hours, nor one another', () => {
    const at = fc.integer({ min: 7 * 12, max: 18 * 12 }).map((fifth) => Date.UTC(2025, 10, 24, 0, fifth * 5));
    const taken = fc.array(
      fc
        .tuple(at, fc.integer({ min: 5, max: 90 }))
        .map(([start, minutes]) =>
          busy(new Date(start).toISOString(), new Date(start + minutes * 60_000).toISOString()),
        ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(taken, fc.integer({ min: 15, max: 240 }), (all, minutes) => {
        const slots = freeSlots({ ...lens, busy: all }, { days: [MONDAY], minutes, now: NOW });
        const spans = slots.map((slot) => [Date.parse(slot), Date.parse(slot) + minutes * 60_000] as const);
        for (const [index, [start, end]] of spans.entries()) {
          const found = conflictsAt({ ...lens, busy: all }, slots[index] ?? '', minutes);
          expect(found.conflicts).toEqual([]);
          expect(spans.slice(index + 1).every(([later]) => later >= end && later > start)).toBe(true);
        }
      }),
      { seed: 20251124 },
    );
  });
});

describe('conflicts', () => {
  const taken = { ...lens, busy: [busy('2025-11-24T09:00:00.000Z', '2025-11-24T09:45:00.000Z')] };
  test.each<[string, string, number, string[], string | null]>([
    ['nothing', '2025-11-24T10:00:00.000Z', 45, [], null],
    ['right after another', '2025-11-24T09:45:00.000Z', 45, [], null],
    ['across another', '2025-11-24T09:30:00.000Z', 45, ['double_booking'], null],
    ['over lunch', '2025-11-24T10:30:00.000Z', 45, ['outside_hours'], null],
    ['a Sunday', '2025-11-23T10:00:00.000Z', 45, ['weekend'], null],
    ['Christmas', '2025-12-25T10:00:00.000Z', 45, ['holiday'], 'Noël'],
    ['a week-end before dawn in Paris', '2025-11-21T23:30:00.000Z', 45, ['weekend'], null],
  ])('%s', (_, at, minutes, conflicts, holiday) => {
    expect(conflictsAt(taken, at, minutes)).toEqual({ conflicts, holiday });
  });
});
