import { describe, expect, it } from 'vitest';
import { addMonths } from './calendar.ts';

describe('the same day of another month', () => {
  it.each([
    ['2024-12-15', 1, '2025-01-15'],
    ['2024-12-15', 0, '2024-12-15'],
    ['2024-12-15', 14, '2026-02-15'],
    ['2025-01-15', -1, '2024-12-15'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2025-01-31', 1, '2025-02-28'],
    ['2025-01-31', 2, '2025-03-31'],
    ['2025-11-30', 1, '2025-12-30'],
  ])('%s and %i months', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });
});
