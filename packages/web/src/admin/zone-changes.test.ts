import { describe, expect, test } from 'vitest';
import { answersTo, holderOn, readPasted, takenFrom } from './zone-changes.ts';

const held = (platformId: string, validFrom: string, validTo: string | null = null) => ({
  platformId,
  validFrom,
  validTo,
});
const COMMUNES = [
  { commune: '62041', name: 'Arras', holders: [held('arras', '2020-01-01')] },
  {
    commune: '62498',
    name: 'Lens',
    holders: [held('lens', '2020-01-01', '2026-12-31'), held('arras', '2027-01-01')],
  },
  { commune: '62758', name: 'Saint-Omer', holders: [] },
  { commune: '62001', name: 'Ablain', holders: [] },
  { commune: '62002', name: 'Ablain', holders: [] },
];

test('a commune is of one platform a day, the last day included', () => {
  const lens = COMMUNES[1] ?? { holders: [] };
  expect(['2019-12-31', '2026-12-31', '2027-01-01'].map((day) => holderOn(lens, day))).toEqual([
    undefined,
    'lens',
    'arras',
  ]);
});

test.each([
  ['62', 5],
  ['624', 1],
  ['saint omer', 1],
  ['st omer', 1],
  ['ÀRRAS', 1],
  ['', 5],
  ['paris', 0],
])('« %s » finds %i of them', (typed, count) => {
  expect(COMMUNES.filter((one) => answersTo(one, typed))).toHaveLength(count);
});

describe('a pasted list', () => {
  test.each([
    ['codes in a row', '62041, 62498;62758', ['62041', '62498', '62758'], []],
    ['a line each, code then name', '62041 Arras\r\n62498;Lens', ['62041', '62498'], []],
    ['names', 'saint omer\nLENS', ['62758', '62498'], []],
    ['twice the same', '62041\n62041', ['62041'], []],
    ['of another département', '59350\n62041', ['62041'], ['59350']],
    ['a name that two have', 'Ablain', [], ['Ablain']],
    ['anything else', 'bonjour', [], ['bonjour']],
  ])('%s', (_, text, found, unknown) => {
    expect(readPasted(text, COMMUNES)).toEqual({ found, unknown });
  });
});

test('tells from whom communes would be taken, that day', () => {
  const coming = ['62041', '62498', '62758'];
  expect(takenFrom(coming, COMMUNES, 'lens', '2026-11-27')).toEqual(new Map([['arras', ['Arras']]]));
  expect(takenFrom(coming, COMMUNES, 'lens', '2027-01-01')).toEqual(new Map([['arras', ['Arras', 'Lens']]]));
});
