import { describe, expect, it } from 'vitest';
import { numberFigures } from './numbers.ts';

type Numbers = Readonly<Record<string, readonly string[]>>;
const campaign = (numbers: Numbers, merges: Readonly<Record<string, string>> = {}) => ({
  numbersOf: new Map(Object.entries(numbers)),
  mergedInto: new Map(Object.entries(merges)),
});
const NOTHING = {
  followed: 0,
  changed: 0,
  split: 0,
  reunited: 0,
  merges: 0,
  mergesForgotten: 0,
  passedOn: 0,
};

describe('the numbers of people through campaigns', () => {
  it.each([
    ['nobody', [], NOTHING],
    ['one who is known once', [campaign({ a: ['1'] })], NOTHING],
    ['one who keeps a number', [campaign({ a: ['1'] }), campaign({ a: ['1'] })], { ...NOTHING, followed: 1 }],
    [
      'one who is away for a month and keeps it',
      [campaign({ a: ['1'] }), campaign({}), campaign({ a: ['1'] })],
      { ...NOTHING, followed: 1 },
    ],
    [
      'one who changes',
      [campaign({ a: ['1'] }), campaign({ a: ['2'] })],
      { ...NOTHING, followed: 1, changed: 1 },
    ],
    [
      'one who is taken for two',
      [campaign({ a: ['1'] }), campaign({ a: ['1', '2'] })],
      { ...NOTHING, followed: 1, split: 1 },
    ],
    [
      'two who are found to be one, and it is said',
      [campaign({ a: ['1', '2'] }), campaign({ a: ['1'] }, { 2: '1' }), campaign({ a: ['1'] }, { 2: '1' })],
      { ...NOTHING, followed: 1, split: 1, reunited: 1, merges: 1 },
    ],
    [
      'one whose number was merged into another',
      [campaign({ a: ['2'] }), campaign({ a: ['1'] }, { 2: '1' })],
      { ...NOTHING, followed: 1, merges: 1 },
    ],
    [
      'a merge that is not said any more',
      [campaign({ a: ['1'] }, { 2: '1' }), campaign({ a: ['1'] })],
      { ...NOTHING, followed: 1, merges: 1, mergesForgotten: 1 },
    ],
    [
      'a number that somebody else has',
      [campaign({ a: ['1'] }), campaign({ b: ['1'] })],
      { ...NOTHING, passedOn: 1 },
    ],
  ])('%s', (_name, campaigns, figures) => {
    expect(numberFigures(campaigns)).toEqual(figures);
  });
});
