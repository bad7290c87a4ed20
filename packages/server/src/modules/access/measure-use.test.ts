import { expect, test } from 'vitest';
import { suggestLimit } from './measure-use.ts';

test.each([
  ['half as much again', [{ days: 100, most: 40 }], 60],
  ['rounded up to two figures', [{ days: 500, most: 283 }], 430],
  ['small numbers', [{ days: 100, most: 1 }], 2],
  [
    'the busiest role',
    [
      { days: 100, most: 20 },
      { days: 100, most: 200 },
    ],
    300,
  ],
  [
    'not a role of which little is known',
    [
      { days: 99, most: 2_000 },
      { days: 100, most: 20 },
    ],
    30,
  ],
  ['nothing is known', [{ days: 99, most: 2_000 }], null],
  ['nobody', [], null],
] as const)('a limit: %s', (_, roles, expected) => {
  expect(suggestLimit(roles)).toBe(expected);
});
